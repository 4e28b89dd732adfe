#!/usr/bin/env bash
# The function: what one worker on one core takes from the JSON of a Kinesis event to committed state, each row in a process of its own, with store and topics
# simulated at 5 ms a call; then a cold start to the answer of the first batch, as built and as published, against emulators.
# EVENTS: how many events a row (1,500,000). RUNS: cold starts (5). Needs the built benchmarks.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
out=artifacts/bench-function
events=${EVENTS:-1500000}
bench() { dotnet artifacts/bin/Benchmarks/release/Benchmarks.dll function "$@"; }
packs=(shipped)
if [ -d ../shared/sigma-linux ]; then packs+=(public); else echo "skipped: the public Linux rules, ../shared/sigma-linux is not on this machine"; fi

rm -rf "$out"
echo "load: $(uptime | sed 's/.*load average: //'); 200 records a batch; recorded events; 100,000 events/s of all hosts in event time"
bench head | sed '/^$/,$d'
# Hosts, events a frame: a fleet, a small fleet of busy hosts, and one host that floods.
for shape in "200 50" "200 500" "8 500"; do
  read -r hosts size <<<"$shape"
  bench batches "$out/$hosts-$size" "$hosts" "$size" "$events"
  # One core, and the settings of the stack.
  row=$(DOTNET_GCgen0size=0x1000000 DOTNET_GCGen0MaxBudget=0x1000000 DOTNET_GCLOHThreshold=0x300000 DOTNET_gcConcurrent=0 DOTNET_TieredPGO=0 taskset -c 0 dotnet artifacts/bin/Benchmarks/release/Benchmarks.dll function run "$out/$hosts-$size" "${packs[@]}")
  echo "| $hosts hosts, $size events a frame $row"
done

case $(uname -m) in x86_64) runtime=linux-x64 ;; aarch64) runtime=linux-arm64 ;; esac
dotnet publish src/AlertLambda -c Release --nologo -v quiet -r "$runtime" --no-self-contained -p:PublishReadyToRun=true -o "$out/published" >/dev/null
echo
bench head | sed '1,/^$/d'
bench cold "as built" artifacts/bin/AlertLambda/release/AlertLambda "$out/200-50" rules "${RUNS:-5}"
bench cold "as published" "$out/published/AlertLambda" "$out/200-50" rules "${RUNS:-5}"
rm -rf "$out"/*-*
