#!/bin/bash
# Runs in the guest as root. Prints "@@ NAME" before each step, what the step says, and "@= EXIT-CODE SECONDS" after it. Beside it lie the install
# scripts of the test, and environment.
cd /guest || exit 1
. ./environment
export AWS_ENDPOINT_URL_S3 AWS_EC2_METADATA_SERVICE_ENDPOINT
events=/var/lib/edge-agent/events.jsonl
agent=/opt/edge-agent/current/edge-agent

step() {
  local name=$1 start=$SECONDS code
  shift
  echo "@@ $name"
  "$@" 2>&1
  code=$?
  echo "@= $code $((SECONDS - start))"
}

host() {
  # The kernel puts files of its own there.
  ls /sys/fs/bpf >/run/bpf
  systemctl is-system-running
  uname -r
  systemctl --version | head -1
}

# What is installed, in words that a test can compare.
shape() {
  echo "current $(readlink /opt/edge-agent/current) former $(readlink /opt/edge-agent/former)"
  echo "versions $(ls /opt/edge-agent | grep -vE '^(current|former)$' | paste -sd ' ')"
  echo "active $(systemctl is-active edge-agent) enabled $(systemctl is-enabled edge-agent 2>&1) pid $(systemctl show --property=MainPID --value edge-agent)"
}

install() { bash "./install-$1.sh"; local code=$?; shape; return $code; }

# A command reads a watched file; its event has to be in the file of the sink.
event() {
  for ((i = 0; i < 50; i++)); do
    grep -q '"/etc/shadow"' $events 2>/dev/null && break
    cat /etc/shadow >/dev/null
    sleep 0.3
  done
  grep -m1 '"/etc/shadow"' $events
}

sandbox() {
  local pid
  pid=$(systemctl show --property=MainPID --value edge-agent)
  grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' "/proc/$pid/status"
  systemctl show edge-agent --property=MemoryMax,CPUQuotaPerSecUSec,ProtectSystem,WatchdogUSec,NRestarts
  # Of cgroup v2, or of v1 where the machine has that.
  echo "memory $(cat /sys/fs/cgroup/{system.slice/edge-agent.service/memory.max,memory/system.slice/edge-agent.service/memory.limit_in_bytes} 2>/dev/null)"
  # Its own view of the file system: what it must not write is read-only there.
  nsenter --target "$pid" --mount sh -c 'for f in /etc /usr /opt/edge-agent /var/lib /root; do (: >"$f/.written") 2>/dev/null && echo "can write $f"; rm -f "$f/.written"; done; true'
  $agent status --config /etc/edge-agent/config.json
}

# The same file is opened again and again, counted, while the version changes.
watched_upgrade() {
  local before reader code
  before=$(grep -c '"/etc/shadow"' $events)
  (
    trap 'echo $n >/run/opens; exit' TERM
    n=0
    while :; do : </etc/shadow; n=$((n + 1)); sleep 0.1; done
  ) &
  reader=$!
  install 2
  code=$?
  kill $reader
  wait $reader
  sleep 5
  echo "opened $(cat /run/opens) reported $(($(grep -c '"/etc/shadow"' $events) - before))"
  return $code
}

# At the first boot the credentials are not there; what the timer starts then finds them.
late() {
  AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127.0.0.1:1 EDGE_SETUP_RETRY_SECONDS=0 bash ./install-1.sh
  echo "first $? timer $(systemctl is-active edge-agent-install.timer) $(systemctl is-enabled edge-agent-install.timer)"
  # shellcheck disable=SC2046
  systemctl set-environment EDGE_SETUP_RETRY_SECONDS=0
  systemctl start edge-agent-install.service 2>/dev/null
  echo "again $? $(systemctl is-failed edge-agent-install.service)"
  mkdir -p /etc/systemd/system/edge-agent.service.d
  echo 'EDGE_AGENT_HEALTH_SOCKET="/run/edge-agent/my $1 own"' >/run/own.env
  printf '[Service]\nEnvironmentFile=/run/own.env\nEnvironment=EDGE_AGENT_PINS=/sys/fs/bpf/own\n' >/etc/systemd/system/edge-agent.service.d/own.conf
  systemctl set-environment $(<environment)
  systemctl start edge-agent-install.service
  echo "then $? timer $(systemctl is-active edge-agent-install.timer)"
  systemctl unset-environment EDGE_SETUP_RETRY_SECONDS AWS_ENDPOINT_URL_S3 AWS_EC2_METADATA_SERVICE_ENDPOINT
  shape
  ls "/run/edge-agent/my \$1 own" /sys/fs/bpf/own >/dev/null || return
  /opt/edge-agent/current/setup.sh uninstall
  local code=$?
  rm -r /etc/systemd/system/edge-agent.service.d /run/own.env
  systemctl daemon-reload
  return $code
}

leftovers() {
  find / -xdev -path /guest -prune -o -name '*edge-agent*' -print | grep -v '^/proc\|^/sys'
  find /run /sys/fs/bpf /sys/fs/cgroup -name '*edge*'
  ls /sys/fs/bpf | grep -vxFf /run/bpf
  systemctl list-units --all --no-legend 'edge-agent*'
  systemctl list-timers --all --no-legend 'edge-agent*'
}

step host host
step late late
step left-late leftovers
step install install 1
step event event
step sandbox sandbox
step second install 1
step corrupted install corrupted
step upgrade watched_upgrade
step status $agent status --config /etc/edge-agent/config.json
step broken install broken
step roll-back /opt/edge-agent/current/setup.sh roll-back
step rolled-back shape
step log cat /var/log/edge-agent-install.log
step uninstall /opt/edge-agent/current/setup.sh uninstall
step leftovers leftovers
