// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows and shells are what is tested
import type { ChangedFile } from "../../../src/change/change.ts";
import { workflowFacts } from "../../../src/change/formats/workflow.ts";
import { file } from "../../signals/given.ts";
import { expect, test } from "../../support/jest.ts";

const PATH = ".github/workflows/a.yml";
const facts = (given: ChangedFile): readonly string[] =>
  workflowFacts(given).map(({ kind, subject, line }) => `${line?.line ?? "-"} ${kind} ${subject}`.trim());
const found = (...lines: readonly string[]): readonly string[] =>
  facts(file(PATH, lines)).filter((fact) => !fact.includes(" other"));

test.each<readonly [string, readonly string[], readonly string[]]>([
  ["a trigger that runs with secrets", ["+on: pull_request_target"], ["1 privileged_trigger pull_request_target"]],
  ["the other one", ["+on: [push, workflow_run]"], ["1 privileged_trigger workflow_run"]],
  ["an ordinary trigger", ["+on: pull_request"], []],
  ["every permission", ["+permissions: write-all"], ["1 write_permission everything"]],
  ["that word under another key", ["+name: write-all"], []],
  ["another word under permissions", ["+permissions: read-all"], []],
  ["one permission", ["+  contents: write"], ["1 write_permission contents"]],
  ["that word under a key that is no scope", ["+  mode: write"], []],
  ["a scope to read", ["+  contents: read"], []],
  ["all secrets", ["+    secrets: inherit"], ["1 all_secrets inherit"]],
  ["that word under another key", ["+    mode: inherit"], []],
  ["all secrets as text", ["+    env: ${{ toJSON(secrets) }}"], ["1 all_secrets toJSON"]],
  ["a secret", ["+    env: ${{ secrets.KEY }}"], ["1 secret KEY"]],
  ["the token that is there anyway", ["+    env: ${{ secrets.github_token }}"], []],
  ["a machine of one's own", ["+    runs-on: self-hosted"], ["1 self_hosted_runner self-hosted"]],
  ["by label", ["+      labels: self-hosted"], ["1 self_hosted_runner self-hosted"]],
  ["by group", ["+      group: self-hosted"], ["1 self_hosted_runner self-hosted"]],
  ["that word under another key", ["+    name: self-hosted"], []],
  ["another machine", ["+    runs-on: ubuntu-latest"], []],
  ["an action by its tag", ["+    - uses: a/b@v1"], ["1 unpinned_action a/b"]],
  ["an action without one", ["+    - uses: a/b"], ["1 unpinned_action a/b"]],
  ["an action by its commit", [`+    - uses: a/b@${"0".repeat(40)}`], []],
  ["an image by its hash", [`+    - uses: docker://a@sha256:${"0".repeat(64)}`], []],
  ["GitHub's own", ["+    - uses: actions/checkout@v6"], []],
])("workflowFacts: %s", (_what, lines, expected) => {
  expect(found(...lines)).toEqual(expected);
});

test.each<readonly [string, readonly string[], readonly string[]]>([
  ["a permission that moved", ["-  contents: write", "+    contents: write"], []],
  [
    "a permission that another job has",
    ["   contents: write", "+    contents: write"],
    ["2 write_permission contents"],
  ],
  ["another permission in place of one", ["-  contents: write", "+  packages: write"], ["1 write_permission packages"]],
  ["a trigger that stays", [" on: pull_request_target", "+  pull_request_target:"], []],
  ["a secret that is used beside it", [" a: ${{ secrets.KEY }}", "+b: ${{ secrets.KEY }}"], []],
  ["an action that is called beside it", [" - uses: a/b@v1", "+- uses: a/b@v1"], ["2 unpinned_action a/b"]],
])("workflowFacts: what was there before is no new right: %s", (_what, lines, expected) => {
  expect(found(...lines)).toEqual(expected);
});

const write = ["+permissions: write-all"];

test.each<readonly [string, ChangedFile, readonly string[]]>([
  ["a workflow", file(PATH, write), ["1 other", "1 write_permission everything"]],
  ["another file", file("docs/a.yml", write), []],
  ["a workflow that is removed", file(PATH, write, { status: "removed" }), []],
  ["a workflow without its text", file(PATH, [], { hunks: null }), []],
  [
    "a file that became one",
    file(PATH, write, { status: "renamed", previousPath: "a.yml" }),
    ["1 other", "1 write_permission everything", "- moved_in the file"],
  ],
  [
    "a workflow under another name",
    file(PATH, write, { status: "renamed", previousPath: ".github/workflows/b.yml" }),
    ["1 other", "1 write_permission everything"],
  ],
])("workflowFacts: of %s", (_what, given, expected) => {
  expect(facts(given)).toEqual(expected);
});
