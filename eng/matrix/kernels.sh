#!/usr/bin/env bash
# Gets the kernels of the matrix: kernels.sh OUT. Writes OUT/<name>/vmlinuz, or OUT/<name>/reason where it cannot be had.
# The kernels are Debian's cloud images. A kernel that is there already stays.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/apt.sh"
out=$(realpath -m "$1")

# name → suite and architecture. The newest kernel is whatever the unstable suite has.
suites=(
  5.10=bullseye/amd64 6.1=bookworm/amd64 6.12=trixie/amd64 newest=sid/amd64
  6.1-arm64=bookworm/arm64 6.12-arm64=trixie/arm64
)

# Prints the last words of a failed apt.
give_up() {
  echo "$1: $(grep -E '^(E|W|Err)' "$2" | tail -1)" >"$3/reason"
}

# One kernel: fetch NAME SUITE ARCHITECTURE
fetch() {
  local name=$1 suite=$2 architecture=$3 folder=$out/$1 options package
  [ -s "$folder/vmlinuz" ] && { rm -f "$folder/reason"; return; }
  rm -rf "$folder" && mkdir -p "$folder/image"
  own_apt "$folder/apt" "$suite" "$architecture" || { echo "the host's apt knows no Debian archive" >"$folder/reason"; return; }
  package=$(kernel_package "$architecture")
  (cd "$folder/image" && apt-get "${options[@]}" download "$package" >>"$folder/apt/log" 2>&1)
  # Newer packages have the kernel beside its modules.
  if ! dpkg-deb -x "$folder"/image/*.deb "$folder/image" >>"$folder/apt/log" 2>&1 ||
    ! find "$folder/image" -name 'vmlinuz*' -type f -exec cp {} "$folder/vmlinuz" \; -quit 2>>"$folder/apt/log" ||
    [ ! -s "$folder/vmlinuz" ]; then
    give_up "no $package in $suite" "$folder/apt/log" "$folder"
    return
  fi
  echo "$package" >"$folder/package"
  rm -rf "$folder/image" "$folder/apt"
}

for pair in "${suites[@]}"; do
  IFS=/ read -r suite architecture <<<"${pair#*=}"
  fetch "${pair%%=*}" "$suite" "$architecture"
done
