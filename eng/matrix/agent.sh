#!/usr/bin/env bash
# The published agent itself in virtual machines of some kernels, where programs on fexit load: agent.sh [FOLDER OF THE AGENT]. It starts, proves its
# probes, tells of what is done, is started again with what it has pinned, and is removed. Exit code 77: it cannot be tried here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
agent=${1:-artifacts/publish/edge-agent} root=artifacts/guest/root kernels=artifacts/matrix/kernels
out=$PWD/artifacts/matrix/agent
skip() { echo "agent in a virtual machine: not tried: $*"; exit 77; }
[ "$(uname -m)" = x86_64 ] || skip "the agent is published for x86-64 here"
[ -d "$root" ] || skip "make guest made no root"
[ ! -e "$agent/edge-agent.dll" ] || skip "the agent is not one file"
bash eng/setup.sh qemu-system-x86_64=qemu-system-x86 cpio=cpio dpkg-deb=dpkg || skip "what it needs is not installed and cannot be"
bash eng/matrix/kernels.sh "$kernels"
make --silent -C eng/matrix/guest ARCH=x86_64

# The guest's root without what only people read, and the agent in it.
rm -rf --one-file-system "$out" && mkdir -p "$out/own/agent"
cp -r "$agent/." artifacts/matrix/guest-x86_64/trigger "$out/own/agent"
install -m 755 eng/matrix/agent-guest.sh "$out/own/init"
(cd "$root" && find . -path ./usr/share -prune -o -path ./var/lib -prune -o -print | cpio --quiet -o -H newc) >"$out/root.cpio"
(cd "$out/own" && find . | cpio --quiet -o -H newc -R 0:0) >>"$out/root.cpio"

# A processor with cmpxchg16b, which the agent's machine code takes for granted.
boot() {
  timeout 600 qemu-system-x86_64 -cpu max -accel tcg,thread=single -m 2048 -smp 1 -nographic -no-reboot -nic none \
    -kernel "$kernels/$1/vmlinuz" -initrd "$out/root.cpio" -append "quiet loglevel=0 panic=-1 mitigations=off console=ttyS0 rdinit=/init calls=$2" </dev/null 2>&1 |
    sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g;s/\r//g' >"$out/$1.log" || true
}

# kernel=what shows system calls there. Two at a time, as each has one processor.
tried=()
for pair in 5.10=fexit-no-owner 6.1=fexit 6.12=fexit; do
  [ -s "$kernels/${pair%=*}/vmlinuz" ] || { echo "agent on ${pair%=*}: not tried: $(cat "$kernels/${pair%=*}/reason")"; continue; }
  [ "${#tried[@]}" -lt 2 ] || wait -n || true
  boot "${pair%=*}" "${pair#*=}" &
  tried+=("${pair%=*}")
done
wait
[ "${#tried[@]}" -gt 0 ] || skip "no kernel can be had"

result=0
for kernel in "${tried[@]}"; do
  if grep -q '^== all right' "$out/$kernel.log"; then
    echo "agent on $kernel: $(grep -c '^ok: ' "$out/$kernel.log") of its steps right; $(grep '^took: ' "$out/$kernel.log" | paste -sd ';')"
  else
    echo "agent on $kernel: WRONG"
    tail -40 "$out/$kernel.log"
    result=1
  fi
done
rm -f "$out/root.cpio"
exit "$result"
