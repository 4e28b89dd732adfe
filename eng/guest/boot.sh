#!/usr/bin/env bash
# Boots the guest that build.sh made in OUT, with the files of a folder below /guest, and ends when it powers off: boot.sh OUT FOLDER. It runs
# FOLDER/steps.sh as root and prints what that prints. The host's loopback interface is 10.0.2.2 in there. Not longer than BOOT_SECONDS (600).
set -euo pipefail
out=$1 folder=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/files"
cp -r "$folder" "$work/files/guest"
cp "$out/root.cpio" "$work/initrd"
(cd "$work/files" && find guest | cpio --quiet -o -H newc -R 0:0) >>"$work/initrd"
# As in eng/matrix: TCG, because nested virtualization is rarely to be had. qemu 7.2 gets cmpxchg16b wrong now and then: the kernel, which dies of it, is
# told not to use it (clearcpuid); the agent, as any program of .NET 10, does not start on a processor without.
timeout "${BOOT_SECONDS:-600}" qemu-system-x86_64 -accel tcg,thread=single -cpu max -m 1536 -smp 1 -nographic -no-reboot \
  -netdev user,id=net,restrict=off -device virtio-net-pci,netdev=net \
  -kernel "$out/vmlinuz" -initrd "$work/initrd" \
  -append "console=ttyS0 rdinit=/lib/systemd/systemd quiet loglevel=0 panic=-1 mitigations=off net.ifnames=0 systemd.show_status=false clearcpuid=141" </dev/null 2>&1 |
  sed -u 's/\x1b\[[0-9;?]*[a-zA-Z]//g;s/\r//g'
