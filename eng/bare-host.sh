#!/usr/bin/env bash
# The agent as it is shipped, on a host that has next to nothing: a folder with Debian 12's glibc and OpenSSL as its root, no .NET, no libbpf, no
# shell. Says its size, the symbols of glibc that it needs, how long it takes from its start to the first event, and its memory. Needs
# root. Exit 77: it cannot be tried here. bare-host.sh [FOLDER OF THE PUBLISHED AGENT]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/matrix/apt.sh
skip() { echo "bare host: not tried: $*"; exit 77; }
[ "$(id -u)" -eq 0 ] || skip "root is needed to mount and to load probes"
[ "$(uname -m)" = x86_64 ] || skip "the agent is published for x86-64 here"
runs=${RUNS:-5}

agent=${1:-artifacts/publish/edge-agent}
[ -n "${1:-}" ] || bash eng/publish-agent.sh linux-x64 "$agent"
[ ! -e "$agent/edge-agent.dll" ] || { echo "bare host: the agent is not one file" >&2; exit 1; }

# Debian's own packages, so that the host's libraries are not the ones that are found.
packages=$PWD/artifacts/bare-host
if ! ls "$packages"/libssl3_*.deb >/dev/null 2>&1; then
  mkdir -p "$packages"
  own_apt "$packages/apt" bookworm amd64 || skip "the host's apt knows no Debian archive"
  (cd "$packages" && apt-get "${options[@]}" download libc6 libssl3 >>apt/log 2>&1) || skip "$(grep -E '^(E|W|Err)' "$packages/apt/log" | tail -1)"
fi

root=$(mktemp -d)
work= running=
clean() {
  [ -z "$work" ] || kill "$work" 2>/dev/null || true
  [ -z "$running" ] || kill "$running" 2>/dev/null || true
  wait
  umount "$root/proc" "$root/sys/kernel/tracing" "$root/sys/fs/bpf" "$root/sys" 2>/dev/null || umount -l "$root/proc" "$root/sys" 2>/dev/null || true
  rm -rf --one-file-system "$root"
}
trap clean EXIT
dpkg-deb -x "$packages"/libc6_*.deb "$root"
mkdir -p "$root"/{proc,sys,dev,etc,tmp,run,opt}
cp -r "$agent" "$root/opt/edge-agent"
mknod -m 666 "$root/dev/null" c 1 3
mknod -m 444 "$root/dev/urandom" c 1 9
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
echo 'root:*:1::::::' >"$root/etc/shadow"
mount -t proc proc "$root/proc"
mount -t sysfs sys "$root/sys"

newest=$(objdump -T "$agent/edge-agent" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1)
echo "bare host: one file of $(du -m "$agent/edge-agent" | cut -f1) MiB, needs $newest, loads $(objdump -p "$agent/edge-agent" | awk '/NEEDED/ { printf "%s ", $2 }')"
[ "$(printf '%s\n' "$newest" GLIBC_2.34 | sort -V | tail -1)" = GLIBC_2.34 ] || { echo "bare host: Amazon Linux 2023 has GLIBC_2.34" >&2; exit 1; }

without=$(chroot "$root" /opt/edge-agent/edge-agent --version 2>&1) && { echo "bare host: the agent does not miss OpenSSL" >&2; exit 1; }
[[ $without == *"install the package libssl3"* ]] || { echo "bare host: without OpenSSL the agent says: $without" >&2; exit 1; }
dpkg-deb -x "$packages"/libssl3_*.deb "$root"

# Somebody reads the watched file all the time: the first event says from when on the agent sees.
while :; do : <"$root/etc/shadow"; sleep 0.005; done &
work=$!
took=()
for ((run = 0; run < runs; run++)); do
  rm -f "$root/tmp/events"
  start=$(date +%s%N)
  chroot "$root" /opt/edge-agent/edge-agent --host-id bare --metadata off --sinks jsonl --jsonl-path /tmp/events >"$root/tmp/log" 2>&1 &
  running=$!
  for ((i = 0; i < 1000; i++)); do
    grep -q '"category":"file_access".*/etc/shadow' "$root/tmp/events" 2>/dev/null && break
    sleep 0.01
  done
  first=$(grep -m1 '"category":"file_access".*/etc/shadow' "$root/tmp/events" | grep -o '"@timestamp":"[^"]*"' | cut -d'"' -f4) || { cat "$root/tmp/log" >&2; exit 1; }
  memory=$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$running/status")
  kill "$running"
  wait "$running" || { echo "bare host: the agent ended with $?" >&2; cat "$root/tmp/log" >&2; exit 1; }
  running=
  took+=($((($(date -d "$first" +%s%N) - start) / 1000000)))
done
echo "bare host: start to first event ${took[*]} ms (goal 700), resident $memory MiB (goal 45)"
[ "$memory" -le 45 ] || { echo "bare host: too much memory" >&2; exit 1; }
