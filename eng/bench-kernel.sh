#!/usr/bin/env bash
# What the probes add to system calls: an empty program at the return of calls, the usual way by name, the agent, and, for connects, an empty
# program at the cgroups' hook and the probes of the network alone; before and after each of them nothing, ROUNDS times. A machine's speed changes from minute to minute; so each is compared with
# the nothing beside it, and the median of the differences counts. A process's start varies by more than the probes add: of that the kernel's
# own clock of the programs tells. OPERATIONS="open exec" measures only those. Needs root. AGENT: a published agent; else one is published: one
# that is still compiling itself works beside what is measured.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-7}
out=artifacts/bench-kernel
agent=${AGENT:-$out/agent/edge-agent}
ways=(nothing empty nothing by-name nothing agent nothing)
object=artifacts/bpf/$(uname -m | sed s/aarch64/arm64/)/edge.bpf.o
stats=/proc/sys/kernel/bpf_stats_enabled
operations=(${OPERATIONS:-open getppid connect exec build})
declare -A repeats=([open]=200 [getppid]=100 [connect]=150 [exec]=40 [build]=1)
declare -A goals=([open]="ratio 1.4" [getppid]="ns 125" [connect]="alone 60" [exec]="none" [build]="percent 1")
[[ " ${operations[*]} " != *" connect "* ]] || ways+=(empty-network nothing network nothing)

mkdir -p "$out"
if [ -z "${AGENT:-}" ]; then bash eng/publish-agent.sh "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" "$out/agent"; fi
gcc -O2 -Wall -Wextra -Werror -o "$out/measure" tests/Benchmarks/Kernel/measure.c
for tool in attach network programs; do gcc -O2 -Wall -Wextra -Werror -o "$out/$tool" tests/Benchmarks/Kernel/$tool.c -lbpf; done
case $(uname -m) in x86_64) target=x86 ;; aarch64) target=arm64 ;; esac
clang -target bpf -mcpu=v3 -g -O2 -D__TARGET_ARCH_$target -c tests/Benchmarks/Kernel/baseline.bpf.c -o "$out/baseline.bpf.o"

# Starts one way; its process id is in $running.
start() {
    running= line=
    case $1 in
    empty | by-name)
        coproc WAY { exec "$out/attach" "$out/baseline.bpf.o" "${1/by-name/by_name}"; }
        running=$WAY_PID
        read -r line <&"${WAY[0]}"
        [ "$line" = attached ]
        ;;
    empty-process)
        coproc WAY { exec "$out/attach" "$out/baseline.bpf.o" empty_fork empty_exec empty_exit; }
        running=$WAY_PID
        read -r line <&"${WAY[0]}"
        [ "$line" = attached ]
        ;;
    empty-network | network)
        networks=("$out/baseline.bpf.o" "$cgroup")
        [ "$1" = empty-network ] || networks=("$object" "$cgroup" src/EdgeAgent/Config/networks-*.txt)
        coproc WAY { exec "$out/network" "${networks[@]}"; }
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
stats_before=$(cat $stats)
mounted=
trap 'stop; echo "$stats_before" >$stats; for folder in $mounted; do umount "$folder"; done' EXIT
running=

# The root of the cgroups, for the probes of the network, and the tracepoints' numbers, for the usual way by name; mounted for the time being
# where the host has none.
cgroup=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
if [ -z "$cgroup" ]; then
    cgroup=$PWD/$out/cgroup
    mkdir -p "$cgroup"
    mount -t cgroup2 none "$cgroup"
    mounted=$cgroup
fi
if ! grep -q ' /sys/kernel/tracing tracefs ' /proc/mounts; then
    mount -t tracefs none /sys/kernel/tracing
    mounted="$mounted /sys/kernel/tracing"
fi

# The project that is built: the trigger program of the kernel tests.
export OUT=$PWD/$out/build
project=tests/Kernel.Tests/native

samples=$out/samples.txt
: >"$samples"
for ((round = 0; round < rounds; round++)); do
    for way in "${ways[@]}"; do
        start "$way"
        for operation in "${operations[@]}"; do
            [[ $way != *network ]] || [ $operation = connect ] || continue
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
                if (way[i] == "empty-network") hook[++hooks] = difference
                if (way[i] == "network") alone[++alones] = difference
            }
            base = median(nothing, nothings); e = median(empty, empties); b = median(named, names); a = median(agent, agents); m = median(noise, noises)
            unit = base > 1e7 ? "ms" : "ns"; divisor = base > 1e7 ? 1e6 : 1
            ratio = e > 0 ? a / e : 0
            split(goal, want, " ")
            value = want[1] == "ratio" ? ratio : want[1] == "percent" ? 100 * a / base : want[1] == "alone" ? median(alone, alones) - median(hook, hooks) : a
            words = want[1] == "ratio" ? "at most " want[2] " times the empty program" : want[1] == "percent" ? sprintf("at most +%s %%; %.2f %%", want[2], value) : "at most +" want[2] " ns"
            if (want[1] == "alone") words = sprintf("the probes of the network alone %+.0f, of which an empty program there %+.0f; theirs %s", median(alone, alones), median(hook, hooks), words)
            verdict = want[1] == "none" ? "see below" : words (value <= want[2] ? ": kept" : ": MISSED")
            printf "%-8s %10.0f %s %10.0f %10.0f %10.0f %10.0f %12s  %s\n", o, base / divisor, unit, e / divisor, b / divisor, a / divisor, m / divisor,
                (ratio ? sprintf("%.2f", ratio) : "-"), verdict
        }' "$samples"
done

# A start with its end, by the kernel's clock: what the programs for fork, exec and exit take, each on the average of all its runs. Programs that do
# nothing on the same hooks say what of it is the clock itself.
clocked() { # WAY: a line "hook ns" for each of its programs
    start "$1"
    sleep 1 # what the agent does at its start is no part of a program's start
    echo 1 >$stats
    "$out/programs" "$running" >"$out/programs-before.txt"
    "$out/measure" exec $((3 * repeats[exec])) >/dev/null
    "$out/programs" "$running" >"$out/programs-after.txt"
    echo "$stats_before" >$stats
    stop
    running= line=
    awk 'FNR == NR { runs[$1] = $2; ns[$1] = $3; next }
        $2 > runs[$1] && match($1, /_(fork|exec|exit)/) { print substr($1, RSTART + 1, 4), ($3 - ns[$1]) / ($2 - runs[$1]) }
    ' "$out/programs-before.txt" "$out/programs-after.txt"
}

if [[ " ${operations[*]} " == *" exec "* ]]; then
    clocked empty-process >"$out/clock-empty.txt"
    clocked agent >"$out/clock-agent.txt"
    awk '
        FNR == NR { empty[$1] = $2; next }
        { each = $2 - empty[$1]; sum += each; of[$1] = each; words = words sprintf("%s %s %.0f of %.0f", words ? "," : "", $1, each, $2) }
        END {
            printf "exec     by the kernel'"'"'s clock of the programs, less what it says of empty ones:%s; a start with its end +%.0f ns", words, sum
            printf ", exec at most +5000 ns: %s; with fork and exit: %s\n", (of["exec"] > 0 && of["exec"] <= 5000 ? "kept" : "MISSED"), (sum > 0 && sum <= 5000 ? "kept" : "MISSED")
        }
    ' "$out/clock-empty.txt" "$out/clock-agent.txt"
fi
