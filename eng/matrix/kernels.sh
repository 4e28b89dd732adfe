#!/usr/bin/env bash
# Gets the kernels of the matrix: kernels.sh OUT. Writes OUT/<name>/vmlinuz, or OUT/<name>/reason where it cannot be had.
#
# The kernels are Debian's cloud images, each by an apt of its own below OUT: its lists, cache and sources are there, the host's are not
# touched. The archive is the one that the host's apt uses; only the suite differs. A kernel that is there already stays.
set -uo pipefail
out=$(realpath -m "$1")

# name → suite. The newest kernel is whatever the unstable suite has.
suites=(5.10=bullseye 6.1=bookworm 6.12=trixie newest=sid)

# The address of a Debian archive that the host uses, by the end of its path.
archive() {
  apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | sort -u | grep -E "/$1/?\$" | head -1
}

# Prints the last words of a failed apt.
give_up() {
  echo "$1: $(grep -E '^(E|W|Err)' "$2" | tail -1)" >"$3/reason"
}

# One kernel: fetch NAME SUITE
fetch() {
  local name=$1 suite=$2 folder=$out/$1 main security options package
  [ -s "$folder/vmlinuz" ] && return
  rm -rf "$folder" && mkdir -p "$folder/apt"/{lists/partial,cache/archives/partial} "$folder/image"
  main=$(archive debian) security=$(archive debian-security)
  [ -n "$main" ] || { echo "the host's apt knows no Debian archive" >"$folder/reason"; return; }
  {
    echo "deb $main $suite main"
    [ "$suite" = sid ] || [ -z "$security" ] || echo "deb $security $suite-security main"
  } >"$folder/apt/sources.list"
  options=(-o "Dir::Etc::sourcelist=$folder/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt/cache" -o Dir::State::status=/dev/null
    -o APT::Architecture=amd64 -o APT::Architectures=amd64 -o Debug::NoLocking=1 -o APT::Sandbox::User=root
    -o Acquire::Languages=none)
  apt-get "${options[@]}" update >"$folder/apt/log" 2>&1
  # The name without a version depends on the package with one; in newer releases that one depends on the image itself.
  package=linux-image-cloud-amd64
  while next=$(apt-cache "${options[@]}" depends "$package" 2>>"$folder/apt/log" |
    grep -oE 'Depends: linux-(image|binary)-[0-9][^ ]*-cloud-amd64$' | head -1 | cut -d' ' -f2) && [ -n "$next" ]; do
    package=$next
  done
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
  fetch "${pair%%=*}" "${pair#*=}"
done
