import { accessTo, permissionsOf, writtenScopes } from "../../../src/change/actions/permissions.ts";
import { expect, test } from "../../support/jest.ts";
import { findings, found, pasted, read, workflow } from "./found.ts";

const jobOf = (top: string, own: string): readonly (string | null)[] => {
  const file = read(workflow("push", "- run: ls", { top, job: own }));
  const permissions = file.jobs[0] ? permissionsOf(file, file.jobs[0]) : null;
  return [accessTo("contents", permissions), accessTo("issues", permissions), writtenScopes(permissions).join()];
};

/** GitHub's rules: the job's block replaces the workflow's; what a block leaves out is none; without one nobody knows. */
test.each<readonly [string, string, readonly (string | null)[]]>([
  ["env: {}", "env: {}", [null, null, ""]],
  ["permissions: {}", "env: {}", ["none", "none", ""]],
  ["permissions: read-all", "env: {}", ["read", "read", ""]],
  ["permissions: write-all", "env: {}", ["write", "write", "*"]],
  ["permissions: { contents: write }", "env: {}", ["write", "none", "contents"]],
  ["permissions: write-all", "permissions: {}", ["none", "none", ""]],
  ["permissions: write-all", "permissions: { contents: read }", ["read", "none", ""]],
  ["permissions: {}", "permissions: { issues: write }", ["none", "write", "issues"]],
  ["permissions: { issues: write }", "permissions: { contents: write }", ["write", "none", "contents"]],
  [`permissions: ${pasted("x")}`, "env: {}", [null, null, ""]],
])("permissionsOf a job under %s with %s", (top, own, expected) => {
  expect(jobOf(top, own)).toEqual(expected);
});

const TWO = (top: string, own = "env: {}", on = "push"): string => `name: CI
on: ${on}
${top}
jobs:
  a:
    ${own}
    steps: [{ run: ls }]
  b:
    env: {}
    steps: [{ run: ls }]
`;

test.each<readonly [readonly string[], string]>([
  [["3 medium"], TWO("permissions: write-all")],
  [["3 medium"], TWO("permissions: Write-All")],
  [["3 high"], TWO("permissions: write-all", "env: {}", "pull_request_target")],
  [["3 high"], TWO("permissions: write-all", "env: {}", "[push, workflow_run]")],
  [["6 medium"], TWO("permissions: {}", "permissions: write-all")],
  [["6 high"], TWO("permissions: {}", "permissions: write-all", "issue_comment")],
  [["3 low"], TWO("permissions: { contents: write }")],
  [["3 low"], TWO("permissions: { packages: write, id-token: write }")],
  [["3 medium"], TWO("permissions: { contents: write }", "env: {}", "pull_request_target")],
  [
    ["3 medium"],
    TWO("x: &p write-all\npermissions: *p").replace("x: &p write-all\npermissions: *p", "permissions: &p write-all"),
  ],
  [[], TWO("permissions: { contents: write }", "permissions: {}")],
  [[], TWO("permissions: { issues: write, pull-requests: write }")],
  [[], TWO("permissions: read-all")],
  [[], TWO("permissions: {}")],
  [[], TWO("permissions: { contents: read }", "permissions: { contents: write }")],
  [[], TWO("env: {}")],
  [[], TWO("permissions: { contents: none }")],
  [[], workflow("push", "- run: ls", { top: "permissions: { contents: write }" })],
])("excessive-permissions %j: %s", (expected, text) => {
  expect(found("excessive-permissions", text)).toEqual(expected);
});

const CHECK = "if: github.event.pull_request.head.repo.fork == false";

/** Events with what guards every job. */
test.each<readonly [readonly string[], string, string, string]>([
  [["2 medium"], "pull_request_target", "permissions: { contents: write }", "timeout-minutes: 5"],
  [["2 medium"], "workflow_run", "permissions: { contents: write }", "timeout-minutes: 5"],
  [["2 medium"], "pull_request_target", "env: {}", "timeout-minutes: 5"],
  [["2 medium"], "[push, pull_request_target]", "env: {}", "timeout-minutes: 5"],
  [["2 medium"], "{ pull_request_target: { types: [opened] } }", "env: {}", "timeout-minutes: 5"],
  [["2 low"], "pull_request_target", "permissions: {}", "timeout-minutes: 5"],
  [["2 low"], "pull_request_target", "permissions: { contents: read }", "timeout-minutes: 5"],
  [["2 low"], "{ pull_request_target: { types: [labeled] } }", "env: {}", "timeout-minutes: 5"],
  [["2 low"], "pull_request_target", "env: {}", "environment: x"],
  [[], "pull_request_target", "env: {}", CHECK],
  [[], "workflow_run", "env: {}", "if: github.event.workflow_run.event == 'push'"],
  [["2 medium"], "workflow_run", "env: {}", "if: github.event.workflow_run.event == 'pull_request'"],
  [["2 medium"], "workflow_run", "env: {}", "if: github.event.workflow_run.conclusion == 'success'"],
  [[], "workflow_run", "env: {}", "if: github.event.workflow_run.head_repository.full_name == github.repository"],
  [[], "pull_request", "env: {}", "timeout-minutes: 5"],
  [[], "push", "env: {}", "timeout-minutes: 5"],
  [[], "issue_comment", "env: {}", "timeout-minutes: 5"],
  [[], "workflow_call", "env: {}", "timeout-minutes: 5"],
])("dangerous-trigger %j on %s with %s, %s", (expected, on, top, job) => {
  expect(found("dangerous-trigger", workflow(on, "- run: ls", { top, job }))).toEqual(expected);
});

test("dangerous-trigger: a workflow that only calls an action is a note", () => {
  const labels = workflow("pull_request_target", "- uses: actions/labeler@v6", { top: "env: {}" });
  expect(found("dangerous-trigger", labels)).toEqual(["2 low"]);
});

test("dangerous-trigger: workflow_run is as open as what it follows, where that is at hand", () => {
  const follows = workflow("{ workflow_run: { workflows: [Build] } }", "- run: ls", { top: "env: {}" });
  const build = (on: string): string => workflow(on, "- run: ls").replace("name: CI", "name: Build");
  const of = (on: string): number =>
    findings({ "a.yml": follows, "b.yml": build(on) }).filter(({ rule }) => rule === "dangerous-trigger").length;
  expect(of("pull_request")).toBe(1);
  expect(of("push")).toBe(0);
  expect(found("dangerous-trigger", follows)).toHaveLength(1);
});
