#!/usr/bin/env bash
# Publishes the agent: publish-agent.sh RUNTIME FOLDER. As one file of machine code, libbpf linked in, where this machine can link for the hosts;
# else as a folder of files. With what its archive has beside it: probes, rules, unit, set-up script, licences, SBOM.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runtime=$1 out=$(realpath -m "$2")
version=$(bash eng/version.sh)
SOURCE_DATE_EPOCH=$(bash eng/version.sh time)
export SOURCE_DATE_EPOCH
source eng/publish-options.sh
publish=(dotnet publish src/EdgeAgent "${publish_options[@]}" -r "$runtime" --self-contained -o "$out")
linked=()

link_program() {
  case "$runtime-$(uname -m)" in
  linux-x64-x86_64 | linux-arm64-aarch64) ;;
  *)
    echo "publish: this machine does not link for $runtime: published as a folder of files" >&2
    return 1
    ;;
  esac
  # In a condition, as here, a failed command ends nothing by itself.
  "${publish[@]}" "-p:StaticLibraries=/usr/lib/$(uname -m)-linux-gnu" || exit 1
  rm -f "$out"/*.dbg "$out"/*.pdb
  local newest
  newest=$(objdump -T "$out/edge-agent" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1)
  if [ "$(printf '%s\n' "$newest" GLIBC_2.34 | sort -V | tail -1)" != GLIBC_2.34 ]; then
    echo "publish: the linked agent needs $newest, Amazon Linux 2023 has GLIBC_2.34: published as a folder of files" >&2
    return 1
  fi
  for package in libbpf-dev libelf-dev; do cp "/usr/share/doc/$package/copyright" "$out/$package.copyright" || exit 1; done
  linked=("libbpf-dev=LGPL-2.1-only OR BSD-2-Clause" "libelf-dev=GPL-2.0-or-later OR LGPL-3.0-or-later")
}

rm -rf "$out"
if ! link_program; then
  rm -rf "$out"
  "${publish[@]}" -p:PublishAot=false
  rm -f "$out"/*.pdb
fi

bpf=artifacts/bpf/$([ "$runtime" = linux-arm64 ] && echo arm64 || echo x86_64)
mkdir "$out/bpf"
cp "$bpf"/edge{,-copies,-claims}.bpf.o "$out/bpf"
mkdir "$out/rules"
(cd rules && find . -name '*.yml' ! -name '*.tests.yml' -exec cp --parents {} "$out/rules" \;)
cp cdk/Bootstrap/edge-agent.service "$out"
install -m 0755 cdk/Bootstrap/setup.sh "$out/setup.sh"
install -m 0755 src/LocalPipeline/Drill/drill.sh "$out/drill.sh"
cp LICENSE "$out"
echo "$version" >"$out/VERSION"
node eng/sbom.mjs edge-agent "$version" "$runtime" "$publish_artifacts/obj/EdgeAgent/project.assets.json" "$out" "${linked[@]}" >"$out/sbom.cdx.json"
