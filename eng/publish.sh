#!/usr/bin/env bash
# Publishes what the stack ships, below artifacts/publish: the agent's archive, the function as folder and ZIP, the rule pack, SHA256SUMS. The same
# commit gives the same bytes (eng/reproducible.sh). AGENT_RUNTIME=linux-arm64 for Graviton hosts.
# The function is compiled ahead for the processor that the stack asks for (FUNCTION_RUNTIME): a cold start compiles far less (eng/load-time.sh).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
out=artifacts/publish
runtime=${AGENT_RUNTIME:-linux-x64}
function_runtime=${FUNCTION_RUNTIME:-linux-arm64}
version=$(bash eng/version.sh)
SOURCE_DATE_EPOCH=$(bash eng/version.sh time)
export SOURCE_DATE_EPOCH
source eng/publish-options.sh
rm -rf "$out"

dotnet publish src/AlertLambda "${publish_options[@]}" -r "$function_runtime" --no-self-contained -p:PublishReadyToRun=true -o "$out/alert-lambda"
if [ -f tuning.yaml ]; then cp tuning.yaml "$out/alert-lambda/"; fi
cp LICENSE "$out/alert-lambda/"
node eng/sbom.mjs alert-lambda "$version" "$function_runtime" "$publish_artifacts/obj/AlertLambda/project.assets.json" "$out/alert-lambda" \
  >"$out/alert-lambda/sbom.cdx.json"

bash eng/publish-agent.sh "$runtime" "$out/edge-agent"

mkdir "$out/rules"
(cd rules && find . -type f -exec cp --parents {} "$root/$out/rules" \;)
cp LICENSE "$out/rules/"
echo "$version" >"$out/rules/VERSION"

bash eng/pack.sh "$out/edge-agent" "$out/edge-agent.tar.gz" "$SOURCE_DATE_EPOCH"
bash eng/pack.sh "$out/alert-lambda" "$out/alert-lambda.zip" "$SOURCE_DATE_EPOCH"
bash eng/pack.sh "$out/rules" "$out/rules.tar.gz" "$SOURCE_DATE_EPOCH"
rm -rf "$out/rules"
(cd "$out" && sha256sum alert-lambda.zip edge-agent.tar.gz rules.tar.gz >SHA256SUMS)
echo "published version $version below $out:"
(cd "$out" && du -h alert-lambda.zip edge-agent.tar.gz rules.tar.gz | sed 's/^/  /')
