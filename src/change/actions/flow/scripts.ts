/** Programs that run what a checkout holds: builds, tests, package managers, interpreters, local scripts. */
const RUNS_LOCAL =
  /(?:^|[\s;&|(`])(?:\.{1,2}\/[\w.]|(?:ba|z|da)?sh\s+(?!-c)[\w./$]|source\s|\.\s+[\w./$]|npm|npx|yarn|pnpm|bun|bunx|node|deno|make|cmake|ninja|meson|cargo|go\s|pip3?\s|python|pytest|tox|nox|poetry|uv\s|uvx|pipenv|hatch|pdm|bundle|rake|ruby|gem|mvn|gradle|ant\s|sbt|composer|php|dotnet|msbuild|swift|xcodebuild|bazel|docker\s|docker-compose|podman|terraform|tofu|pulumi|helm|ansible|pre-commit|rails|mix|lein|cabal|stack|nix|just\s|task\s|earthly|dagger|perl|Rscript|julia)/m;

/** True when a script runs programs that take their orders from the folder they stand in. */
export const runsLocalCode = (script: string): boolean => RUNS_LOCAL.test(script);

/** True when a script takes what it fetched into the folder, rather than only looking at it. */
export const takesFetched = (script: string): boolean =>
  /\bgit\s{1,8}(?:-[Cc]\s{1,8}[^\s]{1,80}\s{1,8}){0,4}(?:checkout|switch|merge|reset|pull|clone|worktree|cherry-pick|rebase|restore|read-tree)\b|\b(?:gh|hub)\s{1,8}(?:pr\s{1,8}checkout|repo\s{1,8}clone)\b/.test(
    script,
  );
