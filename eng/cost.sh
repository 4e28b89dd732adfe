#!/usr/bin/env bash
# What a fleet costs a month: HOSTS (100) simulated hosts with EVENTS (5) a second each for MINUTES (10) of event time (CONTENTS: servers, what a busy
# server does; quiet, of that what no correlation remembers; recorded, people who administer, build and install all day), real batching and function, calls counted
# before emulators, prices of docs/cost.md. Needs the built benchmarks and function, Node.js.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
dotnet artifacts/bin/Benchmarks/release/Benchmarks.dll cost "${HOSTS:-100}" "${EVENTS:-5}" "${MINUTES:-10}" "${CONTENTS:-servers}"
