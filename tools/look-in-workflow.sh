#!/usr/bin/env bash
# The step of action.yml: reads the two commits of the event into a repository without files, judges what lies between
# them and the workflows of the newer one. Nothing of the change is checked out but its workflow files, or run.
set -euo pipefail

case "$GITHUB_EVENT_NAME" in
  pull_request | merge_group | push) ;;
  *)
    echo "sallyport: of '$GITHUB_EVENT_NAME' no change is known; run it on pull_request, merge_group or push" >&2
    exit 2
    ;;
esac

folder="$RUNNER_TEMP/sallyport"
repository="$folder/repository.git"
rm -rf "$folder" && mkdir -p "$folder/workflows"
git init --quiet --bare "$repository"
# The token goes by the environment and is never written to a file.
header="$(printf 'x-access-token:%s' "$TOKEN" | base64 -w 0)"
echo "::add-mask::$header"
fetch() {
  GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraheader GIT_CONFIG_VALUE_0="authorization: basic $header" \
    git --git-dir "$repository" fetch --quiet --no-tags --depth=2 "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" "$@"
}
fetch "$GITHUB_SHA"
# The merge commit of a pull request has the base first; a new branch had nothing before.
base="$GITHUB_SHA^1"
if [[ "${BASE:-}" =~ ^[0-9a-f]{40,64}$ && "$BASE" =~ [1-9a-f] ]] && fetch "$BASE"; then base="$BASE"; fi

git --git-dir "$repository" ls-tree -r -z --name-only "$GITHUB_SHA" > "$folder/names"
if grep -qzE '^(\.github/|action\.ya?ml$)' "$folder/names"; then
  grep -zE '^(\.github/|action\.ya?ml$)' "$folder/names" |
    GIT_LITERAL_PATHSPECS=1 xargs -0 git --git-dir "$repository" archive "$GITHUB_SHA" -- | tar -x -i -C "$folder/workflows"
fi

sallyport() { node "$GITHUB_ACTION_PATH/bin/sallyport.js" "$@"; }
failed=0
on=()
[ -z "${FAIL_ON:-}" ] || on=(--fail-on "$FAIL_ON")
sallyport change --git "$repository" "$base..$GITHUB_SHA" --sarif > "$folder/change.sarif"
sallyport workflows "$folder/workflows" --sarif > "$folder/workflows.sarif"
{
  sallyport change --git "$repository" "$base..$GITHUB_SHA" "${on[@]}" || failed=$?
  echo
  sallyport workflows "$folder/workflows" "${on[@]}" || failed=$?
} > "$folder/summary.txt"
echo "folder=$folder" >> "$GITHUB_OUTPUT"

# Lines of a stranger's change stand in it: on the page they are text, in the log no commands.
sed 's/^/    /' "$folder/summary.txt" >> "$GITHUB_STEP_SUMMARY"
stop="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
echo "::stop-commands::$stop"
cat "$folder/summary.txt"
echo "::$stop::"
exit "$failed"
