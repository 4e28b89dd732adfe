#!/usr/bin/env bash
# Records what three everyday jobs on this machine look like to the real agent, as frames: a build, a package install, an ssh login with sudo.
# Needs root, eBPF, overlayfs and packages from apt. Writes tests/Fixtures/recordings/*.rec: only the events of the jobs, without names of this
# machine. Package and login happen in an overlay of this machine's own root, so nothing of them stays.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.." && pwd)
pipeline=$root/artifacts/bin/LocalPipeline/release/pipeline
benchmarks=$root/artifacts/bin/Benchmarks/release/Benchmarks
work=$(mktemp -d /var/tmp/recordings.XXXXXX)
trap 'rm -rf --one-file-system "$work"' EXIT
mkdir "$work"/{upper,overlay,merged,source}
cp -r "$root/bpf" "$work/source/"

# In the overlay: what follows is run with the same paths as on this machine.
cat > "$work/inside.sh" <<'INSIDE'
set -euo pipefail
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/overlay" "$1/merged"
cd "$1/merged"
for folder in proc sys dev run; do mount --rbind "/$folder" "$folder"; done
mkdir -p former
pivot_root . former
umount -l /former
export DEBIAN_FRONTEND=noninteractive HOME=/root
printf 'exit 101\n' > /usr/sbin/policy-rc.d
chmod +x /usr/sbin/policy-rc.d
case $2 in
  fetch) apt-get -qq update; apt-get -qq install -y --download-only --no-install-recommends openssh-server tree ;;
  install) exec apt-get -qq install -y --no-download --no-install-recommends openssh-server tree ;;
  accounts)
    useradd --create-home --shell /bin/bash alice
    printf 'alice ALL=(root) NOPASSWD: ALL\n' > /etc/sudoers.d/alice
    mkdir -m 700 /home/alice/.ssh /etc/ssh/keys
    ssh-keygen -q -t ed25519 -N '' -C '' -f /etc/ssh/keys/host
    ssh-keygen -q -t ed25519 -N '' -C '' -f /etc/ssh/keys/alice
    cp /etc/ssh/keys/alice.pub /home/alice/.ssh/authorized_keys
    chown -R alice: /home/alice ;;
  login)
    mkdir -p /run/sshd
    /usr/sbin/sshd -D -p 2222 -h /etc/ssh/keys/host -o ListenAddress=127.0.0.1 -o PidFile=none &
    server=$!
    sleep 1
    login=(-q -tt -p 2222 -i /etc/ssh/keys/alice -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null alice@127.0.0.1)
    for _ in 1 2 3; do
      # One line after the other, as a person types: a program that reads the terminal takes what was typed before its time.
      while read -r line; do printf '%s\n' "$line"; sleep 0.4; done <<'SESSION' | ssh "${login[@]}" || true
id
ls -la /etc
w
sudo cat /etc/shadow | wc -l
sudo -l
df -h | grep -v tmpfs
ps aux | sort -rnk 4 | head -n 5
find /etc -name '*.conf' 2>/dev/null | head -n 40 | xargs grep -l root
sudo cp /etc/profile /etc/cron.d/nightly
sudo sed -i 's/PATH/path/' /etc/cron.d/nightly
tail -n 5 /var/log/dpkg.log
cat ~/.ssh/authorized_keys
sudo usermod -aG adm alice
exit
SESSION
    done
    kill "$server" ;;
esac
INSIDE
inside() { unshare --mount --propagation private bash "$work/inside.sh" "$work" "$1"; }

# record NAME COMMAND...: only events of the command and its children are kept.
record() {
  local name=$1 agent job
  shift
  "$pipeline" record "$work/$name.rec" 2> "$work/$name.log" &
  agent=$!
  until grep -qs '^pipeline: recording' "$work/$name.log"; do kill -0 "$agent"; sleep 0.2; done
  "$@" > "$work/$name.out" 2>&1 &
  job=$!
  wait "$job"
  sleep 2.5
  kill -TERM "$agent"
  wait "$agent" || true
  tail -n 1 "$work/$name.log"
  "$benchmarks" keep "$job" "$work/$name.rec" "$root/tests/Fixtures/recordings/$name.rec"
}

mkdir -p "$root/tests/Fixtures/recordings"
inside fetch > "$work/fetch.out" 2>&1
record build make -C "$work/source/bpf" --silent
record package inside install
inside accounts > "$work/accounts.out" 2>&1
record login inside login
