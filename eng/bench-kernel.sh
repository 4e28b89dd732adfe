#!/usr/bin/env bash
# What the probes add to system calls: nothing attached, an empty program on the same hook, the usual
# way by name, the agent, and nothing again, one after the other, ROUNDS times. The least of each counts. OPERATIONS="open exec" measures
# only those. Needs root.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5}
out=artifacts/bench-kernel
agent=artifacts/bin/EdgeAgent/release/edge-agent
ways=(nothing empty by-name agent nothing-again)
operations=(${OPERATIONS:-open getppid connect exec build})
declare -A repeats=([open]=500 [getppid]=250 [connect]=400 [exec]=80 [build]=2)
declare -A goals=([open]="ratio 1.4" [getppid]="ns 125" [connect]="ns 60" [exec]="ns 5000" [build]="percent 1")

mkdir -p "$out"
gcc -O2 -Wall -Wextra -Werror -o "$out/measure" tests/Benchmarks/Kernel/measure.c
gcc -O2 -Wall -Wextra -Werror -o "$out/attach" tests/Benchmarks/Kernel/attach.c -lbpf
case $(uname -m) in x86_64) target=x86 ;; aarch64) target=arm64 ;; esac
clang -target bpf -mcpu=v3 -g -O2 -D__TARGET_ARCH_$target -c tests/Benchmarks/Kernel/baseline.bpf.c -o "$out/baseline.bpf.o"

# Starts one way; its process id is in $running.
start() {
    running=
    case $1 in
    empty | by-name)
        coproc WAY { exec "$out/attach" "$out/baseline.bpf.o" "${1/by-name/by_name}"; }
        running=$WAY_PID
        read -r line <&"${WAY[0]}"
        [ "$line" = attached ]
        ;;
    agent)
        coproc WAY { exec "$agent" --host-id bench --metadata off --sinks jsonl --jsonl-path /dev/null 2>&1; }
        running=$WAY_PID
        until [[ ${line:-} == *ready:* ]]; do read -r line <&"${WAY[0]}"; done
        ;;
    esac
}

stop() {
    [ -z "$running" ] && return
    kill "$running"
    wait "$running" 2>/dev/null || true
}
trap 'stop' EXIT
running=

# The project that is built: the trigger program of the kernel tests.
export OUT=$PWD/$out/build
project=tests/Kernel.Tests/native

declare -A least
for ((round = 0; round < rounds; round++)); do
    for way in "${ways[@]}"; do
        start "$way"
        for operation in "${operations[@]}"; do
            ns=$("$out/measure" "$operation" "${repeats[$operation]}" "$project")
            key=$operation/$way
            if [ -z "${least[$key]:-}" ] || awk "BEGIN { exit !($ns < ${least[$key]}) }"; then least[$key]=$ns; fi
        done
        stop
        running=
    done
done

# Nothing is measured before and after the others: how far both differ is what the machine adds by itself.
printf '%-8s %13s %8s %10s %10s %10s %12s  %s\n' "" nothing again +empty +by-name +agent agent/empty goal
for operation in "${operations[@]}"; do
    awk -v o="$operation" -v n="${least[$operation/nothing]}" -v g="${least[$operation/nothing-again]}" -v e="${least[$operation/empty]}" \
        -v b="${least[$operation/by-name]}" -v a="${least[$operation/agent]}" -v goal="${goals[$operation]}" 'BEGIN {
            unit = "ns"; divisor = 1
            if (n > 1e7) { unit = "ms"; divisor = 1e6 }
            base = n < g ? n : g; e -= base; b -= base; a -= base
            ratio = e > 1 ? a / e : 0
            split(goal, want, " "); value = want[1] == "ratio" ? ratio : want[1] == "percent" ? 100 * a / base : a
            words = want[1] == "ratio" ? "at most " want[2] " times the empty program" : want[1] == "percent" ? sprintf("at most %s %%; %.2f %%", want[2], value) : "at most +" want[2] " ns"
            printf "%-8s %10.0f %s %+8.0f %10.0f %10.0f %10.0f %12s  %s: %s\n", o, n / divisor, unit, (g - n) / divisor, e / divisor, b / divisor,
                a / divisor, (ratio ? sprintf("%.2f", ratio) : "-"), words, (value <= want[2] ? "kept" : "MISSED") }'
done
