#!/usr/bin/env bash
# Makes the file system of a Debian 12 host with systemd for boot.sh: build.sh OUT. Writes OUT/root; a ready one stays, for a week. Exit code 77 with the
# reason where it cannot be had. Its packages are those that Debian's own cloud image has, and no more: no AWS CLI, no .NET.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source eng/matrix/apt.sh
out=$(realpath -m "$1")
skip() { echo "guest: not made: $*"; exit 77; }

if [ -n "$(find "$out/root" -maxdepth 0 -mtime -7 2>/dev/null)" ]; then exit 0; fi
[ "$(id -u)" -eq 0 ] || skip "only root can make it"
[ "$(uname -m)" = x86_64 ] || skip "it is an x86-64 host"
bash eng/setup.sh mmdebstrap=mmdebstrap || skip "what it needs is not installed and cannot be"

mkdir -p "$out"
work=$(mktemp -d "$out/work.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
own_apt "$work/apt" bookworm amd64 || skip "the host's apt knows no Debian archive"
mmdebstrap --quiet --variant=minbase --include=systemd-sysv,iproute2,python3,libssl3 \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  bookworm "$work/root" "$work/apt/sources.list" >"$work/log" 2>&1 || skip "no Debian: $(tail -1 "$work/log")"

# What would act on the machine below, whose hardware and kernel are shared, or act by the clock, is not started.
units=$work/root/etc/systemd/system
for unit in getty.target systemd-sysctl.service systemd-modules-load.service systemd-pstore.service systemd-binfmt.service systemd-random-seed.service \
  e2scrub_reap.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer e2scrub_all.timer; do
  ln -sf /dev/null "$units/$unit"
done
ln -sf /lib/systemd/system/multi-user.target "$units/default.target"
# Nobody can have it turned off or restarted from within.
rm -f "$work"/root/lib/systemd/systemd-shutdown
rm -rf "$work"/root/var/cache/apt/* "$work"/root/var/lib/apt/lists/*
echo guest >"$work/root/etc/hostname"
rm -rf --one-file-system "$out/root"
touch "$work/root"
mv "$work/root" "$out/root"
