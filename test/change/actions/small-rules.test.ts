import { expect, test } from "../../support/jest.ts";
import { findings, found, pasted, workflow } from "./found.ts";

const runsOn = (on: string, runner: string, job = "timeout-minutes: 5"): string =>
  workflow(on, "- run: ls", { job }).replace("runs-on: ubuntu-latest", runner);

test.each<readonly [readonly string[], string, string]>([
  [["6 high"], "pull_request", "runs-on: self-hosted"],
  [["6 high"], "pull_request", "runs-on: [self-hosted, linux]"],
  [["6 high"], "pull_request", "runs-on: [linux, Self-Hosted]"],
  [["6 high"], "pull_request", "runs-on: SELF-HOSTED"],
  [["6 high"], "pull_request", "runs-on: ' self-hosted '"],
  [["6 high"], "pull_request", "runs-on: { labels: [self-hosted] }"],
  [["6 high"], "pull_request", "runs-on: { group: g, labels: self-hosted }"],
  [["6 medium"], "pull_request", "runs-on: { group: g }"],
  [["6 high"], "pull_request_target", "runs-on: self-hosted"],
  [["6 high"], "issue_comment", "runs-on: self-hosted"],
  [["6 high"], "[push, pull_request]", "runs-on: self-hosted"],
  [["6 high"], "pull_request_review", "runs-on: self-hosted"],
  [["6 medium"], "{ pull_request_target: { types: [labeled] } }", "runs-on: self-hosted"],
  [["6 low"], "push", "runs-on: self-hosted"],
  [["6 low"], "workflow_dispatch", "runs-on: self-hosted"],
  [[], "schedule", "runs-on: { group: g }"],
  [
    ["6 high"],
    "pull_request",
    `runs-on: "${pasted("github.event_name == 'push' && 'ubuntu-latest' || 'self-hosted'")}"`,
  ],
  [
    ["6 high"],
    "pull_request",
    `runs-on: "${pasted("matrix.os")}"\n    strategy: { matrix: { os: [ubuntu-latest, self-hosted] } }`,
  ],
  [
    ["6 high"],
    "pull_request",
    `runs-on: "${pasted("matrix.os")}"\n    strategy: { matrix: { include: [{ os: self-hosted }] } }`,
  ],
  [
    ["6 high"],
    "pull_request",
    `runs-on: "${pasted("matrix.os")}"\n    strategy: { matrix: { os: [[self-hosted, gpu]] } }`,
  ],
  [
    ["6 high"],
    "pull_request",
    `runs-on: "${pasted("fromJSON(matrix.on)")}"\n    strategy: { matrix: { on: ['["self-hosted"]'] } }`,
  ],
  [[], "pull_request", "runs-on: ubuntu-latest"],
  [[], "pull_request", "runs-on: [ubuntu-latest]"],
  [["6 high"], "pull_request", "runs-on: self-hosted-linux"],
  [["6 high"], "pull_request", "runs-on: team-linux-self-hosted"],
  [
    ["6 high"],
    "pull_request",
    `runs-on: "${pasted("matrix.on.os")}"\n    strategy: { matrix: { on: [{ os: self-hosted }] } }`,
  ],
  [
    [],
    "pull_request",
    `runs-on: "${pasted("matrix.on.os")}"\n    strategy: { matrix: { on: [{ os: ubuntu-latest, cc: self-hosted }] } }`,
  ],
  [[], "pull_request", `runs-on: "${pasted("matrix.x == 'self-hosted' && 'ubuntu-latest' || 'windows-latest'")}"`],
  [[], "pull_request", "runs-on: self-hostedness"],
  [[], "pull_request", "runs-on: my-big-machine"],
  [[], "pull_request", `runs-on: "${pasted("vars.RUNNER")}"`],
  [[], "pull_request", `runs-on: "${pasted("inputs.runner || 'ubuntu-latest'")}"`],
  [
    [],
    "pull_request",
    `runs-on: "${pasted("matrix.os")}"\n    strategy: { matrix: { os: [ubuntu-latest], x: [self-hosted] } }`,
  ],
  [[], "pull_request", "name: self-hosted"],
])("self-hosted-runner %j on %s: %s", (expected, on, runner) => {
  expect(found("self-hosted-runner", runsOn(on, runner))).toEqual(expected);
});

test("self-hosted-runner: guards of the job and private repositories count", () => {
  const guarded = "if: github.event.pull_request.head.repo.full_name == github.repository";
  expect(found("self-hosted-runner", runsOn("pull_request", "runs-on: self-hosted", guarded))).toEqual(["6 low"]);
  const text = runsOn("pull_request", "runs-on: self-hosted");
  expect(found("self-hosted-runner", text, { isPublic: false })).toEqual(["6 medium"]);
});

const PIN = "a".repeat(40);
const SECRET = { job: `env: { X: "${pasted("secrets.X")}" }` };

test.each<readonly [readonly string[], string]>([
  [["10 low"], "octo-org/tool@v1"],
  [["10 low"], "octo-org/tool@main"],
  [["10 low"], "octo-org/tool"],
  [["10 low"], "octo-org/tool/sub@v1"],
  [["10 low"], `octo-org/tool@${PIN.slice(1)}`],
  [["10 low"], "octo-org/tool@v1 # pinned"],
  [["10 low"], "docker://alpine:3.22"],
  [["10 low"], "actionsx/tool@v1"],
  [[], `octo-org/tool@${PIN}`],
  [[], `octo-org/tool@${PIN} # v1`],
  [[], "actions/checkout@v5"],
  [[], "github/codeql-action/init@v4"],
  [[], "Actions/Checkout@v5"],
  [[], "./.github/actions/x"],
  [[], `docker://alpine@sha256:${"0".repeat(64)}`],
])("unpinned-action %j: %s", (expected, uses) => {
  expect(found("unpinned-action", workflow("push", `- uses: ${uses}`))).toEqual(expected);
});

test("unpinned-action: secrets weigh, the repository's own owner does not, called workflows count", () => {
  const text = workflow("push", "- uses: octo-org/tool@v1", SECRET);
  expect(found("unpinned-action", text)).toEqual(["10 medium"]);
  expect(found("unpinned-action", text, { owner: "Octo-Org" })).toEqual([]);
  const called = `on: push\njobs:\n  a:\n    uses: octo-org/shared/.github/workflows/a.yml@main\n`;
  expect(found("unpinned-action", called)).toEqual(["4 low"]);
});

const inherits = (uses: string, secrets: string): string =>
  `on: push\njobs:\n  a:\n    uses: ${uses}\n    secrets: ${secrets}\n`;

test.each<readonly [readonly string[], string, string]>([
  [["5 high"], "octo-org/shared/.github/workflows/a.yml@main", "inherit"],
  [["5 medium"], `octo-org/shared/.github/workflows/a.yml@${PIN}`, "inherit"],
  [["5 low"], "./.github/workflows/a.yml", "inherit"],
  [["5 low"], "my-org/shared/.github/workflows/a.yml@v1", "inherit"],
  [["5 high"], "octo-org/shared/.github/workflows/a.yml@v1", "'Inherit'"],
  [[], "octo-org/shared/.github/workflows/a.yml@main", `{ TOKEN: "${pasted("secrets.TOKEN")}" }`],
  [[], "octo-org/shared/.github/workflows/a.yml@main", "{}"],
  [[], "octo-org/shared/.github/workflows/a.yml@main", "{ inherit: x }"],
])("secrets-inherit %j: %s with %s", (expected, uses, secrets) => {
  expect(found("secrets-inherit", inherits(uses, secrets), { owner: "my-org" })).toEqual(expected);
});

test.each<readonly [readonly string[], string]>([
  [["7 medium"], "github.actor == 'dependabot[bot]'"],
  [["7 medium"], "'dependabot[bot]' == github.actor"],
  [["7 medium"], "github['actor'] == 'renovate[bot]'"],
  [["7 medium"], "GITHUB.ACTOR == 'dependabot[bot]'"],
  [["7 medium"], "github.triggering_actor == 'dependabot[bot]'"],
  [["7 medium"], "github.event.sender.login == 'dependabot[bot]'"],
  [["7 medium"], "github.actor_id == '49699333'"],
  [["7 medium"], "contains(github.actor, '[bot]')"],
  [["7 medium"], "endsWith(github.actor, '[bot]')"],
  [["7 medium"], "startsWith(github.actor, 'dependabot')"],
  [["7 medium"], "contains(fromJSON('[\"dependabot[bot]\"]'), github.actor)"],
  [["7 medium"], "contains('dependabot[bot] renovate[bot]', github.actor)"],
  [["7 medium"], "github.actor == 'dependabot[bot]' && github.event_name == 'pull_request_target'"],
  [[], "github.actor != 'dependabot[bot]'"],
  [[], "!contains(github.actor, '[bot]')"],
  [[], "github.event.pull_request.user.login == 'dependabot[bot]'"],
  [[], "github.actor == 'octo-maintainer'"],
  [[], "github.actor"],
  [[], "github.repository == 'octo-org/dependabot'"],
  [[], "contains(github.event.pull_request.labels.*.name, 'dependabot')"],
])("spoofable-actor %j: %s", (expected, condition) => {
  const job = `if: '${condition.replaceAll("'", "''")}'`;
  expect(found("spoofable-actor", workflow("pull_request_target", "- run: ls", { job }))).toEqual(expected);
});

test("spoofable-actor: in a step, in a script, and where it opens nothing", () => {
  const step = "- if: github.actor == 'dependabot[bot]'\n  run: gh pr merge";
  expect(found("spoofable-actor", workflow("pull_request_target", step))).toEqual(["10 medium"]);
  expect(found("spoofable-actor", workflow("pull_request", step))).toEqual(["10 low"]);
  expect(found("spoofable-actor", workflow("push", step))).toEqual([]);
  const script = `- run: |\n    if [ "${pasted("github.actor")}" = "dependabot[bot]" ]; then gh pr merge; fi`;
  expect(found("spoofable-actor", workflow("pull_request_target", script))).toEqual(["11 medium"]);
});

const OIDC = "permissions: { id-token: write }";

test.each<readonly [readonly string[], string, string, string, string]>([
  [["3 medium"], "issue_comment", OIDC, "timeout-minutes: 5", "- run: ls"],
  [["3 medium"], "pull_request_target", OIDC, "timeout-minutes: 5", "- run: ls"],
  [["3 medium"], "pull_request_target", "permissions: write-all", "timeout-minutes: 5", "- run: ls"],
  [["7 medium"], "workflow_run", "env: {}", OIDC, "- run: ls"],
  [["3 low"], "push", OIDC, "timeout-minutes: 5", "- run: npm publish"],
  [[], "workflow_dispatch", OIDC, "timeout-minutes: 5", "- run: npm publish --provenance"],
  [["3 low"], "push", OIDC, "timeout-minutes: 5", "- uses: pypa/gh-action-pypi-publish@v1"],
  [["3 low"], "push", OIDC, "timeout-minutes: 5", "- uses: aws-actions/configure-aws-credentials@v5"],
  [["3 low"], "push", OIDC, "timeout-minutes: 5", "- run: cargo publish"],
  [[], "push", OIDC, "environment: npm", "- run: npm publish"],
  [[], "{ push: { tags: ['v*'] } }", OIDC, "timeout-minutes: 5", "- run: npm publish"],
  [[], "{ push: { branches: [main] } }", OIDC, "timeout-minutes: 5", "- run: npm publish"],
  [[], "release", OIDC, "timeout-minutes: 5", "- run: npm publish"],
  [[], "push", OIDC, "timeout-minutes: 5", "- run: npm test"],
  [[], "push", "permissions: { contents: write }", "timeout-minutes: 5", "- run: npm publish"],
  [[], "push", "permissions: { id-token: none }", "timeout-minutes: 5", "- run: npm publish"],
  [[], "pull_request", OIDC, "timeout-minutes: 5", "- run: ls"],
  [[], "issue_comment", OIDC, "permissions: {}", "- run: ls"],
])("oidc-publish %j on %s with %s, %s: %s", (expected, on, top, job, steps) => {
  expect(found("oidc-publish", workflow(on, steps, { top, job }))).toEqual(expected);
});

test("ambiguous-yaml: what hides a line from reviewers is grave whatever the line says", () => {
  const hidden = "on: push #\u2028on2: x\njobs: { a: { steps: [{ run: ls }] } }\n";
  expect(found("ambiguous-yaml", hidden)).toEqual(["1 high"]);
  expect(found("ambiguous-yaml", "on: push\njobs: {}\n---\non: push\njobs: {}\n")).toEqual(["4 high"]);
});

const NOBODY = /\b(?:author|contributor|attacker|malicious|he|she|him|suspicious)\b/i;

test("every finding is one plain sentence a line, about the file and about nobody", () => {
  const everything = workflow(
    "[pull_request_target, workflow_run, issue_comment, issues]",
    `- { uses: actions/checkout@v1, with: { ref: "${pasted("github.event.pull_request.head.sha")}" } }
- { uses: actions/download-artifact@v5, with: { run-id: 1 } }
- uses: actions/cache@v4
- { uses: google-github-actions/run-gemini-cli@v1, with: { prompt: "${pasted("github.event.issue.body")}" } }
- run: make ${pasted("github.event.issue.title")}`,
    { top: "permissions: write-all", job: "if: github.actor == 'dependabot[bot]' || true" },
  ).replace("ubuntu-latest", "self-hosted");
  const all = findings({
    "a.yml": everything,
    "b.yml": inherits("octo-org/s/.github/workflows/a.yml@v1", "inherit"),
    "c.yml": "on: push\njobs: {}\n---\non: push\njobs: {}\n",
  });
  expect(new Set(all.map(({ rule }) => rule)).size).toBe(12);
  for (const { fact, why, fine, line, endLine } of all) {
    expect(endLine).toBeGreaterThanOrEqual(line);
    for (const text of [fact, why, fine]) {
      expect(text).toMatch(/^[A-Z`][^\n]{10,180}\.$/);
      expect(text.replace(/`[^`]*`/g, "")).not.toMatch(NOBODY);
    }
  }
});
