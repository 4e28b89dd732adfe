#!/usr/bin/env bash
# Boots the kernels of the matrix under qemu, sets the probes off in every way that the trigger program knows, and judges what they
# report: table on standard output, docs/evasions.md, exit code 1 when anything is wrong. Counts what the probes cost, too.
# MATRIX_ONLY="6.1 newest" boots only those. A kernel that cannot be had is told with the reason and is no failure; exit code 77 when no kernel
# can be booted here at all.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
out=$root/artifacts/matrix
logs=$out/logs
start=$SECONDS

# name | kernel | more of the kernel's command line | architecture
boots=(
  "5.10|5.10||x86_64"
  "6.1|6.1||x86_64"
  "6.12|6.12||x86_64"
  "newest|newest||x86_64"
  "6.12 without bpf in lsm=|6.12|lsm=lockdown,capability,yama|x86_64"
  "6.12 preempt=full|6.12|preempt=full|x86_64"
  "6.12 lockdown=integrity|6.12|lockdown=integrity|x86_64"
  "6.12 lockdown=confidentiality|6.12|lockdown=confidentiality|x86_64"
  "6.1 arm64|6.1-arm64||arm64"
  "6.12 arm64|6.12-arm64||arm64"
)

skip() {
  echo "kernel matrix skipped: $1"
  exit 77
}

bash eng/setup.sh qemu-system-x86_64=qemu-system-x86 qemu-system-aarch64=qemu-system-arm aarch64-linux-gnu-gcc=gcc-aarch64-linux-gnu \
  /usr/aarch64-linux-gnu/lib/libc.a=libc6-dev-arm64-cross cpio=cpio dpkg-deb=dpkg /usr/include/gelf.h=libelf-dev /usr/include/zlib.h=zlib1g-dev ||
  skip "what it needs is not installed and cannot be"

bash eng/matrix/kernels.sh "$out/kernels"
ls "$out"/kernels/*/vmlinuz >/dev/null 2>&1 || skip "no kernel can be had ($(sort -u "$out"/kernels/*/reason | head -1))"
make --silent -C eng/matrix/guest ARCH=x86_64
if fault=$(bash eng/matrix/sysroot.sh "$out/sysroot-arm64" arm64 2>&1); then
  make --silent -C eng/matrix/guest ARCH=arm64
else
  for folder in "$out"/kernels/*-arm64; do echo "the libraries for arm64 cannot be had: $fault" >"$folder/reason"; done
fi
mkdir -p "$logs"

# boot NAME KERNEL LINE ARCH [QEMU-OPTION…]. TCG, because nested virtualization is rarely to be had; without cmpxchg16b, which qemu 7.2 gets wrong now and then.
boot() {
  local name=$1 kernel=$2 line=$3 arch=$4 machine
  shift 4
  rm -f "$logs/$name".{log,reason}
  if [ -e "$out/kernels/$kernel/reason" ]; then
    cp "$out/kernels/$kernel/reason" "$logs/$name.reason"
    return
  fi
  case $arch in
  x86_64) machine=(qemu-system-x86_64 -cpu max,-cx16) line="console=ttyS0 $line" ;;
  arm64) machine=(qemu-system-aarch64 -machine virt -cpu "max,pauth-impdef=on") line="console=ttyAMA0 $line" ;;
  esac
  timeout 1200 "${machine[@]}" -accel tcg,thread=single -m 512 -smp 1 -nographic -no-reboot -nic none "$@" \
    -kernel "$out/kernels/$kernel/vmlinuz" -initrd "$out/guest-$arch.cpio.gz" \
    -append "quiet loglevel=0 panic=-1 mitigations=off $line" </dev/null 2>&1 |
    sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g;s/\r//g' >"$logs/$name.log" || true
}

# The same beside another one: two at a time, as each guest has one processor.
started=0
boot_beside() {
  [ "$started" -lt 2 ] || wait -n || true
  boot "$@" &
  started=$((started + 1))
}

names=()
kernels=()
for entry in "${boots[@]}"; do
  IFS='|' read -r name kernel line arch <<<"$entry"
  [ -z "${MATRIX_ONLY:-}" ] || [[ " $MATRIX_ONLY " == *" $kernel "* ]] || continue
  names+=("$name")
  boot_beside "$name" "$kernel" "$line" "$arch"
  # Once more, counting: the guest's clock goes on by a nanosecond with each instruction, whatever the host does meanwhile.
  [ "$name" != "$kernel" ] || { kernels+=("$kernel"); boot_beside "costs-$kernel" "$kernel" costs "$arch" -icount shift=0,sleep=off; }
done
wait

# Of some kernels no document is made: it would lack the columns of the others.
document=docs/evasions.md
[ -z "${MATRIX_ONLY:-}" ] && ! ls "$logs"/*.reason >/dev/null 2>&1 || document=$out/evasions-of-some.md
result=0
dotnet run -c Release --project tests/KernelMatrix -- "$logs" "$document" "${names[@]}" || result=$?
dotnet run -c Release --no-build --project tests/KernelMatrix -- costs "$logs" eng/matrix/instructions.txt "${kernels[@]}" || result=$?
echo "kernel matrix: $started boots, $((SECONDS - start)) s"
exit "$result"
