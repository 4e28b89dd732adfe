#!/usr/bin/env bash
# What a cold process pays for a rule pack, over a program of the same form that only prints a number, in the same run: medians of RUNS (15) runs in ms.
# Forms: as built, and compiled ahead (ReadyToRun) as `make publish` ships it. "user+sys" is CPU time, which a busy machine disturbs less.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
runs=${RUNS:-15}
out=artifacts/load-time
public=../shared/sigma-linux
# As the stack sets it for the function.
export DOTNET_GCgen0size=0x1000000 DOTNET_GCGen0MaxBudget=0x1000000 DOTNET_GCLOHThreshold=0x300000
case $(uname -m) in x86_64) runtime=linux-x64 ;; aarch64) runtime=linux-arm64 ;; esac
dotnet publish tests/LoadTime -c Release --nologo -v quiet -o "$out/as-built" >/dev/null
dotnet publish tests/LoadTime -c Release --nologo -v quiet -r "$runtime" --no-self-contained -p:PublishReadyToRun=true -o "$out/ahead" >/dev/null

# Medians of wall and CPU time of a command, in ms.
median() {
  local i TIMEFORMAT='%R %U %S'
  for i in $(seq "$runs"); do { time "$@" >/dev/null; } 2>&1; done | awk '{ print $1 * 1000, ($2 + $3) * 1000 }' >"$out/times"
  for i in 1 2; do cut -d' ' -f$i "$out/times" | sort -n | sed -n "$((runs / 2 + 1))p"; done | paste -sd' '
}

row() {
  local form=$1 name=$2 count wall cpu
  shift 2
  count=$("$out/$form/LoadTime" "$@")
  read -r wall cpu < <(median "$out/$form/LoadTime" "$@")
  printf '| %s | %s, %s rules | %.0f + %.0f | %.0f + %.0f | %.1f |\n' "$form" "$name" "$count" \
    "$empty_wall" "$(echo "$wall $empty_wall" | awk '{ print $1 - $2 }')" "$empty_cpu" "$(echo "$cpu $empty_cpu" | awk '{ print $1 - $2 }')" \
    "$(echo "$wall $empty_wall" | awk '{ print $1 / $2 }')"
}

echo "load: $(uptime | sed 's/.*load average: //')"
echo '| form | pack | wall: empty program + pack | user+sys: empty program + pack | wall ratio |'
echo '|---|---|---|---|---|'
for form in as-built ahead; do
  "$out/$form/LoadTime" >/dev/null
  read -r empty_wall empty_cpu < <(median "$out/$form/LoadTime")
  for stage in rules engine; do
    row $form "shipped, $stage" $stage rules
    if [ -d "$public" ]; then
      row $form "public, $stage" $stage "$public/rules" "$public/rules-emerging-threats" "$public/rules-threat-hunting"
    fi
  done
done
[ -d "$public" ] || echo "skipped: the public Linux rules, $public is not on this machine"
