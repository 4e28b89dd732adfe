#!/usr/bin/env bash
# What the artefacts are called by, from git: version.sh prints the version, version.sh time the second of the commit. A tag v1.2.3 is version
# 1.2.3; later commits add their number and hash to the newest tag, or to Version of Directory.Build.props. What is not committed says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! git rev-parse --quiet --verify HEAD >/dev/null 2>&1; then
  echo "version: this is no git repository: the artefacts have no version" >&2
  exit 1
fi
if [ "${1:-}" = time ]; then
  git log -1 --format=%ct
  exit
fi
if described=$(git describe --tags --long --abbrev=12 --match 'v[0-9]*' 2>/dev/null); then
  base=${described%-*-*} hash=${described##*-g} count=${described%-g*} count=${count##*-}
  base=${base#v}
else
  base=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
  count=$(git rev-list --count HEAD) hash=$(git rev-parse --short=12 HEAD)
fi
version=$base
[ "$count" = 0 ] || version+=+$count.$hash
[ -z "$(git status --porcelain --untracked-files=no)" ] || version+=$([[ $version == *+* ]] && echo .changed || echo +changed)
echo "$version"
