import { judgeChange } from "../../src/assessment/judge-change.ts";
import type { ChangedFile } from "../../src/change/change.ts";
import { asksForLook, marksOf, withLines } from "../../src/decision/unreviewed-push.ts";
import { NOW } from "../signals/given.ts";
import { added } from "../signals/tricks.ts";
import { expect, test } from "../support/jest.ts";

const REVIEWED = { byApp: false, earlier: { commits: 20, byPullRequest: 20 } };
const PUSHED = { byApp: false, earlier: { commits: 20, byPullRequest: 0 } };
const WORKFLOW = added(".github/workflows/x.yml", [
  "on: push",
  "permissions: write-all",
  "jobs: { a: { runs-on: ubuntu-latest, steps: [] } }",
]);
const TASK = added(".vscode/tasks.json", [
  "{",
  '  "tasks": [{',
  '    "runOptions": { "runOn": "folderOpen" }',
  "  }]",
  "}",
]);

const judged = (push: typeof REVIEWED, ...files: readonly ChangedFile[]) =>
  judgeChange({ files, unread: [], push: { ...push, branch: "main", commitSubjects: ["Update"] } }, NOW);

test("a look is asked for by what is grave, and of workflows by the check that knows the custom", () => {
  expect(asksForLook(judged(REVIEWED, WORKFLOW))).toBe(true);
  const usual = judged(PUSHED, WORKFLOW);
  expect([usual.level, asksForLook(usual)]).toEqual(["critical", false]);
  expect(asksForLook(judged(PUSHED, TASK))).toBe(true);
  expect(asksForLook(judged(REVIEWED, added("a.ts", ["let a;"])))).toBe(false);
});

test("marks: the same path, or the same text under another name", () => {
  const marks = (file: ChangedFile) => marksOf(judged(REVIEWED, file), [file]);
  const shared = (a: ChangedFile, b: ChangedFile) => marks(a).some((mark) => marks(b).includes(mark));
  expect(marks(WORKFLOW)).toHaveLength(2);
  expect(shared(WORKFLOW, { ...WORKFLOW, path: ".github/workflows/y.yml" })).toBe(true);
  expect(shared(WORKFLOW, added(WORKFLOW.path, ["on: push"]))).toBe(true);
  expect(shared(WORKFLOW, added(".github/workflows/y.yml", ["on: push"]))).toBe(false);
  expect(marksOf(judged(REVIEWED, WORKFLOW, added("a.ts", ["let a;"])), [WORKFLOW, added("a.ts", ["let a;"])])).toEqual(
    marks(WORKFLOW),
  );
});

test("findings are kept with the lines around them, the gravest twenty", () => {
  const file = added(
    "src/a.ts",
    Array.from({ length: 30 }, (_, line) => `const a${line} = "\u202e${"x".repeat(500)}";`),
  );
  const { findings, findingsLeftOut } = withLines(judged(REVIEWED, file), [file]);
  expect([findings.length, findingsLeftOut]).toEqual([20, 10]);
  expect(findings[9]?.lines.map(({ line }) => line)).toEqual([8, 9, 10, 11, 12]);
  expect(Math.max(...findings.flatMap(({ lines }) => lines.map(({ text }) => text.length)))).toBe(400);
});
