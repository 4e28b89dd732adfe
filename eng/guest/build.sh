#!/usr/bin/env bash
# Makes a Debian 12 host with systemd that qemu boots: build.sh OUT. Writes OUT/root.cpio, its whole file system, and OUT/vmlinuz. A ready one stays,
# for a week. Exit code 77 with the reason where it cannot be had. Its packages are those that Debian's own cloud image has, and no more: no AWS CLI, no .NET.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source eng/matrix/apt.sh
out=$(realpath -m "$1")
skip() { echo "guest: $*"; exit 77; }

if [ -n "$(find "$out/root.cpio" -mtime -7 2>/dev/null)" ]; then exit 0; fi
[ "$(id -u)" -eq 0 ] || skip "only root can make it"
[ "$(uname -m)" = x86_64 ] || skip "it is an x86-64 machine"
bash eng/setup.sh qemu-system-x86_64=qemu-system-x86 mmdebstrap=mmdebstrap cpio=cpio dpkg-deb=dpkg depmod=kmod || skip "what it needs is not installed and cannot be"

mkdir -p "$out"
work=$(mktemp -d "$out/work.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
own_apt "$work/apt" bookworm amd64 || skip "the host's apt knows no Debian archive"
mkdir "$work/kernel"
(cd "$work/kernel" && apt-get "${options[@]}" download "$(kernel_package amd64)" >>"$work/apt/log" 2>&1) ||
  skip "no kernel: $(grep -E '^(E|W|Err)' "$work/apt/log" | tail -1)"
dpkg-deb -x "$work"/kernel/*.deb "$work/kernel"

mmdebstrap --quiet --variant=minbase --include=systemd-sysv,kmod,iproute2,python3,libssl3 \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  bookworm "$work/root" "$work/apt/sources.list" >"$work/log" 2>&1 || skip "no Debian: $(tail -1 "$work/log")"

# Of the kernel's modules only the network card's.
release=$(basename "$work"/kernel/lib/modules/*)
modules=$work/kernel/lib/modules/$release
for module in drivers/virtio drivers/net/virtio_net.ko drivers/net/net_failover.ko net/core/failover.ko; do
  mkdir -p "$(dirname "$work/root/lib/modules/$release/kernel/$module")"
  cp -r "$modules/kernel/$module" "$work/root/lib/modules/$release/kernel/$module"
done
cp "$modules"/modules.{builtin,order} "$work/root/lib/modules/$release/"
depmod -b "$work/root" "$release"

# What is not looked at is not started: the machine is emulated.
units=$work/root/etc/systemd/system
for unit in systemd-udevd.service systemd-udev-trigger.service systemd-udevd-kernel.socket systemd-udevd-control.socket systemd-timesyncd.service \
  systemd-logind.service getty.target serial-getty@ttyS0.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer e2scrub_all.timer; do
  ln -sf /dev/null "$units/$unit"
done
cat >"$units/guest.service" <<'END'
[Unit]
Description=The steps that this guest was booted for
After=basic.target
[Service]
Type=oneshot
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS0
ExecStart=/bin/bash /guest/steps.sh
ExecStopPost=/bin/systemctl poweroff --force --force
TimeoutStartSec=infinity
END
mkdir -p "$units/multi-user.target.wants"
ln -sf /lib/systemd/system/multi-user.target "$units/default.target"
ln -s ../guest.service "$units/multi-user.target.wants/guest.service"
rm -rf "$work"/root/var/cache/apt/* "$work"/root/var/lib/apt/lists/*
echo guest >"$work/root/etc/hostname"

(cd "$work/root" && find . -xdev | cpio --quiet -o -H newc -R 0:0) >"$work/root.cpio"
cp "$work"/kernel/boot/vmlinuz-* "$out/vmlinuz"
mv "$work/root.cpio" "$out/root.cpio"
