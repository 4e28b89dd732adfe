#!/usr/bin/env bash
# Installs the AWS emulators that tests use, from their lock file; does nothing while what is installed is as new as the lock.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../tests/Support/emulators" && pwd)
stamp=$folder/node_modules/.installed
if [ "$stamp" -nt "$folder/package-lock.json" ]; then exit 0; fi
if ! command -v npm >/dev/null; then
  echo "emulators: npm is not installed; tests that need them will skip" >&2
  exit 0
fi
(cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
touch "$stamp"
echo "emulators: installed"
