#!/usr/bin/env bash
# What the probes add to system calls: an empty program on the same hook, the usual way by name, the agent, and before and after each of
# them nothing, ROUNDS times. A machine's speed changes from minute to minute; so each is compared with the nothing beside it, and the
# median of the differences counts. OPERATIONS="open exec" measures only those. Needs root.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-7}
out=artifacts/bench-kernel
agent=artifacts/bin/EdgeAgent/release/edge-agent
ways=(nothing empty nothing by-name nothing agent nothing)
operations=(${OPERATIONS:-open getppid connect exec build})
declare -A repeats=([open]=200 [getppid]=100 [connect]=150 [exec]=40 [build]=1)
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

samples=$out/samples.txt
: >"$samples"
for ((round = 0; round < rounds; round++)); do
    for way in "${ways[@]}"; do
        start "$way"
        for operation in "${operations[@]}"; do
            echo "$operation $way $("$out/measure" "$operation" "${repeats[$operation]}" "$project")" >>"$samples"
        done
        stop
        running=
    done
done

# The nothings of a round differ by what the machine adds by itself: the last but one column is the median of that.
printf '%-8s %13s %10s %10s %10s %10s %12s  %s\n' "" nothing +empty +by-name +agent noise agent/empty goal
for operation in "${operations[@]}"; do
    awk -v o="$operation" -v goal="${goals[$operation]}" '
        function median(values, count,    i, j, swap) {
            for (i = 2; i <= count; i++)
                for (j = i; j > 1 && values[j - 1] > values[j]; j--) { swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap }
            return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
        }
        $1 == o { way[++n] = $2; ns[n] = $3 }
        END {
            for (i = 1; i <= n; i++) {
                if (way[i] == "nothing") {
                    nothing[++nothings] = ns[i]
                    if (i + 2 <= n && way[i + 1] != "nothing" && way[i + 2] == "nothing") noise[++noises] = ns[i + 2] > ns[i] ? ns[i + 2] - ns[i] : ns[i] - ns[i + 2]
                    continue
                }
                difference = ns[i] - (ns[i - 1] + ns[i + 1]) / 2
                if (way[i] == "empty") empty[++empties] = difference
                if (way[i] == "by-name") named[++names] = difference
                if (way[i] == "agent") agent[++agents] = difference
            }
            base = median(nothing, nothings); e = median(empty, empties); b = median(named, names); a = median(agent, agents); m = median(noise, noises)
            unit = base > 1e7 ? "ms" : "ns"; divisor = base > 1e7 ? 1e6 : 1
            ratio = e > 0 ? a / e : 0
            split(goal, want, " "); value = want[1] == "ratio" ? ratio : want[1] == "percent" ? 100 * a / base : a
            words = want[1] == "ratio" ? "at most " want[2] " times the empty program" : want[1] == "percent" ? sprintf("at most +%s %%; %.2f %%", want[2], value) : "at most +" want[2] " ns"
            printf "%-8s %10.0f %s %10.0f %10.0f %10.0f %10.0f %12s  %s: %s\n", o, base / divisor, unit, e / divisor, b / divisor, a / divisor, m / divisor,
                (ratio ? sprintf("%.2f", ratio) : "-"), words, (value <= want[2] ? "kept" : "MISSED")
        }' "$samples"
done
