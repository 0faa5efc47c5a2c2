import type { ChangedFile, Hunk } from "../../../src/change/change.ts";
import { wholeTexts } from "../../../src/change/formats/whole-texts.ts";
import { sidesOf } from "../../../src/change/packages/sides.ts";
import { expect, test } from "../../support/jest.ts";

const lines = (kind: "added" | "removed" | "context", from: number, ...texts: readonly string[]): Hunk["lines"] =>
  texts.map((text, at) => ({ kind, line: from + at, text }));
const manifest = (status: ChangedFile["status"], ...hunks: readonly Hunk["lines"][]): ChangedFile => ({
  path: "package.json",
  previousPath: null,
  status,
  additions: 2,
  deletions: 0,
  hunks: hunks.map((each) => ({ lines: each })),
});
const [OPEN, CLOSE] = ["{", "}"];

test.each<[string, ChangedFile, ReturnType<typeof wholeTexts>]>([
  ["a new file", manifest("added", lines("added", 1, OPEN, CLOSE)), { before: null, after: "{\n}\n" }],
  ["a new file without a line", manifest("added"), { before: null, after: "" }],
  ["a file that is gone", manifest("removed", lines("removed", 1, OPEN, CLOSE)), { before: "{\n}\n", after: null }],
  ["a new file of which a part is shown", manifest("added", lines("added", 2, CLOSE)), null],
  ["one in two parts", manifest("added", lines("added", 1, OPEN), lines("added", 9, CLOSE)), null],
  ["a new file with a line that was there", manifest("added", lines("context", 1, OPEN)), null],
  ["an edit", manifest("modified", lines("added", 1, OPEN, CLOSE)), null],
  ["one without its lines", { ...manifest("added"), hunks: null }, null],
])("wholeTexts: %s", (_, file, expected) => {
  expect(wholeTexts(file)).toEqual(expected);
});

test("wholeTexts: package files are whole by the same rule, and read in parts where it says no", () => {
  const script = '"scripts": { "postinstall": "node a.js" }';
  expect(sidesOf(manifest("added", lines("added", 1, OPEN, script, CLOSE)))?.after?.lines).toBeNull();
  const inParts = sidesOf(manifest("added", lines("added", 1, OPEN, script), lines("added", 40, CLOSE)));
  expect(inParts?.after?.lines).not.toBeNull();
  expect(inParts?.after?.text).toContain("postinstall");
});
