#!/usr/bin/env bash
# Publishes what the stack ships: the function as a folder, the agent as one archive. AGENT_RUNTIME=linux-arm64 for Graviton hosts.
# The function is compiled ahead for the processor that the stack asks for (FUNCTION_RUNTIME): a cold start compiles far less (eng/load-time.sh).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
out=artifacts/publish
runtime=${AGENT_RUNTIME:-linux-x64}
rm -rf "$out"
dotnet publish src/AlertLambda -c Release --nologo -v quiet -r "${FUNCTION_RUNTIME:-linux-arm64}" --no-self-contained -p:PublishReadyToRun=true -o "$out/alert-lambda"
if [ -f tuning.yaml ]; then cp tuning.yaml "$out/alert-lambda/"; fi
bash eng/publish-agent.sh "$runtime" "$out/edge-agent"

tar -C "$out/edge-agent" -czf "$out/edge-agent.tar.gz" .
echo "published: $out/alert-lambda, $out/edge-agent.tar.gz ($(du -h "$out/edge-agent.tar.gz" | cut -f1))"
