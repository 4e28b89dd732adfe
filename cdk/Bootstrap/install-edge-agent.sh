#!/bin/bash
# Installs or upgrades the edge agent on this host: user data of new instances, and the script of the association for running ones. Can be run again at
# any time: it changes only what differs. No step lasts longer than its time limit, and nothing waits for it at boot. Log: /var/log/edge-agent-install.log.
# A host on which it fails, and that has no agent, tries again a quarter of an hour later and then hourly (edge-agent-install.timer), for user data runs
# once: with a copy of this script, /opt/edge-agent/install.sh. `install.sh uninstall` ends that and leaves nothing; `forget` is for the set-up.
set -euo pipefail

readonly artefact_bucket='{{ARTEFACT_BUCKET}}'
readonly artefact_key='{{ARTEFACT_KEY}}'
readonly sha256='{{SHA256}}'
readonly machine='{{MACHINE}}'
readonly region='{{REGION}}'
readonly endpoint=${AWS_ENDPOINT_URL_S3:-https://s3.{{REGION}}.{{URL_SUFFIX}}}

readonly root=/opt/edge-agent
readonly self=${BASH_SOURCE[0]:-}
readonly copy=$root/install.sh retry=/etc/systemd/system/edge-agent-install
readonly log=/var/log/edge-agent-install.log
readonly version=${sha256:0:16}

say() { printf '%(%FT%TZ)T edge-agent install: %s\n' -1 "$*"; }

fail() {
  say "failed: $*"
  exit 1
}

# Hosts without the AWS CLI have Python, for cloud-init is written in it: the role's credentials from the instance metadata, one signed GET.
fetch_by_python() {
  python3 - "$endpoint" "$artefact_bucket" "$artefact_key" "$region" "$1" <<'END_OF_PYTHON'
import datetime, hashlib, hmac, json, os, sys, time, urllib.request

endpoint, bucket, key, region, target = sys.argv[1:]
metadata = os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254").rstrip("/") + "/latest/"
direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(path, headers, method="GET"):
    return direct.open(urllib.request.Request(metadata + path, headers=headers, method=method), timeout=10).read().decode()


def get():
    token = {"X-aws-ec2-metadata-token": ask("api/token", {"X-aws-ec2-metadata-token-ttl-seconds": "300"}, "PUT")}
    roles = "meta-data/iam/security-credentials/"
    role = json.loads(ask(roles + ask(roles, token).split()[0], token))
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    signed = {"host": endpoint.rstrip("/").split("//")[1], "x-amz-content-sha256": hashlib.sha256(b"").hexdigest(), "x-amz-date": now,
              "x-amz-security-token": role["Token"]}
    path = f"/{bucket}/{key}"
    canonical = "\n".join(["GET", path, ""] + [f"{name}:{signed[name]}" for name in sorted(signed)] + ["", ";".join(sorted(signed)),
                          signed["x-amz-content-sha256"]])
    scope = f"{now[:8]}/{region}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    secret = ("AWS4" + role["SecretAccessKey"]).encode()
    for part in scope.split("/"):
        secret = hmac.new(secret, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
    signed["Authorization"] = (f"AWS4-HMAC-SHA256 Credential={role['AccessKeyId']}/{scope}, SignedHeaders={';'.join(sorted(signed))}, "
                               f"Signature={signature}")
    with urllib.request.urlopen(urllib.request.Request(endpoint.rstrip("/") + path, headers=signed), timeout=30) as answer, open(target, "wb") as file:
        while block := answer.read(1 << 20):
            file.write(block)


for attempt in range(7):
    try:
        get()
        break
    except Exception as e:
        print(f"attempt {attempt + 1}: {e}", file=sys.stderr)
        if attempt == 6:
            sys.exit(1)
        time.sleep((attempt + 1) * int(os.environ.get("EDGE_SETUP_RETRY_SECONDS", "5")))
END_OF_PYTHON
}

# At a first boot the role's credentials may come late, and after an upgrade the right to the new archive: the CLI gives up on both at once.
fetch_by_aws() {
  local attempt
  for attempt in 1 2 3 4 5 6 7; do
    if AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=10 AWS_METADATA_SERVICE_NUM_ATTEMPTS=5 \
      aws s3api get-object --region "$region" --bucket "$artefact_bucket" --key "$artefact_key" "$1" >/dev/null; then
      return 0
    fi
    if [ "$attempt" -lt 7 ]; then sleep $((attempt * ${EDGE_SETUP_RETRY_SECONDS:-5})); fi
  done
  return 1
}

export -f fetch_by_python fetch_by_aws
export endpoint artefact_bucket artefact_key region

# An agent that is a folder of files needs the library; one of one file has it in it.
need_libbpf() {
  [ -e "$1/edge-agent.dll" ] || return 0
  ! ldconfig -p | grep 'libbpf\.so\.1 ' >/dev/null || return 0
  say "installing libbpf"
  if command -v dnf >/dev/null; then
    timeout 300 dnf install -y -q libbpf
  else
    { timeout 200 apt-get -qq update && DEBIAN_FRONTEND=noninteractive timeout 200 apt-get -qq -y install libbpf1; } >/dev/null
  fi || fail "libbpf.so.1 is missing and its package could not be installed"
}

forget() {
  if [ -e "$retry.timer" ]; then systemctl disable --now --quiet edge-agent-install.timer || true; fi
  rm -f "$retry.timer" "$retry.service" "$copy"
  systemctl daemon-reload || true
  systemctl reset-failed edge-agent-install.service 2>/dev/null || true
}

uninstall() {
  systemctl stop edge-agent-install.timer edge-agent-install.service 2>/dev/null || true
  lock
  if [ -x "$root/current/setup.sh" ]; then EDGE_SETUP_LOCKED=1 exec "$root/current/setup.sh" uninstall; fi
  forget
  # What a set-up leaves that was killed.
  systemctl disable --now edge-agent.service 2>/dev/null || true
  rm -rf /etc/systemd/system/edge-agent.service{,.kept,.new} /etc/edge-agent /run/edge-agent /var/lib/edge-agent "$log" "$root"
  systemctl daemon-reload || true
}

lock() {
  mkdir -p "$root"
  exec 9>"$root/.lock"
  flock --wait 300 9 || fail "another set-up has gone on for 300 s"
}

# Before the first step that time may mend. The set-up ends it, once an agent runs.
try_until_it_runs() {
  [ ! -e "$root/current" ] && [ -f "$self" ] || return 0
  if ! [ "$self" -ef "$copy" ]; then
    install -m 0700 "$self" "$copy.new" && sync "$copy.new" && mv -f "$copy.new" "$copy" || {
      say "cannot try again later: $copy cannot be written"
      return 0
    }
  fi
  ! systemctl is-enabled --quiet edge-agent-install.timer 2>/dev/null || return 0
  cat >"$retry.service" <<END_OF_UNIT
[Unit]
Description=Install the edge agent
[Service]
Type=oneshot
ExecStart=$copy
TimeoutStartSec=1800
END_OF_UNIT
  cat >"$retry.timer" <<END_OF_UNIT
[Unit]
Description=Try to install the edge agent until it runs
[Timer]
OnActiveSec=15min
OnUnitInactiveSec=1h
RandomizedDelaySec=2min
[Install]
WantedBy=timers.target
END_OF_UNIT
  systemctl daemon-reload
  systemctl enable --quiet --now edge-agent-install.timer || say "cannot try again later: edge-agent-install.timer does not start"
}

# The timer's turn, after another set-up: one that installed an agent, or brought a newer script, which goes on trying.
is_outdated() {
  [ "$self" = "$copy" ] || return 1
  if [ -e "$root/current" ]; then
    say "an agent was installed meanwhile; no more is tried"
    forget
  elif grep -qsF "readonly sha256='$sha256'" "$copy"; then
    return 1
  fi
}

install_agent() {
  local staging way=python tool
  [ "$(uname -m)" = "$machine" ] || fail "this archive is for $machine, the host is $(uname -m)"
  [ -r /sys/kernel/btf/vmlinux ] || fail "the kernel has no BTF (/sys/kernel/btf/vmlinux); Amazon Linux 2023, Debian 12 and Ubuntu 22.04 have it"
  if command -v aws >/dev/null; then way=aws; fi
  for tool in "$([ $way = aws ] && echo aws || echo python3)" sha256sum tar gzip systemctl flock timeout; do
    command -v "$tool" >/dev/null || fail "$tool is missing"
  done

  lock
  ! is_outdated || return 0
  try_until_it_runs
  rm -rf "$root"/.staging.*
  staging=$(mktemp -d "$root/.staging.XXXXXX")
  trap "rm -rf '$staging'" EXIT

  if [ ! -x "$root/$version/setup.sh" ]; then
    say "fetching s3://$artefact_bucket/$artefact_key ($way)"
    timeout 300 bash -c "fetch_by_$way '$staging/archive'" || fail "s3://$artefact_bucket/$artefact_key could not be fetched; nothing was changed"
    echo "$sha256  $staging/archive" | sha256sum --check --status ||
      fail "SHA-256 of s3://$artefact_bucket/$artefact_key is not $sha256; nothing was installed"
    mkdir "$staging/files"
    tar --extract --gzip --no-same-owner --file "$staging/archive" --directory "$staging/files"
    [ -x "$staging/files/edge-agent" ] && [ -x "$staging/files/setup.sh" ] || fail "the archive holds no agent"
    chmod 0755 "$staging/files"
    need_libbpf "$staging/files"
    rm -rf "${root:?}/$version"
    # Whole on the disk before it has its name: a host that loses its power does not find half an agent there.
    sync --file-system "$staging/files"
    mv "$staging/files" "$root/$version"
    sync "$root"
    say "unpacked version $version"
  fi

  cat >"$staging/config.json" <<'END_OF_CONFIG'
{{CONFIG}}
END_OF_CONFIG
  EDGE_SETUP_LOCKED=1 "$root/$version/setup.sh" install "$staging/config.json"
}

case ${1:-} in
forget | uninstall)
  "$1"
  exit
  ;;
esac
# The newest 128 KiB of the log stay.
if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt 262144 ]; then
  tail -c 131072 "$log" >"$log.new" && mv "$log.new" "$log"
fi
install_agent 2>&1 | tee -a "$log"
