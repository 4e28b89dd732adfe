#!/usr/bin/env bash
# What the probes add to system calls: nothing attached, an empty program on the same hook, the usual
# way by name, and the agent, one after the other, ROUNDS times. The least of each counts. Needs root.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5}
out=artifacts/bench-kernel
agent=artifacts/bin/EdgeAgent/release/edge-agent
ways=(nothing empty by-name agent)
operations=(open getppid connect exec)

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

declare -A least
for ((round = 0; round < rounds; round++)); do
    for way in "${ways[@]}"; do
        start "$way"
        for operation in "${operations[@]}"; do
            ns=$("$out/measure" "$operation" 5)
            key=$operation/$way
            if [ -z "${least[$key]:-}" ] || awk "BEGIN { exit !($ns < ${least[$key]}) }"; then least[$key]=$ns; fi
        done
        stop
        running=
    done
done

printf '%-10s %12s %12s %12s %12s %10s\n' operation nothing +empty +by-name +agent agent/empty
for operation in "${operations[@]}"; do
    awk -v o="$operation" -v n="${least[$operation/nothing]}" -v e="${least[$operation/empty]}" -v b="${least[$operation/by-name]}" \
        -v a="${least[$operation/agent]}" \
        'BEGIN { printf "%-10s %9.0f ns %9.0f ns %9.0f ns %9.0f ns %10s\n", o, n, e - n, b - n, a - n, (e - n > 1 ? sprintf("%.2f", (a - n) / (e - n)) : "-") }'
done
