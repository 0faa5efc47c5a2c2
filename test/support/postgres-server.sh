#!/usr/bin/env bash
# Starts a throw-away PostgreSQL server, runs a command with TEST_DATABASE_URL set, and removes the server:
#   bash test/support/postgres-server.sh npm run test:postgres
# Without a command it prints the address and keeps the server until interrupted. Installs PostgreSQL (Debian, Ubuntu)
# when there is none and this is root.
set -euo pipefail

find_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true; }

bin=$(find_bin)
if [ -z "$bin" ] && command -v initdb >/dev/null; then bin=$(dirname "$(command -v initdb)"); fi
if [ -z "$bin" ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "no PostgreSQL server found: install one (Debian: apt-get install postgresql)" >&2
    exit 3
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends postgresql >&2
  bin=$(find_bin)
fi

# PostgreSQL refuses to run as root.
as_owner() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

home=$(mktemp -d)
if [ "$(id -u)" -eq 0 ]; then chown postgres "$home"; fi
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')

stop() {
  (cd / && as_owner "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM

# Where the caller stands may be closed to the server's user.
(
  cd /
  as_owner "$bin/initdb" -D "$home/data" -A trust -U postgres >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; exit 3; }
  as_owner "$bin/pg_ctl" -D "$home/data" -l "$home/data/server.log" -w \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$home" start >/dev/null \
    || { cat "$home/data/server.log" >&2; exit 3; }
)

export TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres"
if [ "$#" -eq 0 ]; then
  echo "$TEST_DATABASE_URL"
  sleep infinity &
  wait "$!"
else
  "$@"
fi
