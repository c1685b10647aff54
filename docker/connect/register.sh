#!/usr/bin/env bash
# Registers the sinks with Kafka Connect, or gives them these settings where they are registered already.
# Usage: register.sh [NAME...], such as register.sh postgres-states; without names all of them.
# CONNECT_URL says where Connect is, http://localhost:8083 by default.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
url="${CONNECT_URL:-http://localhost:8083}"
[ "$#" -gt 0 ] || set -- $(cd "$here/sinks" && ls ./*.json | sed 's#^\./##; s#\.json$##')
for name in "$@"; do
  file="$here/sinks/$name.json"
  [ -f "$file" ] || { echo "register.sh: there is no $file" >&2; exit 2; }
  # PUT takes what is under "config": the file without its first two lines and its last.
  settings="$(tail -n +3 "$file" | sed '1s/.*/{/; $d')"
  curl --fail-with-body -sS -X PUT -H 'Content-Type: application/json' --data-binary "$settings" \
    "$url/connectors/$name/config" >/dev/null
  echo "registered $name"
done
