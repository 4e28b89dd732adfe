#!/usr/bin/env bash
# Publishes the agent: publish-agent.sh RUNTIME FOLDER. As one file of machine code, libbpf linked in, where this machine can link for the hosts;
# else as a folder of files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runtime=$1 out=$2
publish=(dotnet publish src/EdgeAgent -c Release --nologo -v quiet -r "$runtime" --self-contained -o "$out")

case "$runtime-$(uname -m)" in
linux-x64-x86_64 | linux-arm64-aarch64)
  "${publish[@]}" "-p:StaticLibraries=/usr/lib/$(uname -m)-linux-gnu"
  rm -f "$out"/*.dbg "$out"/*.pdb
  for package in libbpf-dev libelf-dev; do cp "/usr/share/doc/$package/copyright" "$out/$package.copyright"; done
  newest=$(objdump -T "$out/edge-agent" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1)
  if [ "$(printf '%s\n' "$newest" GLIBC_2.34 | sort -V | tail -1)" = GLIBC_2.34 ]; then exit 0; fi
  echo "publish: the linked agent needs $newest, Amazon Linux 2023 has GLIBC_2.34: published as a folder of files" >&2
  rm -rf "$out"
  ;;
*) echo "publish: this machine does not link for $runtime: published as a folder of files" >&2 ;;
esac
"${publish[@]}" -p:PublishAot=false
