#!/usr/bin/env bash
# Lets sinks read their topics from the beginning again.
# Usage: backfill.sh NAME..., such as backfill.sh postgres-states postgres-windows.
# Rows in PostgreSQL are written again under the same keys. Iceberg's tables only grow: drop them first.
# CONNECT_URL says where Connect is, http://localhost:8083 by default.
set -euo pipefail
url="${CONNECT_URL:-http://localhost:8083}"
[ "$#" -gt 0 ] || { sed -n '3s/^# //p' "$0" >&2; exit 2; }
call() { curl --fail-with-body -sS -X "$1" "$url/connectors/$2"; }
for name in "$@"; do
  call PUT "$name/stop"
  # Offsets can be reset once the tasks have ended and their consumers have left the group.
  for attempt in $(seq 60); do
    call DELETE "$name/offsets" >/dev/null 2>&1 && break
    [ "$attempt" -lt 60 ] || { call DELETE "$name/offsets"; exit 1; }
    sleep 1
  done
  call PUT "$name/resume"
  echo "$name reads from the beginning"
done
