import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { change } from "../../../../src/cli/commands/change/command.ts";
import { changeSchema } from "../../../../src/cli/commands/change/schema.ts";
import { file } from "../../../signals/given.ts";
import { beforeAll, describe, expect, test } from "../../../support/jest.ts";
import { ownTemporary } from "../../../support/temporary.ts";
import { type Ran, runRecorded, type Setting } from "../../recording-io.ts";

const TASKS = `diff --git a/.vscode/tasks.json b/.vscode/tasks.json
new file mode 100644
index 0000000..1111111
--- /dev/null
+++ b/.vscode/tasks.json
@@ -0,0 +1,3 @@
+{ "tasks": [{
+  "runOptions": { "runOn": "folder\u200bOpen", "runOn": "folderOpen" }
+}] }
`;
const CALM = "diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a\n+b\n";

const run = (argv: readonly string[], setting: Setting = {}): Promise<Ran> =>
  runRecorded(["change", ...argv], [change], {
    ...setting,
    files: { "tasks.diff": TASKS, "calm.diff": CALM, "letter.txt": "Dear all,\n", "empty.diff": "", ...setting.files },
  });

describe("change FILE", () => {
  test("prints what was found at its line, with what cannot be seen drawn", async () => {
    const { exit, stdout } = await run(["tasks.diff"]);
    expect(exit).toBe(0);
    expect(stdout).toContain("Change: critical, 1 file");
    expect(stdout).toContain("critical · line 2 · chg-editor-autorun");
    expect(stdout).toContain("folder<U+200B>Open");
    expect(stdout).toContain("Why: ");
    expect(stdout).toContain("Fine when: ");
    for (const line of stdout.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });

  test("prints sallyport.change/1, of an empty diff too", async () => {
    const report = changeSchema.parse(JSON.parse((await run(["tasks.diff", "--json"])).stdout));
    expect(report.findings[0]).toMatchObject({ path: ".vscode/tasks.json", line: 2, severity: "critical" });
    const none = changeSchema.parse(JSON.parse((await run(["empty.diff", "--json"])).stdout));
    expect(none).toMatchObject({ level: "low", files: [], findings: [] });
  });

  test("prints SARIF whose results name rules that it lists, at their lines", async () => {
    const { runs } = JSON.parse((await run(["tasks.diff", "--sarif"])).stdout);
    const rules: readonly { readonly id: string }[] = runs[0].tool.driver.rules;
    for (const { ruleId, ruleIndex } of runs[0].results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    expect(runs[0].results[0]).toMatchObject({
      level: "error",
      locations: [{ physicalLocation: { artifactLocation: { uri: ".vscode/tasks.json" }, region: { startLine: 2 } } }],
    });
    expect(runs[0].results.at(-1)).toMatchObject({ ruleId: "not-checked", level: "note" });
  });

  for (const [level, diff, exit] of [
    ["high", "tasks.diff", 1],
    ["critical", "tasks.diff", 1],
    ["low", "calm.diff", 0],
    ["high", "calm.diff", 0],
  ] as const)
    test(`--fail-on ${level} of ${diff} exits ${exit}`, async () => {
      expect((await run([diff, "--fail-on", level])).exit).toBe(exit);
    });

  test("marks the same secret in two places as the same with a key, and no secret without one", async () => {
    const token = ["ghp", "_q8ZkVn3LtYw7RbXc5Hf2Jm9Ds4Gp6TaUeWi1"].join("");
    const other = token.replace("q8", "q9");
    const secrets = `diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -0,0 +1,3 @@\n+a('${token}')\n+b('${token}')\n+c('${other}')\n`;
    const files = { "secrets.diff": secrets, key: `${"k".repeat(32)}\n`, short: "k" };
    const hashes = async (...more: readonly string[]) => {
      const { stdout } = await run(["secrets.diff", "--json", ...more], { files });
      expect(stdout).not.toContain(token);
      return changeSchema.parse(JSON.parse(stdout)).findings.map(({ keyedHash }) => keyedHash);
    };
    expect(await hashes()).toEqual([undefined, undefined, undefined]);
    const [one, two, three] = await hashes("--hash-key-file", "key");
    expect(one).toMatch(/^[\da-f]{16}$/);
    expect([two === one, three === one]).toEqual([true, false]);
    const { exit, stderr } = await run(["secrets.diff", "--hash-key-file", "short"], { files });
    expect([exit, stderr.includes("shorter than 32 characters")]).toEqual([2, true]);
  });

  test("asks GitHub for a pull request, and says what was not read of it", async () => {
    const liveChange = async () => ({ files: [file("a.ts", ["+b"])], unread: [{ path: null, what: "more files" }] });
    const { exit, stdout } = await run(["--repo", "octo-org/wallet", "--pr", "7"], { services: { liveChange } });
    expect(exit).toBe(0);
    expect(stdout).toContain("Change: could not look");
    expect(stdout).toContain("- the change: more files");
  });
});

describe("change, called wrongly", () => {
  for (const argv of [
    [],
    ["a", "b"],
    ["letter.txt"],
    ["gone.diff"],
    ["--stdin"],
    ["--git", "."],
    ["--git", ".", "--stdin", "HEAD..HEAD"],
    ["--git", ".", "--repo", "o/r", "--pr", "1"],
    ["--git", "/nowhere", "HEAD..HEAD"],
    ["--repo", "o/r"],
    ["--pr", "1"],
    ["--repo", "o", "--pr", "1"],
    ["--repo", "o/r", "--pr", "zero"],
    ["calm.diff", "--token-file", "t"],
    ["calm.diff", "--fail-on", "worse"],
    ["calm.diff", "--json", "--sarif"],
    ["--git", ".", "--stdin", "--sarif"],
  ])
    test(`${JSON.stringify(argv)} says what is wrong and how to mend it`, async () => {
      const { exit, stdout, stderr } = await run(argv);
      expect([exit, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/\S/);
    });
});

describe("change --git", () => {
  const path = ownTemporary("change");
  const git = (...args: readonly string[]): void =>
    void execFileSync("git", ["-C", path, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args]);
  beforeAll(() => {
    git("init", "--quiet");
    git("commit", "--quiet", "--allow-empty", "--message", "a");
    mkdirSync(join(path, ".vscode"));
    writeFileSync(join(path, ".vscode/tasks.json"), '{ "runOn": "folderOpen" }\n');
    git("add", "-A");
    git("commit", "--quiet", "--message", "b");
  });

  test("judges one range, and many as a line each; one that is wrong says so and ends in 2", async () => {
    expect((await run(["--git", path, "HEAD~1..HEAD", "--fail-on", "critical"])).exit).toBe(1);
    const ranges = { files: { "-": "HEAD~1..HEAD\n\nHEAD..HEAD\nnone..HEAD\n" } };
    const { exit, stdout } = await run(["--git", path, "--stdin"], ranges);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(exit).toBe(2);
    expect(lines.map(({ range, level }) => [range, level])).toEqual([
      ["HEAD~1..HEAD", "critical"],
      ["HEAD..HEAD", "low"],
      ["none..HEAD", undefined],
    ]);
    expect(lines[2].problems).toHaveLength(1);
    for (const line of lines.slice(0, 2)) changeSchema.parse(line);
  });
});
