import { hasControlCharacters, hasShellSyntax, runsInName, runsInProse } from "../../../src/change/formats/shell.ts";
import { expect, test } from "../../support/jest.ts";

const MAX_TEXT = 4_096;
/** The text at the very start, at the very end of what is read, and one character further. */
const placed = (text: string): readonly string[] =>
  ["", "x".repeat(MAX_TEXT - text.length), "x".repeat(MAX_TEXT - text.length + 1)].map((before) => before + text);

test.each([
  ["hasShellSyntax", hasShellSyntax, "`"],
  ["hasControlCharacters", hasControlCharacters, "\u001b"],
  ["runsInProse", runsInProse, "$(curl"],
  ["runsInName", runsInName, "|bash"],
])("%s: reads from the first character to the 4,096th", (_name, reads, text) => {
  expect(placed(text).map(reads)).toEqual([true, true, false]);
});
