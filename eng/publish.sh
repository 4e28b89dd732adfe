#!/usr/bin/env bash
# Publishes what the stack ships: the function as a folder, the agent as one archive for the architecture of the hosts.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
out=artifacts/publish
rm -rf "$out"
dotnet publish src/AlertLambda -c Release --nologo -v quiet -o "$out/alert-lambda"
dotnet publish src/EdgeAgent -c Release --nologo -v quiet -r "${AGENT_RUNTIME:-linux-x64}" --self-contained -o "$out/edge-agent"
tar -C "$out/edge-agent" -czf "$out/edge-agent.tar.gz" .
echo "published: $out/alert-lambda, $out/edge-agent.tar.gz ($(du -h "$out/edge-agent.tar.gz" | cut -f1))"
