import { workflowFindings } from "../src/change/actions/findings.ts";
import { readWorkflow } from "../src/change/actions/read-workflow.ts";

export interface WorkflowsFigures {
  /** Of 1,000 files, read and judged one repository after another, 25 files each. */
  readonly seconds: number;
  readonly findings: number;
}

const FILES = 1_000;
const FILES_PER_REPOSITORY = 25;

/** Time for 1,000 workflows of 4,800 characters, the mean of 974 real ones (2026-11-30). */
export function benchWorkflows(): WorkflowsFigures {
  const texts = Array.from({ length: FILES }, (_, at) => madeWorkflow(at));
  judge(texts.slice(0, 100));
  const startedAt = performance.now();
  const findings = judge(texts);
  return { seconds: (performance.now() - startedAt) / 1_000, findings };
}

function judge(texts: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < texts.length; at += FILES_PER_REPOSITORY) {
    const read = texts.slice(at, at + FILES_PER_REPOSITORY).map((text, index) => {
      const workflow = readWorkflow(`.github/workflows/w${index}.yml`, text);
      if (workflow.kind === "malformed") throw new Error(workflow.reason);
      return [workflow.path, workflow] as const;
    });
    const around = { at: "2026-11-30T00:00:00Z", onDefaultBranch: true, isPublic: true, owner: null };
    count += workflowFindings({ ...around, files: new Map(read) }).length;
  }
  return count;
}

const pasted = (expression: string): string => `\${{ ${expression} }}`;

/** Three jobs with a matrix, actions, scripts and secrets; every fourth one is started by forks. */
function madeWorkflow(seed: number): string {
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
