#!/usr/bin/env bash
# Writes what a run of the kernel tests found into the table of docs/evasions.md: one column per kernel and way of hooking.
#   eng/evasions.sh RESULTS.trx "6.18, system call exit"
# A test says by [Trait("Evasion", ROW)] what it proves, and by [Trait("Verdict", "in part: …" or "missed: …")] that this is not all.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
results=$1 column=$2 table=$root/docs/evasions.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Row, test, verdict.
awk '
  FNR == 1 { n = split(FILENAME, path, "/"); class = path[n]; sub(/\.cs$/, "", class) }
  match($0, /\[Trait\("Evasion", "[^"]+"/) { rows[++count] = substr($0, RSTART + 19, RLENGTH - 20) }
  match($0, /\[Trait\("Verdict", "[^:"]+/) { verdict = substr($0, RSTART + 19, RLENGTH - 19) }
  /public async Task / {
    name = $0; sub(/.*Task /, "", name); sub(/\(.*/, "", name)
    for (i = 1; i <= count; i++) print rows[i] "\t" class "." name "\t" (verdict == "" ? "seen" : verdict)
    count = 0; verdict = ""
  }' "$root"/tests/Kernel.Tests/*.cs > "$work/tests"

# Test, outcome; of a test with several cases one line each.
grep -o '<UnitTestResult [^>]*' "$results" | sed -E 's/.* testName="Kernel\.Tests\.([A-Za-z0-9_.]+).* outcome="([A-Za-z]+)".*/\1\t\2/' > "$work/outcomes"

awk -F'\t' -v column="$column" '
  FILENAME ~ /outcomes$/ { all[$1] = all[$1] " " $2; next }
  FILENAME ~ /tests$/ {
    found = all[$2] ~ /Failed|Timeout|Aborted/ ? "FAILED" : all[$2] ~ /Passed/ ? $3 : ""
    if (rank(found) > rank(state[$1])) state[$1] = found
    next
  }
  /^<!-- made by/ { rest = 1 }
  rest { print; next }
  /^\| # \|/ {
    inside = 1
    cells = split($0, head, / *\| */)
    for (at = 2; at < cells && head[at] != column; at++);
  }
  inside && /^\|/ {
    cells = split($0, cell, / *\| */)
    cell[at] = /^\| # / ? column : /^\|-/ ? "---" : cell[2] in state ? state[cell[2]] : cell[4] == "–" ? "–" : "not run"
    line = "|"
    for (i = 2; i < cells || i <= at; i++) line = line (/^\|-/ ? cell[i] "|" : " " cell[i] " |")
    print line
    next
  }
  { inside = 0; print }
  function rank(text) { return text == "FAILED" ? 4 : text == "missed" ? 3 : text == "in part" ? 2 : text == "seen" ? 1 : 0 }
' "$work/outcomes" "$work/tests" "$table" > "$work/table"
cp "$work/table" "$table"
