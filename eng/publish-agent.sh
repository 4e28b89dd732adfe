#!/usr/bin/env bash
# Publishes the agent: publish-agent.sh RUNTIME FOLDER. As machine code where this machine can link for the hosts, else as a folder of files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runtime=$1 out=$2
publish=(dotnet publish src/EdgeAgent -c Release --nologo -v quiet -r "$runtime" --self-contained -o "$out")

case "$runtime-$(uname -m)" in
linux-x64-x86_64 | linux-arm64-aarch64)
  "${publish[@]}"
  rm -f "$out"/*.dbg "$out"/*.pdb
  newest=$(objdump -T "$out/edge-agent" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1)
  if [ "$(printf '%s\n' "$newest" GLIBC_2.34 | sort -V | tail -1)" = GLIBC_2.34 ]; then exit 0; fi
  echo "publish: the linked agent needs $newest, Amazon Linux 2023 has GLIBC_2.34: published as a folder of files" >&2
  rm -rf "$out"
  ;;
*) echo "publish: this machine does not link for $runtime: published as a folder of files" >&2 ;;
esac
"${publish[@]}" -p:PublishAot=false
