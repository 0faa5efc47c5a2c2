const pasted = (expression: string): string => `\${{ ${expression} }}`;

/** Three jobs with a matrix, actions, scripts and secrets; every fourth one is started by forks. */
export function madeWorkflow(seed: number): string {
  const jobs = Array.from({ length: 3 }, (_, at) => madeJob(`job-${seed}-${at}`)).join("");
  return `name: Made ${seed}
on:
  ${seed % 4 === 0 ? "pull_request_target" : "pull_request"}:
    branches: [main, "release/**"]
  push:
    branches: [main]
permissions:
  contents: read
concurrency:
  group: made-${seed}-${pasted("github.ref")}
jobs:
${jobs}`;
}

const madeJob = (id: string): string => `  ${id}:
    # What this job is for.
    if: github.event_name == 'push' || !github.event.pull_request.draft
    runs-on: ${pasted("matrix.os")}
    strategy:
      matrix:
        os: [ubuntu-latest, macos-latest]
        version: [22, 24]
    steps:
      - uses: actions/checkout@v5
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: octo-org/setup-tool@v2
        with:
          version: ${pasted("matrix.version")}
      - name: Build
        env:
          TITLE: ${pasted("github.event.pull_request.title")}
          TOKEN: ${pasted("secrets.NPM_TOKEN")}
        run: |
          set -euo pipefail
          npm ci
          npm run build -- --title "$TITLE"
          # Each part alone, so that one that fails does not hide the others.
${SCRIPT}
          npm test
`;

const SCRIPT = Array.from(
  { length: 12 },
  (_, at) =>
    `          node tools/check-part.mjs --part ${at} --report "out/part-${at}.json" || failed="$failed ${at}"`,
).join("\n");
