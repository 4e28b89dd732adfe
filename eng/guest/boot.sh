#!/usr/bin/env bash
# Runs the Debian that build.sh made in OUT under its own systemd, with the files of a folder below /guest: boot.sh OUT FOLDER. It runs FOLDER/steps.sh as
# root and prints what that prints, also into OUT/log; exit code 77 with the reason where it cannot. Not longer than BOOT_SECONDS (300).
#
# It has the machine's kernel, network and process ids, and its own files (which go with it), mounts, cgroups and host name. All of it is
# ended by its cgroup, and nothing outside of it; systemd has neither the right to restart the machine nor to change its kernel or clock.
set -euo pipefail
out=$(realpath "$1") folder=$(realpath "$2")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
name=edge-guest.$$
skip() { echo "guest: $*"; exit 77; }

[ "$(readlink /proc/self/ns/pid)" = 'pid:[4026531836]' ] || skip "this is a container with process ids of its own"
grep -q ' - cgroup2 ' /proc/self/mountinfo || skip "no cgroup v2 is mounted"
[ "$out/as-init.so" -nt "$here/as-init.c" ] || gcc -O2 -Wall -Wextra -Werror -shared -fPIC -o "$out/as-init.so" "$here/as-init.c"

# A group of its own in each hierarchy, below the one that this script is in; of cgroup v2 below the root, for a group with processes hands no controllers
# down. cpuset's would need processors first, and systemd does without.
groups=()
while IFS=: read -r _ controllers path; do
  [ "$controllers" != cpuset ] || continue
  [ -n "$controllers" ] || path=
  point=$(awk -v wanted="$controllers" '{ for (i = 7; i <= NF; i++) if ($i == "-") break
    if (wanted == "" ? $(i + 1) == "cgroup2" : $(i + 1) == "cgroup" && ("," $(i + 3) ",") ~ ("," wanted ",")) print $5 }' /proc/self/mountinfo | head -1)
  [ -z "$point" ] || groups+=("$point${path%/}/$name")
done </proc/self/cgroup

work=$(mktemp -d)
clean() {
  local group
  for group in "${groups[@]}"; do [ ! -e "$group/cgroup.kill" ] || echo 1 >"$group/cgroup.kill"; done
  # The kernel takes a moment to empty them.
  for group in "${groups[@]}"; do
    for ((i = 0; i < 100; i++)); do
      [ -d "$group" ] || break
      find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.1
    done
  done
  rmdir "$work"
}
trap clean EXIT
mkdir "${groups[@]}" || skip "no cgroups can be made here"
[ -n "$(find "${groups[@]}" -maxdepth 1 -name cgroup.kill)" ] || skip "the kernel cannot end a cgroup (Linux 5.14 can)"
(
  for group in "${groups[@]}"; do echo "$BASHPID" >"$group/cgroup.procs"; done
  exec timeout --kill-after=10 "${BOOT_SECONDS:-300}" unshare --mount --cgroup --uts --ipc --propagation private bash "$here/inside.sh" "$out" "$folder" "$work"
) 2>&1 | tee "$out/log"
