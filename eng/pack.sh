#!/usr/bin/env bash
# Packs a folder so that the same files give the same bytes, whoever packs them, when and where: pack.sh FOLDER ARCHIVE SECONDS. Names in one order,
# root's, plain modes, all of one time (of the commit). ARCHIVE ends with .tar.gz or .zip.
set -euo pipefail
folder=$1 archive=$(realpath -m "$2") time=$3
export LC_ALL=C TZ=UTC

rm -f "$archive"
case $archive in
*.tar.gz)
  # The level and the lack of a name and a time in gzip's header are part of the bytes, too.
  tar --directory "$folder" --format=gnu --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --mtime="@$time" \
    --create --file - . | gzip --no-name -9 >"$archive"
  ;;
*.zip)
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
  cp -r "$folder/." "$copy"
  chmod -R u=rwX,go=rX "$copy"
  find "$copy" -exec touch --no-dereference --date="@$time" {} +
  (cd "$copy" && find . -type f -printf '%P\n' | sort | zip --quiet -X -D -9 "$archive" -@)
  ;;
*)
  echo "pack: $archive: .tar.gz or .zip" >&2
  exit 2
  ;;
esac
