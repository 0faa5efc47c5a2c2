import { expect, test } from "../../support/jest.ts";
import { AT, findings, found, pasted, workflow } from "./found.ts";

const rule = "untrusted-checkout";
const SHA = pasted("github.event.pull_request.head.sha");
const REPO = pasted("github.event.pull_request.head.repo.full_name");
const OLD = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0";
const checkout = (inputs: string, uses = OLD): string =>
  `- uses: ${uses}\n  with: { ${inputs} }\n- run: npm ci && npm test`;
const WRITE = { top: "permissions: { contents: write }" };

/** Inputs of a checkout that refuses nothing, under an event. */
test.each<readonly [readonly string[], string, string]>([
  [["10 critical"], "pull_request_target", `ref: "${SHA}"`],
  [["10 critical"], "pull_request_target", `ref: "${pasted("github['event']['pull_request']['head']['sha']")}"`],
  [["10 critical"], "pull_request_target", `ref: "${pasted("github.event.pull_request.head.sha || github.sha")}"`],
  [["10 critical"], "pull_request_target", `ref: "${pasted("github.event.pull_request.merge_commit_sha")}"`],
  [["10 critical"], "pull_request_target", `ref: "refs/pull/${pasted("github.event.pull_request.number")}/merge"`],
  [["10 critical"], "pull_request_target", `ref: "refs/pull/${pasted("github.event.number")}/head"`],
  [["10 critical"], "pull_request_target", `ref: "${pasted("format('refs/pull/{0}/merge', github.event.number)")}"`],
  [["10 critical"], "pull_request_target", `repository: "${REPO}"`],
  [["10 critical"], "pull_request_target", `repository: "${REPO}", ref: "${pasted("github.head_ref")}"`],
  [["10 critical"], "pull_request_target", `REF: "${SHA}"`],
  [["10 medium"], "pull_request_target", `ref: "${pasted("github.head_ref")}"`],
  [["10 medium"], "pull_request_target", `ref: "${pasted("github.event.pull_request.head.ref")}"`],
  [["10 critical"], "workflow_run", `ref: "${pasted("github.event.workflow_run.head_sha")}"`],
  [["10 critical"], "workflow_run", `ref: "${pasted("github.event.workflow_run.head_commit.id")}"`],
  [
    ["10 critical"],
    "workflow_run",
    `repository: "${pasted("github.event.workflow_run.head_repository.full_name")}", ref: "${pasted("github.event.workflow_run.head_branch")}"`,
  ],
  [["10 critical"], "issue_comment", `ref: "refs/pull/${pasted("github.event.issue.number")}/merge"`],
  [["10 critical"], "issue_comment", `ref: "${pasted("steps.pr.outputs.head_sha")}"`],
  [["10 critical"], "issue_comment", `ref: "${pasted("needs.pr.outputs.sha")}"`],
  [
    ["10 critical"],
    "issue_comment",
    `ref: "${pasted("fromJSON(steps.pr.outputs.result).head.sha || steps.pr.outputs.ref")}"`,
  ],
  [["10 critical"], "issue_comment", `ref: "${pasted("fromJSON(steps.pr.outputs.data).head.sha")}"`],
  [[], "issue_comment", `ref: "${pasted("fromJSON(steps.pr.outputs.data).base.sha")}"`],
  [[], "pull_request_target", "fetch-depth: 0"],
  [[], "pull_request_target", `ref: "${pasted("github.event.pull_request.base.sha")}"`],
  [[], "pull_request_target", `ref: "${pasted("github.base_ref")}"`],
  [[], "pull_request_target", `ref: "${pasted("github.sha")}"`],
  [[], "pull_request_target", "ref: main"],
  [[], "pull_request_target", `ref: "${pasted("steps.x.outputs.base_sha")}"`],
  [[], "pull_request_target", `repository: octo-org/tools`],
  [[], "pull_request_target", `token: "${pasted("secrets.TOKEN")}"`],
  [[], "pull_request_target", `path: "pr-${pasted("github.event.number")}"`],
  [[], "pull_request", `ref: "${SHA}"`],
  [[], "push", `ref: "${pasted("github.event.head_commit.id")}"`],
  [[], "workflow_dispatch", `ref: "${pasted("inputs.ref")}"`],
  [[], "issue_comment", "fetch-depth: 1"],
  [[], "pull_request_review", `ref: "${SHA}"`],
  [[], "workflow_run", "fetch-depth: 0"],
])("untrusted-checkout %j on %s with %s", (expected, on, inputs) => {
  expect(found(rule, workflow(on, checkout(inputs), WRITE))).toEqual(expected);
});

/** Commands that bring a head in; the second column is the step's `env`. */
test.each<readonly [readonly string[], string, string]>([
  [["10 critical"], "", `gh pr checkout ${pasted("github.event.number")} && make`],
  [["10 critical"], `N: "${pasted("github.event.number")}"`, "gh pr checkout $N && make"],
  [["10 critical"], "", `git fetch origin pull/${pasted("github.event.number")}/head:pr && git checkout pr && make`],
  [
    ["10 critical"],
    "",
    `git fetch origin refs/pull/${pasted("github.event.number")}/merge && git checkout FETCH_HEAD && make`,
  ],
  [
    ["10 critical"],
    `N: "${pasted("github.event.number")}"`,
    "git fetch origin pull/$N/head && git -C . merge FETCH_HEAD && make",
  ],
  [["10 critical"], `S: "${SHA}"`, "git checkout $S && make"],
  [["10 critical"], `S: "${SHA}"`, 'git -C src reset --hard "$S" && make'],
  [["10 critical"], `R: "${REPO}"`, "git clone https://github.com/$R . && make"],
  [
    ["10 critical"],
    "",
    `git remote add fork ${pasted("github.event.pull_request.head.repo.clone_url")} && git pull fork main && make`,
  ],
  [["10 critical"], "", `gh repo clone ${REPO} && make`],
  [["10 medium"], "", `git fetch origin pull/${pasted("github.event.number")}/head:pr && git diff pr && make`],
  [[], "", `gh pr view ${pasted("github.event.number")}`],
  [[], "", `gh pr diff ${pasted("github.event.number")}`],
  [[], `S: "${SHA}"`, "echo $S"],
  [[], "", "git fetch origin main && make"],
  [[], "", "git checkout -b update && make"],
  [[], "", `git fetch origin ${pasted("github.base_ref")}`],
  [[], "", "# gh pr checkout 1"],
])("untrusted-checkout %j by a script with %s: %s", (expected, env, script) => {
  const step = `- env: { ${env} }\n  run: '${script.replaceAll("'", "''")}'`;
  const texts = workflow("pull_request_target", step, WRITE).replace("- env: {", "-\n        env: {");
  expect(found(rule, texts).map((line) => line.replace(/^1[12]/, "10"))).toEqual(expected);
});

/** What the version of actions/checkout refuses by itself. */
test.each<readonly [string, string, string, string]>([
  ["@v4", "2026-11-30", "", "not any more"],
  ["@v2", "2026-11-30", "", "not any more"],
  ["@v7", "2026-06-18", "", "not any more"],
  ["@v7.0.1", "2026-11-30", "", "not any more"],
  ["@v8", "2026-11-30", "", "not any more"],
  ["@v4.4.0", "2026-11-30", "", "not any more"],
  ["@3d3c42e5aac5ba805825da76410c181273ba90b1", "2026-11-30", "", "not any more"],
  ["@main", "2026-11-30", "", "not any more"],
  ["@v4", "2026-07-01", "", "today"],
  ["@v7", "2026-06-01", "", "today"],
  ["@v1", "2026-11-30", "", "today"],
  ["@v4.3.1", "2026-11-30", "", "today"],
  ["@08c6903cd8c0fde910a37f88322edcfb5dd907a8", "2026-11-30", "", "today"],
  ["@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5", "2026-11-30", "", "today"],
  ["@v7", "2026-11-30", ", allow-unsafe-pr-checkout: true", "today"],
  ["@v7", "2026-11-30", ", allow-unsafe-pr-checkout: false", "not any more"],
])("untrusted-checkout with actions/checkout%s on %s%s is reachable %s", (version, day, more, reachable) => {
  const texts = workflow("pull_request_target", checkout(`ref: "${SHA}"${more}`, `actions/checkout${version}`), WRITE);
  const about = { at: `${day}T00:00:00Z` };
  expect(reach(texts, about)).toEqual([reachable]);
});

test("untrusted-checkout: another action that checks out", () => {
  const steps = checkout(`ref: "${SHA}"`, "octo-org/checkout-action@v1");
  expect(found(rule, workflow("pull_request_target", steps, WRITE))).toEqual(["10 critical"]);
});

test("untrusted-checkout: a guard of actions/checkout does not look at comments", () => {
  const ref = `ref: "refs/pull/${pasted("github.event.issue.number")}/head"`;
  const texts = workflow("issue_comment", checkout(ref, "actions/checkout@v7"), WRITE);
  expect(found(rule, texts)).toEqual(["10 critical"]);
});

const reach = (texts: string, about: object): readonly string[] =>
  findings(texts, { at: AT, ...about }).flatMap((finding) => (finding.rule === rule ? [finding.reachable] : []));

/** Guards of the job, and what is left of it. */
test.each<readonly [readonly string[], string]>([
  [[], "github.event.pull_request.head.repo.full_name == github.repository"],
  [[], "github.repository == github.event.pull_request.head.repo.full_name"],
  [[], "github.event.pull_request.head.repo.fork == false"],
  [[], "!github.event.pull_request.head.repo.fork"],
  [[], "github.event.pull_request.head.repo.owner.login == github.repository_owner"],
  [[], "github.event.pull_request.head.repo.full_name == 'octo-org/wallet'"],
  [[], 'contains(fromJSON(\'["OWNER", "MEMBER"]\'), github.event.pull_request.author_association)'],
  [[], "github.event.pull_request.author_association == 'MEMBER'"],
  [[], "github.event.pull_request.user.login == 'dependabot[bot]'"],
  [[], "github.actor == 'octo-maintainer'"],
  [[], "github.event.pull_request.merged == true"],
  [[], "github.event.pull_request.merged"],
  [[], "github.event_name == 'push'"],
  [[], "false"],
  [[], "github.event.pull_request.head.repo.full_name == github.repository && success()"],
  [[], "github.event_name != 'pull_request_target' || github.event.pull_request.head.repo.fork == false"],
  [["10 high"], "contains(github.event.pull_request.labels.*.name, 'safe to test')"],
  [["10 high"], "github.event.label.name == 'ok-to-test'"],
  [["10 critical"], "github.actor == 'dependabot[bot]'"],
  [["10 critical"], "github.actor != 'dependabot[bot]'"],
  [["10 critical"], "github.repository == 'octo-org/wallet'"],
  [["10 critical"], "github.event.pull_request.draft == false"],
  [["10 critical"], "github.event.pull_request.head.repo.fork"],
  [["10 critical"], "github.event.pull_request.head.repo.full_name != github.repository"],
  [["10 critical"], "always() || github.event.pull_request.head.repo.fork == false"],
  [["10 critical"], "github.event_name == 'pull_request_target'"],
  [["10 critical"], "contains(github.event.pull_request.title, 'x')"],
])("untrusted-checkout %j where %s", (expected, condition) => {
  const steps = checkout(`ref: "${SHA}"`);
  for (const written of [condition, pasted(condition)]) {
    const job = `if: "${written.replaceAll('"', '\\"')}"`;
    expect(found(rule, workflow("pull_request_target", steps, { ...WRITE, job }))).toEqual(expected);
  }
});

/** What the job holds and does with it. */
test.each<readonly [readonly string[], string, string]>([
  [["10 critical"], "permissions: { contents: write }", "run: npm ci"],
  [["10 critical"], "env: {}", "run: ./build.sh"],
  [["10 high"], "permissions: { contents: read }", "run: npm ci"],
  [["10 high"], "permissions: {}", "run: make"],
  [["10 critical"], "permissions: {}", `{ run: make, env: { X: "${pasted("secrets.X")}" } }`],
  [["10 high"], "permissions: { contents: write }", "run: cat README.md"],
  [["10 medium"], "permissions: { contents: write }", "uses: octo-org/lint@v1"],
  [["10 critical"], "permissions: { contents: write }", "uses: ./.github/actions/build"],
  [["10 medium"], "permissions: {}", "run: cat README.md"],
])("untrusted-checkout %j with %s, then %s", (expected, top, then) => {
  const steps = `- uses: ${OLD}\n  with: { ref: "${SHA}" }\n- ${then}`;
  expect(found(rule, workflow("pull_request_target", steps, { top }))).toEqual(expected);
});

test("untrusted-checkout: the execution policy of 2026-12-02 and files that are not merged", () => {
  const texts = workflow("pull_request_target", checkout(`ref: "${SHA}"`), WRITE);
  const after = { at: "2026-12-02T00:00:00Z" };
  expect(reach(texts, { isPublic: true })).toEqual(["today"]);
  expect(reach(texts, { ...after, isPublic: true })).toEqual(["not any more"]);
  expect(reach(texts, { ...after, isPublic: false })).toEqual(["today"]);
  expect(reach(texts, { ...after, isPublic: null })).toEqual(["today"]);
  expect(reach(texts, { onDefaultBranch: false })).toEqual(["when merged"]);
  expect(reach(texts, { at: "2025-12-07T00:00:00Z", onDefaultBranch: false })).toEqual(["today"]);
});
