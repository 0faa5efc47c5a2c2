import { type ChangedWorkflow, changedWorkflow } from "../../src/change/actions/compare/changed-workflow.ts";
import type { ChangedFile } from "../../src/change/change.ts";
import { remember } from "../../src/change/memory.ts";
import { atOnce } from "../../src/slices.ts";
import { expect, test } from "../support/jest.ts";

const TEXT = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: []\n";

const read = (file: ChangedFile): ChangedWorkflow | null => atOnce(changedWorkflow(file));

/** A change that leaves the file as the next one finds it. */
const edit = (before: string, after: string): ChangedFile => ({
  ...{ path: ".github/workflows/a.yml", previousPath: null, status: "modified", additions: 1, deletions: 1, hunks: [] },
  texts: { before, after },
});

test("memory: a file that one change leaves and the next one finds is read once by whoever keeps a memory", () => {
  const [first, second] = [edit("on: push\n", TEXT), edit(TEXT, `${TEXT}# more\n`)];
  remember([first, second], {});
  expect(read(second)?.before).toBe(read(first)?.after);
});

test("memory: without one, and in another one, nothing outlasts a change", () => {
  const [first, second, third] = [edit("on: push\n", TEXT), edit(TEXT, "on: push\n"), edit(TEXT, "on: push\n")];
  remember([third], {});
  const after = read(first)?.after;
  for (const file of [second, third]) {
    expect(read(file)?.before).toEqual(after);
    expect(read(file)?.before).not.toBe(after);
  }
});
