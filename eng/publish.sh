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
bash eng/publish-agent.sh "$runtime" "$out/edge-agent"

# The hosts may have no libbpf: for the architecture of this machine its own goes along, if the hosts' glibc can load it.
library=/usr/lib/$(uname -m)-linux-gnu/libbpf.so.1
case "$runtime-$(uname -m)" in linux-x64-x86_64 | linux-arm64-aarch64)
  newest=$(objdump -T "$library" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1)
  if [ "$(printf '%s\n' "$newest" GLIBC_2.34 | sort -V | tail -1)" = GLIBC_2.34 ]; then
    cp -L "$library" "$out/edge-agent/libbpf-agent.so"
    cp /usr/share/doc/libbpf1/copyright "$out/edge-agent/libbpf-agent.copyright"
  else
    echo "publish: $library needs $newest, Amazon Linux 2023 has GLIBC_2.34: not bundled, the hosts install their own" >&2
  fi ;;
esac

tar -C "$out/edge-agent" -czf "$out/edge-agent.tar.gz" .
echo "published: $out/alert-lambda, $out/edge-agent.tar.gz ($(du -h "$out/edge-agent.tar.gz" | cut -f1))"
