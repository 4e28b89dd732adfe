#!/bin/bash
# Part of agent.sh, the first program in the virtual machine. On the kernel's line calls= says which probes must show system calls. Prints a line for
# each step, and at the end whether all were right.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
pins=/sys/fs/bpf/edge events=/tmp/events wrong=0
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t bpf bpf /sys/fs/bpf
mount -t cgroup2 cgroup /sys/fs/cgroup
mount -t debugfs debug /sys/kernel/debug
mount -t securityfs security /sys/kernel/security
mount -t tracefs trace /sys/kernel/tracing
mkdir -p /dev/shm
for folder in /dev/shm /run /tmp; do mount -t tmpfs tmp "$folder"; done
ip link set lo up
ulimit -l unlimited
calls=$(sed 's/.*calls=\([^ ]*\).*/\1/' /proc/cmdline)
watched=/etc/shadow
touch "$watched"
cd /agent || exit 1
echo

seconds() { cut -d. -f1 /proc/uptime; }
check() { if "${@:2}"; then echo "ok: $1"; else echo "wrong: $1"; wrong=1; fi; }
told() { grep -q "$1" "$events"; }
passed() { grep -qE "^$1 +$2 +passed " /tmp/status; }

# start WHAT: until it says that its probes are tested, each of the four signals' ones.
start() {
  local begin
  begin=$(seconds)
  rm -f "$events"
  ./edge-agent --sinks jsonl --jsonl-path "$events" --metadata off --self-test-seconds 5 --pins "$pins" 2>/tmp/said &
  agent=$!
  for ((i = 0; i < 240; i++)); do
    ./edge-agent status >/tmp/status 2>&1 && [ "$(grep -c ' passed ' /tmp/status)" = 4 ] && break
    [ -d "/proc/$agent" ] || break
    sleep 0.5
  done
  echo "took: $1 $(($(seconds) - begin)) s"
  check "$1: opens" passed file-open fexit
  check "$1: processes" passed process tp_btf
  check "$1: system calls" passed calls "$calls"
  check "$1: network" passed network cgroup
}

# What is done while the agent runs, and what it tells of it.
act() {
  ./trigger memfd_create in-a-machine >/dev/null
  ./trigger raw_int80 >/dev/null
  ./trigger filtered >/dev/null
  ./trigger unlink "$watched" >/dev/null
  touch "$watched"
  sleep 8
  check "$1: 64-bit call" told '"Call":"memfd_create".*in-a-machine'
  check "$1: 32-bit call" told '"Call":"socket".*"OriginAbi":"compat32"'
  check "$1: call that seccomp answers" told '"Call":"unshare".*"Error":"EPERM"'
  check "$1: change, as the kernel's own check tells it" told '"Call":"unlink".*"Unverified":false'
  check "$1: open that makes the file" told '"kind":"file_open".*"TargetFilename":"/etc/shadow"'
  ./edge-agent status >/tmp/status 2>&1
  check "$1: system calls, when tested again" passed calls "$calls"
}

finish() {
  kill "$agent"
  wait "$agent"
  check "$1: ends" [ $? = 0 ]
}

start "first start"
act "first start"
finish "first start"
start "next start"
check "next start: goes on with what is pinned" grep -q "adopted" /tmp/status
act "next start"
finish "next start"
./edge-agent stop --detach --pins "$pins" >/tmp/said 2>&1
check "removed" [ ! -e "$pins" ]

if [ "$wrong" = 0 ]; then
  echo "== all right"
else
  cat /tmp/status /tmp/said
  grep -o '"Call":.*' "$events" | cut -c1-400
fi
echo o >/proc/sysrq-trigger
sleep 60
