#!/bin/sh
# Starts Traygate as a container does. Arguments are handed on, e.g. --config /etc/traygate.yaml; import --from FOLDER takes over
# a Python server instead (docs/migration.md).
#   DATA_DIR     the folder that is kept, /data
#   LISTEN_HOST  the address to listen on, 0.0.0.0: a container's own network
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
data=${DATA_DIR:-/data}

if ! [ -d "$data" ] || ! [ -w "$data" ]; then
  echo "traygate: $data cannot be written to by user $(id -u). Mount a volume that belongs to this user, or set DATA_DIR." >&2
  exit 78
fi

# Files are made for this user alone, whatever the volume's default is.
umask 077
if [ "${1:-}" = import ]; then
  shift
  exec node "$here/dist/electron/headless.js" import --data-dir "$data" "$@"
fi
exec node "$here/dist/electron/headless.js" --host "${LISTEN_HOST:-0.0.0.0}" --data-dir "$data" "$@"
