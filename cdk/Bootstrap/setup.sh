#!/bin/bash
# Sets up the version of the edge agent in whose folder (/opt/edge-agent/<version>) it lies, on this host:
#   setup.sh install CONFIG              unit, configuration and the link `current`, then the start; all taken back if the agent is not well then
#   setup.sh roll-back                   installs the version before, with the configuration as it is
#   setup.sh uninstall [--keep-spool]    leaves nothing, or nothing but what waits for Kinesis
# Each step has a time limit. Exit code 0: done and well. Its own variables begin with EDGE_SETUP_: of those with EDGE_AGENT_ the agent knows each, or
# refuses to start.
set -euo pipefail

readonly root=/opt/edge-agent
readonly config=/etc/edge-agent/config.json
readonly unit=/etc/systemd/system/edge-agent.service
readonly service=edge-agent.service
readonly start_seconds=130 well_seconds=${EDGE_SETUP_WELL_SECONDS:-60} steady_seconds=${EDGE_SETUP_STEADY_SECONDS:-5}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
readonly here version=${here##*/}

say() { printf '%(%FT%TZ)T edge-agent: %s\n' -1 "$*"; }

fail() {
  say "failed: $*" >&2
  exit 1
}

# One at a time; the install script has the lock already.
lock() {
  [ -z "${EDGE_SETUP_LOCKED:-}" ] || return 0
  exec 9>"$root/.lock"
  flock --wait 300 9 || fail "another set-up has gone on for 300 s"
}

# put FILE: writes standard input to it in one step, and only if it differs. What a full disk or a power loss leaves is the former file.
changed=no
put() {
  local target=$1 draft=$1.new
  cat >"$draft"
  chmod 0644 "$draft"
  if [ -f "$target" ] && [ "$(<"$draft")" = "$(<"$target")" ]; then
    rm "$draft"
  else
    sync "$draft"
    mv "$draft" "$target"
    sync "${target%/*}"
    changed=yes
    say "wrote $target"
  fi
}

# point LINK VERSION: in one step.
point() {
  rm -f "$root/.$1.new"
  ln -s "$2" "$root/.$1.new"
  mv --no-target-directory "$root/.$1.new" "$root/$1"
  sync "$root"
}

name_of() { basename "$(readlink "$root/$1" 2>/dev/null || true)"; }

# The variables that the unit gives the agent, for a drop-in may have moved its socket, its pins or its spool: those of its process, or while it does not run
# those of Environment=, which systemd quotes for a shell.
given=()
learn_variables() {
  local pid text one all=()
  pid=$(main_pid) || pid=0
  if [ "${pid:-0}" != 0 ]; then mapfile -d '' -t all < <(cat "/proc/$pid/environ" 2>/dev/null); fi
  if ! printf '%s\n' "${all[@]}" | grep -q '^EDGE_AGENT_'; then
    text=$(systemctl show --property=Environment --value "$service" 2>/dev/null) || text=
    # Nothing that a shell would run: there systemd has put a backslash before it.
    if ! [[ $text =~ (^|[^\\])[\$\`] ]]; then
      set +B
      eval "all=($text)" 2>/dev/null || all=()
      set -B
    fi
  fi
  given=()
  for one in "${all[@]}"; do
    if [[ $one = EDGE_AGENT_*=* ]]; then given+=("$one"); fi
  done
}

# ask SECONDS AGENT ARGUMENTS
ask() { env "${given[@]}" timeout "$1" "$2/edge-agent" "${@:3}" --config "$config"; }

main_pid() { systemctl show --property=MainPID --value "$service"; }

# 0 healthy, 1 degraded, 2 no answer.
state=
status() {
  local code=0
  learn_variables
  state=$(ask 10 "$root/current" status 2>&1) || code=$?
  return "$code"
}

# Whether it runs steadily, as systemd was told, and is healthy; the latter only where it was so before ($1): an agent that is ready watches.
is_well() {
  local code pid deadline=$((SECONDS + well_seconds))
  while :; do
    code=0
    systemctl is-active --quiet "$service" && status || code=$?
    [ "$code" -ne 0 ] && [ "$SECONDS" -lt "$deadline" ] || break
    sleep 1
  done
  [ "$code" -eq 0 ] || [ "$1" != healthy ] || return 1
  [ "$code" -eq 0 ] || say "the agent runs, and says ($code): $({ grep '^trouble' <<<"$state" || echo "$state"; } | tr -s ' ' | paste -sd ';')"
  pid=$(main_pid)
  sleep "$steady_seconds"
  systemctl is-active --quiet "$service" && [ "$(main_pid)" = "$pid" ]
}

start() { timeout "$start_seconds" systemctl restart "$service" 2>&1 | sed 's/^/  /'; }

# Unit, configuration and link are kept beside those that are used, so that the way back is three renames: it needs no room on the disk. The link .kept is
# made last and goes last: where it is, a trial has not ended.
keep() {
  forget_kept
  ln "$unit" "$unit.kept"
  ln "$config" "$config.kept"
  sync "${unit%/*}" "${config%/*}"
  point .kept "$1"
}

forget_kept() {
  rm -rf "$root/.kept"
  rm -f "$unit.kept" "$config.kept" "$unit.new" "$config.new"
}

# unkeep FILE: nothing to do for one that was not kept, or has not changed since.
unkeep() {
  if [ -e "$1.kept" ] && ! [ "$1.kept" -ef "$1" ]; then mv -f "$1.kept" "$1"; fi
}

bring_back() {
  # Whatever runs now may be the version that was on trial.
  changed=yes
  unkeep "$unit"
  unkeep "$config"
  sync "${unit%/*}" "${config%/*}"
  mv -f --no-target-directory "$root/.kept" "$root/current"
  sync "$root"
  systemctl daemon-reload
}

# The install script's timer, which tries until an agent runs.
forget_trying() {
  if [ -x "$root/install.sh" ]; then "$root/install.sh" forget || say "edge-agent-install.timer could not be removed"; fi
}

# Until the new one is well, whatever ends this script brings the former state back.
trial=no
take_back() {
  local former=$1
  trial=no
  journalctl --unit="$service" --lines=12 --no-pager --output=cat 2>/dev/null | sed 's/^/  /' || true
  if [ -z "$former" ]; then
    learn_variables
    systemctl disable --now "$service" >/dev/null 2>&1 || true
    ask 30 "$here" stop --detach >/dev/null 2>&1 || true
    forget_kept
    rm -rf "$root/current" "$unit" "$here"
    systemctl daemon-reload
    say "failed: version $version is not well on this host; it was taken away again" >&2
    return
  fi
  bring_back
  start || true
  if is_well whatever; then
    say "failed: version $version is not well on this host; version $former runs again" >&2
  else
    say "failed: version $version is not well on this host, and version $former, which is back, is neither" >&2
  fi
  forget_kept
  [ "$former" = "$version" ] || rm -rf "$here"
}

# Versions beside the current one and the one before.
prune() {
  local folder name
  for folder in "$root"/*/; do
    name=$(basename "$folder")
    case $name in current | former | "$(name_of current)" | "$(name_of former)") ;; *)
      rm -rf "${root:?}/$name"
      say "removed version $name"
      ;;
    esac
  done
}

install_version() {
  local wanted=$1 former before=degraded words
  words=$(timeout 30 "$here/edge-agent" --version 2>&1) || fail "version $version does not run on this host (exit code $?): $words"
  if [ -L "$root/.kept" ]; then
    say "an earlier set-up was cut short; its former state is put back first"
    bring_back
  fi
  former=$(name_of current)
  if [ -n "$former" ]; then
    # What somebody took away is put there first, or there was nothing to come back to.
    [ -e "$unit" ] || { cp "$root/current/edge-agent.service" "$unit" && changed=yes; }
    [ -e "$config" ] || { mkdir -p "${config%/*}" && cp "$wanted" "$config" && changed=yes; }
    keep "$former"
    if systemctl is-active --quiet "$service" && status; then before=healthy; fi
  fi

  trap '[ $trial = no ] || take_back '"'$former'" EXIT
  trap 'exit 1' HUP INT TERM
  mkdir -p /etc/edge-agent
  trial=yes
  put "$config" <"$wanted"
  put "$unit" <"$here/edge-agent.service"
  if [ "$former" != "$version" ]; then
    point current "$version"
    changed=yes
    say "current is version $version${former:+, it was $former}"
  fi
  systemctl daemon-reload
  systemctl enable --quiet "$service"
  if [ "$changed" = yes ] || ! systemctl is-active --quiet "$service"; then
    say "starting"
    start || exit 1
    is_well "$before" || exit 1
  fi
  trial=no
  forget_kept
  forget_trying
  if [ -n "$former" ] && [ "$former" != "$version" ]; then point former "$former"; fi
  prune
  say "version $version runs, changed: $changed"
}

roll_back() {
  local former
  former=$(name_of former)
  [ -n "$former" ] && [ -x "$root/former/setup.sh" ] || fail "there is no version before this one"
  say "rolling back to version $former"
  EDGE_SETUP_LOCKED=1 exec "$root/former/setup.sh" install "$config"
}

uninstall() {
  local keep=${1:-}
  say "ending the agent"
  learn_variables
  timeout 60 systemctl disable --now "$service" >/dev/null 2>&1 || true
  if [ -e "$config" ] && ! ask 30 "$here" stop --detach; then
    systemctl enable --quiet "$service" || true
    start || true
    fail "the probes cannot be detached; nothing was removed, and the service is started again"
  fi
  forget_kept
  forget_trying
  rm -f "$unit"
  systemctl daemon-reload
  systemctl reset-failed "$service" 2>/dev/null || true
  if [ "$keep" = --keep-spool ]; then
    find /var/lib/edge-agent -mindepth 1 -maxdepth 1 ! -name spool -exec rm -rf {} + 2>/dev/null || true
  else
    rm -rf /var/lib/edge-agent
  fi
  rm -rf /etc/edge-agent /run/edge-agent /var/log/edge-agent-install.log "$root"
  say "uninstalled${keep:+, what waits for Kinesis stays in /var/lib/edge-agent/spool}"
}

# Read to its end before anything runs: uninstalling removes this file.
main() {
  case "${1:-} $#" in
  "install 2") lock && install_version "$2" ;;
  "roll-back 1") lock && roll_back ;;
  "uninstall 1") lock && uninstall ;;
  "uninstall 2")
    [ "$2" = --keep-spool ] || fail "uninstall takes --keep-spool and nothing else"
    lock && uninstall "$2"
    ;;
  *)
    echo "usage: setup.sh install CONFIG | roll-back | uninstall [--keep-spool]" >&2
    exit 2
    ;;
  esac
  exit
}
main "$@"
