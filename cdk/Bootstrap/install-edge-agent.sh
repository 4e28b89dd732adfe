#!/bin/bash
# Installs or upgrades the edge agent on this host. Can be run again at any time: it changes only what differs.
set -euo pipefail

readonly artefact_bucket='{{ARTEFACT_BUCKET}}'
readonly artefact_key='{{ARTEFACT_KEY}}'
readonly sha256='{{SHA256}}'
readonly machine='{{MACHINE}}'
readonly region='{{REGION}}'

readonly root=/opt/edge-agent
readonly version=${sha256:0:16}

fail() {
  echo "edge-agent install: $*" >&2
  exit 1
}

[ "$(uname -m)" = "$machine" ] || fail "this archive is for $machine, the host is $(uname -m)"
[ -r /sys/kernel/btf/vmlinux ] || fail "the kernel has no BTF (/sys/kernel/btf/vmlinux); Amazon Linux 2023 has it"
for tool in aws sha256sum tar gzip systemctl flock; do
  command -v "$tool" >/dev/null || fail "$tool is missing"
done

mkdir -p "$root" /etc/edge-agent
exec 9>"$root/.lock"
flock 9

staging=$(mktemp -d "$root/.staging.XXXXXX")
trap 'rm -rf "$staging"' EXIT

if [ ! -x "$root/$version/edge-agent" ]; then
  export AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=10
  aws s3api get-object --region "$region" --bucket "$artefact_bucket" --key "$artefact_key" "$staging/archive" >/dev/null
  echo "$sha256  $staging/archive" | sha256sum --check --status ||
    fail "SHA-256 of s3://$artefact_bucket/$artefact_key is not $sha256; nothing was installed"
  mkdir "$staging/files"
  tar --extract --gzip --no-same-owner --file "$staging/archive" --directory "$staging/files"
  [ -x "$staging/files/edge-agent" ] || fail "the archive holds no executable edge-agent"
  chmod 0755 "$staging/files"
  # An agent of one file has libbpf in it.
  if [ -e "$staging/files/edge-agent.dll" ] && ! ldconfig -p | grep -q 'libbpf\.so\.1 '; then
    dnf install -y -q libbpf || fail "libbpf.so.1 is missing and the package libbpf could not be installed"
  fi
  rm -rf "${root:?}/$version"
  mv "$staging/files" "$root/$version"
fi

# Writes standard input to a file in one step, and only if it differs.
changed=no
put() {
  local target=$1 draft
  draft=$(mktemp "$target.XXXXXX")
  cat >"$draft"
  chmod 0644 "$draft"
  if [ -f "$target" ] && [ "$(<"$draft")" = "$(<"$target")" ]; then
    rm "$draft"
  else
    mv "$draft" "$target"
    changed=yes
  fi
}

put /etc/edge-agent/config.json <<'END_OF_CONFIG'
{{CONFIG}}
END_OF_CONFIG

put /etc/systemd/system/edge-agent.service <<'END_OF_UNIT'
{{UNIT}}
END_OF_UNIT

if [ "$(readlink "$root/current" || true)" != "$version" ]; then
  ln -s "$version" "$staging/current"
  mv --no-target-directory "$staging/current" "$root/current"
  changed=yes
fi

systemctl daemon-reload
if [ "$changed" = yes ] && systemctl is-active --quiet edge-agent.service; then
  systemctl restart edge-agent.service
fi
systemctl enable --now edge-agent.service

for old in "$root"/*/; do
  old=$(basename "$old")
  if [ "$old" != "$version" ] && [ "$old" != current ]; then
    rm -rf "${root:?}/$old"
  fi
done
echo "edge-agent install: version $version runs, changed: $changed"
