#!/usr/bin/env bash
# Part of boot.sh, in the guest's namespaces and cgroups: inside.sh OUT FOLDER WORK. Mounts the guest's file system at WORK, makes it the root, starts
# systemd, and runs the steps.
set -euo pipefail
out=$1 folder=$2 work=$3

mount -t tmpfs -o mode=755 guest "$work"
cp -a "$out/root/." "$work"
cp -r "$folder" "$work/guest"
cp "$out/as-init.so" "$work/guest/"
cd "$work"

mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs sysfs sys
mount -t bpf -o mode=700 bpf sys/fs/bpf
mount -t tracefs tracefs sys/kernel/tracing
mount -t tmpfs -o mode=755 dev dev
for device in null zero full random urandom tty; do cp -a "/dev/$device" dev/; done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs shm dev/shm
mount -t tmpfs -o mode=755 run run

# The hierarchies of the host, as they are mounted there; in a cgroup namespace each begins at the guest's own group.
if [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ]; then
  mount -t cgroup2 cgroup2 sys/fs/cgroup
else
  mount -t tmpfs -o mode=755 cgroup sys/fs/cgroup
  while read -r point type options; do
    [ "${point##*/}" != cpuset ] || continue
    mkdir "sys/fs/cgroup/${point##*/}"
    mount -t "$type" ${options:+-o "$options"} "$type" "sys/fs/cgroup/${point##*/}"
  done < <(awk '$5 ~ "^/sys/fs/cgroup/" { for (i = 7; i <= NF; i++) if ($i == "-") break
    options = $(i + 3); sub(/^rw,?/, "", options); print $5, $(i + 1), $(i + 1) == "cgroup" ? options : "" }' /proc/self/mountinfo)
fi

# Seen by systemd and its tools (detect_container): hardware, clock and kernel are somebody else's.
mkdir run/host run/former
echo edge-guest >run/host/container-manager
hostname guest
pivot_root . run/former
cd /
umount --lazy /run/former
export PATH=/usr/sbin:/usr/bin:/sbin:/bin SYSTEMD_IGNORE_CHROOT=1

setpriv --bounding-set -sys_boot,-sys_module,-sys_time,-sys_rawio,-audit_control,-audit_read,-mac_admin,-mac_override,-syslog \
  env -i container=edge-guest LD_PRELOAD=/guest/as-init.so /lib/systemd/systemd --log-target=journal-or-kmsg --show-status=no </dev/null >/run/systemd.log 2>&1 &
for ((i = 0; i < 300; i++)); do
  state=$(systemctl is-system-running 2>/dev/null) || true
  case $state in running | degraded) break ;; esac
  sleep 0.1
done
case $state in running | degraded) ;; *)
  echo "guest: systemd did not come up: ${state:-no answer}: $(tail -3 /run/systemd.log | paste -sd ' ')"
  exit 1
  ;;
esac
exec bash /guest/steps.sh
