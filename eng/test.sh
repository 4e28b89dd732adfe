#!/usr/bin/env bash
# Runs all suites one after the other and sums their results. Arguments go to `dotnet test`. With WHOLE=1 all that is
# shipped is published, installed in a guest with a systemd of its own, and tried on a bare host, too, and the kernels of `make matrix` are
# booted, with the guest of its own and with the agent: each script counts as one test, skipped where it cannot be had.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
results=$root/artifacts/test-results
rm -rf "$results"

# Node libraries and killed runtimes leave their temporary files behind: in a folder of ours, which goes. Below /tmp, because tests
# also act as other users, who cannot enter every checkout.
TMPDIR=$(mktemp -d) && chmod 1777 "$TMPDIR" && export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
passed=0 failed=0 skipped=0 broken=0

run_script() {
  echo "── $1"
  bash "${@:2}"
  case $? in
  0) passed=$((passed + 1)) ;;
  77) skipped=$((skipped + 1)) ;;
  *) failed=$((failed + 1)) scripts+=("$1") ;;
  esac
}
scripts=()
if [ "${WHOLE:-0}" = 1 ]; then
  # First, because tests install what is published.
  run_script "publish" eng/publish.sh
  run_script "guest" eng/guest/build.sh artifacts/guest
fi

for project in tests/*.Tests/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  echo "── $name"
  dotnet test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$name.trx" \
    --logger "console;verbosity=minimal" --results-directory "$results" "$@" || broken=1
  counters=$(grep -o '<Counters [^>]*' "$results/$name.trx" 2>/dev/null) || { echo "$name gave no result"; failed=$((failed + 1)); continue; }
  count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted)))
  skipped=$((skipped + $(count total) - $(count executed)))
done

if [ "${WHOLE:-0}" = 1 ]; then
  run_script "bare host" eng/bare-host.sh artifacts/publish/edge-agent
  # Not beside the suites, which would get too little of a machine with two processors.
  run_script "kernel matrix" eng/matrix/matrix.sh
  run_script "agent in virtual machines" eng/matrix/agent.sh
fi

# Why tests were skipped, each reason once.
if [ "$skipped" -gt 0 ]; then
  echo "skipped because:"
  grep -ho '<Message>[^<]*' "$results"/*.trx | sed 's/<Message>/  /' | sort | uniq -c | sort -rn | head -20
fi
# What failed, once more and last: the rest of the output is long.
if [ "$failed" -gt 0 ]; then
  echo "failed:"
  [ "${#scripts[@]}" -eq 0 ] || printf '  %s\n' "${scripts[@]}"
  awk '/<UnitTestResult / { failed = /outcome="Failed"/; if (failed && match($0, /testName="[^"]*"/)) print "  " substr($0, RSTART + 10, RLENGTH - 11) }
    failed && sub(/.*<Message>/, "") { lines = 4 }
    lines > 0 { lines = sub(/<\/Message>.*/, "") ? 1 : lines; print "    " substr($0, 1, 300); lines-- }' "$results"/*.trx
fi
# A suite that broke without a failed test (a crash of its host) is a failure all the same.
if [ "$broken" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
