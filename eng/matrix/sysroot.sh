#!/usr/bin/env bash
# Gets what a guest of another architecture is linked with: sysroot.sh OUT ARCHITECTURE. Headers and static libraries of libbpf, libelf and
# zlib of the host's release, beside the cross compiler's own C library. Ready ones stay.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/apt.sh"
out=$(realpath -m "$1")
architecture=$2

[ ! -e "$out/ready" ] || exit 0
rm -rf "$out"
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
own_apt "$out/apt" "$suite" "$architecture" || { echo "the host's apt knows no Debian archive, or not for $architecture" >&2; exit 1; }
cd "$out"
apt-get "${options[@]}" download libbpf-dev libelf-dev zlib1g-dev >>apt/log 2>&1 || { tail -3 apt/log >&2; exit 1; }
for package in ./*.deb; do dpkg-deb -x "$package" .; done
rm -rf ./*.deb apt
touch ready
