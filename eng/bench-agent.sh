#!/usr/bin/env bash
# What the published agent costs under real events: connects of one UDP socket, made by a program whose own time does not count.
# CPU is that of all threads of the agent, in percent of one core. Needs root. SINK: kinesis, to an endpoint that takes all and keeps nothing
# (or KINESIS_ENDPOINT, stream "bench"), or jsonl, to /dev/null. AGENT: a published agent; else one is published.
set -euo pipefail
cd "$(dirname "$0")/.."

out=artifacts/bench-agent
agent=${AGENT:-$out/agent/edge-agent}
mkdir -p "$out"; rm -f "$out/port"
for program in generate swallow; do gcc -O2 -Wall -Wextra -Werror -o "$out/$program" "tests/Benchmarks/Agent/$program.c"; done
if [ -z "${AGENT:-}" ]; then bash eng/publish-agent.sh "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" "$out/agent"; fi

running= endpoint=
trap 'for one in $running $endpoint; do kill "$one"; done' EXIT

case ${SINK:-kinesis} in
jsonl) sink=(--sinks jsonl --jsonl-path /dev/null) ;;
kinesis)
    if [ -z "${KINESIS_ENDPOINT:-}" ]; then
        "$out/swallow" > "$out/port" &
        endpoint=$!
        until [ -s "$out/port" ]; do sleep 0.1; done
        KINESIS_ENDPOINT=http://127.0.0.1:$(cat "$out/port")
        export AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none
    fi
    sink=(--sinks kinesis --kinesis-stream-name bench --kinesis-region eu-west-1 --kinesis-endpoint "$KINESIS_ENDPOINT" --spool-path "$PWD/$out/spool")
    ;;
esac

ticks() { sed 's/.*) //' "/proc/$running/stat" | awk '{ print $12 + $13 }'; }
memory() { awk '/^VmRSS/ { print $2 }' "/proc/$running/status"; }

# What it is called, events a second, seconds, alike or unlike, options.
measure() {
    local name=$1 rate=$2 seconds=$3 kind=$4 made before after
    shift 4
    "$agent" --host-id bench --metadata off "${sink[@]}" "$@" > /dev/null 2> "$out/messages" &
    running=$!
    until grep -q ready: "$out/messages"; do
        sleep 0.1
        kill -0 "$running" || { cat "$out/messages"; exit 1; }
    done
    sleep "${SETTLE:-20}" # what it does once, after its start, is no part of what it costs
    before=$(ticks)
    made=$("$out/generate" "$rate" "$seconds" "$kind")
    sleep 0.3
    after=$(ticks)
    local resident
    resident=$(memory)
    kill "$running"
    wait "$running" || true
    running=
    awk -v name="$name" -v made="$made" -v t=$((after - before)) -v s="$seconds" -v hz="$(getconf CLK_TCK)" -v kb="$resident" \
        'BEGIN { printf "%-34s %9d events %7.2f %% of a core %7.1f MiB resident\n", name, made, 100 * t / hz / s, kb / 1024 }'
    sed -n 's/.*stopped: /    /p' "$out/messages"
}

measure "nothing" 1 "${SECONDS_IDLE:-60}" alike
measure "50 a second" 50 "${SECONDS_SLOW:-60}" unlike
measure "an hour of 50 a second, in 36 s" 5000 36 unlike
measure "200,000 alike a second" 200000 10 alike
measure "200,000 alike a second, all told" 200000 5 alike --flood-alike-per-second 0
measure "200,000 unlike a second" 200000 5 unlike
