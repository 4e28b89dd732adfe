#!/usr/bin/env bash
# Installs cdk-nag, AWS's rules for templates, from its lock file; does nothing while what is installed is as new as the lock.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../tests/Cdk.Tests/Nag" && pwd)
stamp=$folder/node_modules/.installed
if [ "$stamp" -nt "$folder/package-lock.json" ]; then exit 0; fi
if ! command -v npm >/dev/null; then
  echo "nag: npm is not installed; tests that need it will skip" >&2
  exit 0
fi
(cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
touch "$stamp"
echo "nag: installed"
