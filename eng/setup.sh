#!/usr/bin/env bash
# Makes a fresh machine ready: Debian packages, emulators, template rules, the choice of AWS packages, restore. Does nothing that is done already.
#   eng/setup.sh [COMMAND-OR-FILE=PACKAGE ...]    with these as well
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# command or file → Debian package that has it
declare -A packages=(
  [clang]=clang [llvm-strip]=llvm [bpftool]=bpftool [clang-format]=clang-format
  [make]=make [gcc]=gcc [sudo]=sudo [useradd]=passwd [ip]=iproute2 [setpriv]=util-linux [curl]=curl [zip]=zip
)
for more in "$@"; do packages[${more%%=*}]=${more#*=}; done
missing=()
for command in "${!packages[@]}"; do
  command -v "$command" >/dev/null || [ -x "/usr/sbin/$command" ] || [ -e "$command" ] || missing+=("${packages[$command]}")
done
[ -e /usr/include/bpf/bpf_helpers.h ] || missing+=(libbpf-dev)

if [ "${#missing[@]}" -gt 0 ]; then
  echo "set-up: installing ${missing[*]}"
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "set-up: these are missing, and only root on Debian or Ubuntu can have them installed from here: ${missing[*]}" >&2
    exit 1
  fi
  log=$(mktemp)
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
  fi
  rm -f "$log"
fi

bash eng/aws-packages.sh
bash eng/emulators.sh
bash eng/nag.sh
