#!/usr/bin/env bash
# Publishes this commit twice, from fresh clones in two folders whose paths have different lengths, at different times, under different umasks, and compares the
# hashes. What is not committed is not in it. Exit code 1 when they differ; the clones stay then. Five minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)

publish() {
  local folder=$1
  git clone --quiet . "$folder"
  # Probes are built from the clone's own sources; which AWS packages the feed has, this machine knows already.
  mkdir -p "$folder/artifacts"
  [ ! -e artifacts/aws-packages.props ] || cp artifacts/aws-packages.props "$folder/artifacts/"
  make --silent -C "$folder/bpf"
  bash "$folder/eng/publish.sh"
  cat "$folder/artifacts/publish/SHA256SUMS"
}

(umask 022 && publish "$work/one")
(umask 077 && publish "$work/another-folder/with/a/longer/path")
if ! cmp "$work/one/artifacts/publish/SHA256SUMS" "$work/another-folder/with/a/longer/path/artifacts/publish/SHA256SUMS"; then
  diff -rq "$work/one/artifacts/publish" "$work/another-folder/with/a/longer/path/artifacts/publish" || true
  echo "reproducible: the same commit gave different bytes; both are below $work" >&2
  exit 1
fi
rm -rf "$work"
echo "reproducible: twice the same bytes"
