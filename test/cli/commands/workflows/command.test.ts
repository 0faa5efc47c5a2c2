import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { Services } from "../../../../src/cli/command.ts";
import { workflows } from "../../../../src/cli/commands/workflows/command.ts";
import { workflowsSchema } from "../../../../src/cli/commands/workflows/schema.ts";
import { pasted, workflow } from "../../../change/actions/found.ts";
import { afterAll, beforeAll, expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded, type Setting } from "../../recording-io.ts";

const OPEN = workflow(
  "pull_request_target",
  `- uses: actions/checkout@v1
  with: { ref: "${pasted("github.event.pull_request.head.sha")}" }
- run: make
- uses: octo-org/tool@v1
- uses: octo-org/other@v1
- uses: ./tools/say`,
  { top: "permissions: { contents: write }" },
);
const SAY = `runs:\n  using: composite\n  steps:\n    - run: echo ${pasted("github.event.pull_request.title")}\n      shell: bash\n`;
const LABELS = workflow("pull_request_target", "- uses: actions/labeler@v6", { top: "permissions: { issues: write }" });
const TITLES = workflow("[pull_request_target, push]", "- run: echo", { top: "permissions: {}" });

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "workflows-"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("all/.github/workflows/open.yml", OPEN);
  write("all/.github/workflows/labels.yaml", LABELS);
  write("all/.github/workflows/titles.yml", TITLES);
  write("all/.github/workflows/torn.yml", "on: [push\njobs: {}\n");
  write("all/.github/workflows/notes.md", "on: push");
  write("all/.github/actions/none/README.md", "nothing");
  write("all/tools/say/action.yml", SAY);
  write("elsewhere.yml", "on: push\njobs: {}\n");
  symlinkSync("../../../elsewhere.yml", join(folder, "all/.github/workflows/link.yml"));
  write("calm/.github/workflows/ci.yml", workflow("pull_request", "- run: make", { top: "permissions: {}" }));
  write("empty/README.md", "nothing");
});
afterAll(() => rmSync(folder, { recursive: true }));

const look = (argv: readonly string[], setting: Setting = {}): Promise<Ran> =>
  runRecorded(["workflows", ...argv], [workflows], setting);

test("workflows: a folder is read however its path is written, the one where the command runs as well", async () => {
  const named = await look([join(folder, "all")]);
  for (const written of [
    `${folder}/all/`,
    `${folder}/calm/../all`,
    `${folder}/./all`,
    relative(process.cwd(), join(folder, "all")),
  ])
    expect(await look([written])).toEqual(named);
  // Tests run where this repository has its own.
  expect((await look(["."])).stdout).toContain("2 workflows");
  expect((await look(["./"])).stdout).toContain("2 workflows");
});

test("workflows: a folder, grouped by file, in 80 columns", async () => {
  const { exit, stdout, stderr } = await look([join(folder, "all")]);
  expect([exit, stderr]).toEqual([0, ""]);
  expect(stdout).toBe(`3 workflows and 1 action, 7 findings, by GitHub's rules of 2026-11-23

.github/workflows/labels.yaml
  low       dangerous-trigger, line 2
            A fork's pull request starts it, with the token and the secrets of
            this repository.

.github/workflows/open.yml
  critical  untrusted-checkout, line 10
            The head of a pull request is checked out under
            \`pull_request_target\`.
  medium    dangerous-trigger, line 2
            A fork's pull request starts it, with the token and the secrets of
            this repository.
  medium    unpinned-action, lines 13, 14
            \`octo-org/tool@v1\` is named by a tag or branch, not by a commit. And
            1 more like it.

.github/workflows/titles.yml
  low       dangerous-trigger, line 2
            A fork's pull request starts it, with the token and the secrets of
            this repository.

tools/say/action.yml
  critical  expression-injection, line 4
            \`github.event.pull_request.title\` is pasted into a script.

Not checked
  - .github/workflows/link.yml: a link
  - .github/workflows/torn.yml, line 2: not YAML: a line is indented wrongly
${stdout.slice(stdout.indexOf("\nWhat these mean"))}`);
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("workflows: --advice names what stops, and what to write instead", async () => {
  const { stdout } = await look([join(folder, "all"), "--advice"]);
  expect(stdout.split("\n\n")).toEqual([
    "GitHub's default execution policy blocks pull_request_target in public\nrepositories, from 2026-12-02. 3 workflows of 4 files stop:",
    expect.stringMatching(
      /^\.github\/workflows\/labels\.yaml, line 2\n {2}Nothing else starts it\. It uses rights to write issues\.\n/,
    ),
    expect.stringMatching(
      /^\.github\/workflows\/open\.yml, line 2\n[\s\S]*code beside rights to write\n {2}contents\.\n {2}Build under/,
    ),
    expect.stringMatching(
      /^\.github\/workflows\/titles\.yml, line 2\n {2}Its other events go on\. It needs neither[\s\S]*Write `pull_request`/,
    ),
  ]);
  const calm = await look([join(folder, "calm"), "--advice"]);
  expect(calm.stdout).toContain("None of 1 file uses it.");
});

test("workflows: --json is sallyport.workflows/1", async () => {
  const { exit, stdout } = await look([join(folder, "all"), "--json", "--fail-on", "critical"]);
  const report = workflowsSchema.parse(JSON.parse(stdout));
  expect(exit).toBe(1);
  expect(report).toMatchObject({ level: "critical", repository: { name: null, isPublic: null } });
  expect(report.files.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
    "workflow .github/workflows/labels.yaml",
    "workflow .github/workflows/open.yml",
    "workflow .github/workflows/titles.yml",
    "action tools/say/action.yml",
  ]);
});

test("workflows: nothing found is said, and fails nothing", async () => {
  expect(await look([join(folder, "calm"), "--fail-on", "low"])).toMatchObject({
    exit: 0,
    stdout: "1 workflow and 0 actions, 0 findings, by GitHub's rules of 2026-11-23\n\nNothing found.\n",
  });
  expect((await look([join(folder, "empty")])).stdout).toContain("0 workflows");
});

const files = (isPublic: boolean): Partial<Services> => ({
  liveWorkflows: async ({ repository }) => ({
    ...{ name: `${repository.owner}/${repository.name}`, isPublic },
    files: [{ path: ".github/workflows/open.yml", text: OPEN }],
    missing: [],
  }),
});

test("workflows: --repo reads a repository, whose own actions are no third party's", async () => {
  const { stdout } = await look(["--repo", "octo-org/wallet", "--json"], { services: files(true) });
  const report = workflowsSchema.parse(JSON.parse(stdout));
  expect(report.repository).toEqual({ name: "octo-org/wallet", isPublic: true });
  expect(report.findings.filter(({ rule }) => rule === "unpinned-action")).toEqual([]);
  expect(report.notChecked).toEqual([
    { path: ".github/workflows/open.yml", line: 15, reason: "it calls `./tools/say`, which was not read" },
  ]);
  const advice = await look(["--repo", "octo-org/wallet", "--advice"], { services: files(false) });
  expect(advice.stdout).toContain("The repository is private");
});

const USE = "sallyport workflows: give one DIR or --repo OWNER/REPO; `sallyport help workflows` shows both ways\n";

test.each<readonly [readonly string[], string]>([
  [[], USE],
  [["a", "b"], USE],
  [["a", "--repo", "o/r"], USE],
  [["--repo", "wallet"], "--repo: no repository; write it as OWNER/REPO\n"],
  [["a", "--token-file", "t"], "--token-file: without --repo; leave it out: a folder is read offline\n"],
  [["a", "--json", "--sarif"], "--json --sarif: several formats at once; choose one of them\n"],
  [["a", "--fail-on", "grave"], "--fail-on: no such level; write one of low, medium, high, critical\n"],
  [["/nowhere/at/all"], "/nowhere/at/all: no such folder; give the folder of a checkout, which holds .github\n"],
])("workflows %j is wrong use", async (argv, stderr) => {
  expect(await look(argv)).toMatchObject({ exit: 2, stdout: "", stderr });
});
