import { readWorkflow } from "../../../src/change/actions/read-workflow.ts";
import { expect, test } from "../../support/jest.ts";
import { found, PATH, pasted, read } from "./found.ts";

const WHOLE = `name: Release
on:
  pull_request_target:
    types: [opened, synchronize]
    branches: main
  workflow_call:
    inputs:
      Title: { default: none }
permissions:
  contents: read
env:
  TOP: 1
jobs:
  build:
    if: github.repository == 'octo-org/wallet'
    needs: [test]
    runs-on: \${{ matrix.os }}
    strategy:
      matrix:
        os: [ubuntu-latest, Self-Hosted]
        include:
          - os: macos-latest
    permissions:
      id-token: write # to publish
      contents: read
    environment:
      name: npm
    outputs: { version: v1 }
    env: { TOKEN: "\${{ secrets.NPM_TOKEN }}" }
    steps:
      - id: one
        name: Check out
        uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      - run: |
          npm ci
          echo "\${{ join(secrets.*) }}"
        shell: bash
        env: { A: b }
  call:
    uses: octo-org/shared/.github/workflows/release.yml@main
    secrets: inherit
    with: { Level: high }
`;

test("readWorkflow: everything a file says, with lines", () => {
  const workflow = read(WHOLE);
  const [build, call] = workflow.jobs;
  expect(workflow.name).toBe("Release");
  expect(workflow.events.map(({ name, line, endLine }) => [name, line, endLine])).toEqual([
    ["pull_request_target", 3, 5],
    ["workflow_call", 6, 8],
  ]);
  expect([...(workflow.events[0]?.filters ?? [])]).toEqual([
    ["types", ["opened", "synchronize"]],
    ["branches", ["main"]],
  ]);
  expect(workflow.inputs.map(({ name, value }) => [name, value.text])).toEqual([["title", "none"]]);
  expect(workflow.permissions).toMatchObject({ written: "scopes", line: 9, endLine: 10 });
  expect(workflow.env.map(({ name, value }) => [name, value.text])).toEqual([["TOP", "1"]]);
  expect(build).toMatchObject({
    id: "build",
    line: 14,
    endLine: 40,
    needs: ["test"],
    inheritsSecrets: null,
    uses: null,
  });
  expect(build?.if?.text).toBe("github.repository == 'octo-org/wallet'");
  expect(build?.runsOn).toMatchObject({
    labels: ["ubuntu-latest", "self-hosted", "macos-latest"],
    group: null,
    line: 17,
  });
  expect([...(build?.permissions?.scopes ?? [])]).toEqual([
    ["id-token", { access: "write", line: 24, endLine: 24 }],
    ["contents", { access: "read", line: 25, endLine: 25 }],
  ]);
  expect(build?.environment?.text).toBe("npm");
  expect(build?.secrets).toEqual([
    { name: "NPM_TOKEN", line: 29, endLine: 29 },
    { name: "*", line: 38, endLine: 38 },
  ]);
  expect(build?.steps.map(({ id, line, endLine, shell }) => [id, line, endLine, shell])).toEqual([
    ["one", 31, 35, null],
    [null, 36, 40, "bash"],
  ]);
  expect(build?.steps[0]?.uses).toMatchObject({
    ...{ kind: "remote", target: "actions/checkout", path: "", pinned: true, comment: "v5.0.0", line: 33 },
    ref: "08c6903cd8c0fde910a37f88322edcfb5dd907a8",
  });
  expect(build?.steps[0]?.with.map(({ name, value }) => [name, value.text])).toEqual([
    ["persist-credentials", "false"],
  ]);
  expect(call?.uses).toMatchObject({ target: "octo-org/shared", path: ".github/workflows/release.yml", pinned: false });
  expect(call?.inheritsSecrets?.line).toBe(43);
  expect(call?.with.map(({ name }) => name)).toEqual(["level"]);
});

test("readWorkflow: an action of the same repository is one job without an id", () => {
  const action = read(
    "name: Say\ninputs: { a: { default: b } }\nruns:\n  using: composite\n  steps:\n    - run: ls\n",
    "action.yml",
  );
  expect(action).toMatchObject({ kind: "action", events: [], inputs: [{ name: "a" }] });
  expect(action.jobs).toMatchObject([{ id: null, steps: [{ run: { text: "ls", line: 6 } }] }]);
});

const JOBS = "jobs: { a: { runs-on: x, steps: [{ run: ls }] } }";

/** Ways to write one event. */
test.each<readonly [string, readonly string[]]>([
  ["on: push", ["push"]],
  ["on: [push, pull_request_target]", ["push", "pull_request_target"]],
  ["on:\n  - push\n  - workflow_run", ["push", "workflow_run"]],
  ["on: { push: , pull_request_target: }", ["push", "pull_request_target"]],
  ['"on": push', ["push"]],
  ["'on': 'pull_request_target'", ["pull_request_target"]],
  ["? on\n: pull_request_target", ["pull_request_target"]],
  ["on: &a pull_request_target\nname: *a", ["pull_request_target"]],
  ["name: &a pull_request_target\non: *a", ["pull_request_target"]],
  ["x-events: &e { pull_request_target: }\non: *e", ["pull_request_target"]],
  ["x-events: &e { pull_request_target: }\non: { <<: *e, push: }", ["push", "pull_request_target"]],
  ["x: &e { pull_request_target: }\ny: &f { push: }\non: { <<: [*e, *f] }", ["pull_request_target", "push"]],
  ["on: !!str pull_request_target", ["pull_request_target"]],
  ['on: "pull_request\\x5ftarget"', ["pull_request_target"]],
  ["on: >-\n  pull_request_target", ["pull_request_target"]],
  ["On: Pull_Request_Target", ["pull_request_target"]],
  ["%YAML 1.2\n---\non: pull_request_target", ["pull_request_target"]],
  ["\ufeffon: pull_request_target", ["pull_request_target"]],
  ["on: pull_request_target\r", ["pull_request_target"]],
  ["# on: push\non: pull_request_target # push", ["pull_request_target"]],
  ["__proto__: { on: push }\nconstructor: 1\non: issues", ["issues"]],
  ["on: { constructor: , __proto__: , toString: }", ["constructor", "__proto__", "tostring"]],
])("readWorkflow: events of %j", (on, expected) => {
  const text = on.includes("\r") ? `${on}\n${JOBS}`.replaceAll("\n", "\r\n").replace("\r\r", "\r") : `${on}\n${JOBS}\n`;
  expect(read(text).events.map(({ name }) => name)).toEqual(expected);
});

/** Permissions by their ways to be written. */
test.each<readonly [string, string, readonly (readonly [string, string])[]]>([
  ["write-all", "write-all", [["*", "write"]]],
  ["read-all", "read-all", [["*", "read"]]],
  ["Write-All", "write-all", [["*", "write"]]],
  ["{}", "scopes", []],
  ["{ contents: write }", "scopes", [["contents", "write"]]],
  [
    "{ Contents: Write, issues: none }",
    "scopes",
    [
      ["contents", "write"],
      ["issues", "none"],
    ],
  ],
  ["\n  id-token: write", "scopes", [["id-token", "write"]]],
  ["&p { contents: write }", "scopes", [["contents", "write"]]],
  ["some", "unreadable", []],
  ["[contents]", "unreadable", []],
])("readWorkflow: permissions %j", (text, written, scopes) => {
  const { permissions } = read(`on: push\npermissions: ${text}\n${JOBS}`);
  expect(permissions?.written).toBe(written);
  expect([...(permissions?.scopes ?? [])].map(([scope, { access }]) => [scope, access])).toEqual(scopes);
});

test("readWorkflow: no permissions, or an empty block, say nothing", () => {
  expect(read(`on: push\n${JOBS}`).permissions).toBeNull();
  expect(read(`on: push\npermissions:\n${JOBS}`).permissions).toMatchObject({ written: "unreadable" });
});

/** Runners by their ways to be asked for. */
test.each<readonly [string, readonly string[], string | null]>([
  ["runs-on: ubuntu-latest", ["ubuntu-latest"], null],
  ["runs-on: [self-hosted, Linux]", ["self-hosted", "linux"], null],
  ["runs-on: SELF-HOSTED", ["self-hosted"], null],
  ["runs-on: { group: big }", [], "big"],
  ["runs-on: { group: big, labels: [Self-hosted] }", ["self-hosted"], "big"],
  ["runs-on: { labels: self-hosted }", ["self-hosted"], null],
  [`strategy: { matrix: { os: [a, self-hosted] } }, runs-on: "${pasted("matrix.os")}"`, ["a", "self-hosted"], null],
  [`strategy: { matrix: { os: [[self-hosted, x]] } }, runs-on: "${pasted("matrix.os")}"`, ["self-hosted", "x"], null],
  [
    `strategy: { matrix: { include: [{ os: self-hosted }] } }, runs-on: "${pasted("matrix.os")}"`,
    ["self-hosted"],
    null,
  ],
  [
    `runs-on: "${pasted("github.event_name == 'push' && 'self-hosted' || 'ubuntu-latest'")}"`,
    ["self-hosted", "ubuntu-latest"],
    null,
  ],
  [`runs-on: "${pasted("fromJSON('[\\\"self-hosted\\\"]')")}"`, ["self-hosted"], null],
  [`runs-on: "${pasted("vars.RUNNER")}"`, [], null],
])("readWorkflow: %s", (runsOn, labels, group) => {
  const [job] = read(`on: push\njobs: { a: { ${runsOn}, steps: [{ run: ls }] } }`).jobs;
  expect(job?.runsOn).toMatchObject({ labels, group });
});

/** Secrets by their ways to be named. */
test.each<readonly [string, readonly string[]]>([
  ["secrets.Npm_Token", ["NPM_TOKEN"]],
  ["secrets['npm_token']", ["NPM_TOKEN"]],
  ["SECRETS . npm_token", ["NPM_TOKEN"]],
  ["secrets[format('A{0}', 1)]", ["*"]],
  ["secrets[matrix.name]", ["*"]],
  ["toJSON(secrets)", ["*"]],
  ["join(secrets.*, ',')", ["*"]],
  ["secrets", ["*"]],
  ["secrets.A || secrets.B", ["A", "B"]],
  ["secrets.A != ''", ["A"]],
  ["secrets.GITHUB_TOKEN", []],
  ["github.token", []],
  ["'secrets.A'", []],
  ["vars.secrets", []],
  ["secrets.A && (", ["*"]],
])("readWorkflow: secrets of %s", (expression, expected) => {
  const [job] = read(`on: push\njobs:\n  a:\n    steps:\n      - run: echo ${pasted(expression)}`).jobs;
  expect(job?.secrets.map(({ name }) => name)).toEqual(expected);
});

test("readWorkflow: secrets outside the jobs are every job's, and no job's own", () => {
  const { secrets, jobs } = read(
    `on: push\nenv: { A: "${pasted("secrets.A")}", B: "${pasted("secrets.GITHUB_TOKEN")}" }\n${JOBS}`,
  );
  expect(secrets).toEqual([{ name: "A", line: 2, endLine: 2 }]);
  expect(jobs[0]?.secrets).toEqual([]);
});

/** What a `uses` points to. */
test.each<readonly [string, object]>([
  ["actions/checkout@v4", { kind: "remote", target: "actions/checkout", ref: "v4", pinned: false }],
  ["Octo/Tool/sub/dir@main", { target: "octo/tool", path: "sub/dir", ref: "main" }],
  [`octo/tool@${"a".repeat(40)}`, { pinned: true }],
  [`octo/tool@${"A".repeat(40)}`, { pinned: true }],
  [`octo/tool@${"a".repeat(39)}`, { pinned: false }],
  [`octo/tool@${"a".repeat(7)}`, { pinned: false }],
  ["octo/tool", { ref: null, pinned: false }],
  ["./", { kind: "local", target: "", pinned: true }],
  ["./.github/actions/a/", { kind: "local", target: ".github/actions/a" }],
  ["docker://alpine:3", { kind: "docker", target: "alpine:3", pinned: false }],
  [`docker://alpine@sha256:${"0".repeat(64)}`, { kind: "docker", pinned: true }],
])("readWorkflow: uses %s", (uses, expected) => {
  const [job] = read(`on: push\njobs:\n  a:\n    steps:\n      - uses: ${uses}`).jobs;
  expect(job?.steps[0]?.uses).toMatchObject(expected);
});

/** What is no workflow, with the line where it stops being one. */
test.each<readonly [string, string, number]>([
  ["", "empty", 1],
  ["# nothing\n", "empty", 1],
  ["--- \n...\n", "empty", 1],
  ["just text", "not a map", 1],
  ["- a\n- b", "not a map", 1],
  ["name: x", "neither events nor jobs nor steps", 1],
  ["on: push\non: issues\njobs: {}", "the same key twice in one map", 2],
  ["on: push\njobs:\n  a: { steps: [], steps: [] }", "the same key twice in one map", 3],
  ["on: push\njobs: *a", "an alias without its anchor", 2],
  ["a: &a [*a]", "an alias without its anchor", 1],
  ["a: &a { <<: *a }", "an alias without its anchor", 1],
  ["on: [push\njobs: {}", "not YAML: a bracket, quote or colon is missing", 2],
  ["on: push\n\tjobs: {}", "not YAML: a tab indents", 2],
  ["on: push\njobs:\n  - a\n b: c", "not YAML: a line is indented wrongly", 4],
  ["? [a]\n: b", "a key that is no text", 1],
  ["on: push\u0000", "holds a control character", 1],
  ["on:\n  push\u001b", "holds a control character", 2],
  ["o\u0000n\u0000:\u0000", "holds a control character", 1],
])("readWorkflow: %j is malformed", (text, reason, line) => {
  expect(readWorkflow(PATH, text)).toMatchObject({
    kind: "malformed",
    reason: expect.stringContaining(reason.slice(0, 12)),
    line,
  });
});

const HIDDEN = "on: push # a\u2028on2: x\njobs: {}";

/** Breaks of YAML 1.1 behind a comment hide a line from git, editors and YAML 1.2. */
test.each(["\r", "\u0085", "\u2028", "\u2029"])(
  "readWorkflow: the hidden line after %j is read, and said",
  (broken) => {
    const text = `name: CI #${broken}on: pull_request_target\non2: push\n${JOBS}\n`;
    const workflow = read(text);
    expect(workflow.events.map(({ name }) => name)).toEqual(["pull_request_target"]);
    expect(workflow.ambiguities).toEqual([{ what: "line_breaks", line: 1, endLine: 1 }]);
    const within = `on: push\njobs: { a: { steps: [{ run: "a${broken} b" }] } }`;
    expect(read(within).ambiguities).toEqual([]);
    const script = `on: push\njobs:\n  a:\n    steps:\n      - run: |\n          # say${broken}          curl x\n`;
    expect(read(script).ambiguities).toHaveLength(1);
  },
);

test("readWorkflow: breaks that YAML 1.1 cannot read are said as well", () => {
  expect(read(HIDDEN.replace("on2: x", "- x")).ambiguities).toHaveLength(1);
  expect(read(HIDDEN).ambiguities).toHaveLength(1);
});

test("readWorkflow: the facts of a second document count, and it is said", () => {
  const workflow = read(`on: push\n${JOBS}\n---\non: pull_request_target\n${JOBS}\n`);
  expect(workflow.events.map(({ name }) => name)).toEqual(["push", "pull_request_target"]);
  expect(workflow.ambiguities).toEqual([{ what: "documents", line: 4, endLine: 5 }]);
  expect(read(`---\non: push\n${JOBS}\n...\n`).ambiguities).toEqual([]);
  expect(found("dangerous-trigger", `on: push\n${JOBS}\n---\non: pull_request_target\n${JOBS}\n`)).toHaveLength(1);
});

const LAUGHS = [
  "a: &a0 [x, x, x, x, x, x, x, x]",
  ...Array.from({ length: 12 }, (_, at) => `b${at}: &a${at + 1} [${`*a${at}, `.repeat(8)}]`),
].join("\n");

/** Texts that are made to take long; none of them may. */
test.each<readonly [string, string, string]>([
  ["flow lists", `on: ${"[".repeat(50_000)}`, "nested deeper"],
  ["flow maps", `on: ${"{a: ".repeat(50_000)}`, "nested deeper"],
  ["dashes", "- ".repeat(50_000), "nested deeper"],
  ["question marks", "? ".repeat(50_000), "nested deeper"],
  ["indented maps", Array.from({ length: 900 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"), "nested deeper"],
  ["a bomb of aliases", LAUGHS, "aliases counted"],
  ["40,000 keys", `on: push\nenv: {${Array.from({ length: 40_000 }, (_, at) => `k${at}: v`).join(",")}}`, "tokens"],
  ["expressions", `on: push\njobs: {}\nenv: { A: "${pasted("a").repeat(2_100)}" }`, "expressions"],
  ["a long text that aliases repeat", `a: &a "${"x".repeat(9_000)}"\nb: [${"*a, ".repeat(500)}]`, "aliases counted"],
  ["commas", `on: [${",".repeat(300_000)}]`, "tokens"],
  ["a long text", `on: ${"a".repeat(1_100_000)}`, "longer than"],
])("readWorkflow: %s is refused at once", (_, text, reason) => {
  expect(readWorkflow(PATH, text)).toMatchObject({ kind: "malformed", reason: expect.stringContaining(reason) });
});
