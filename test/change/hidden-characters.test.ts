import { type HiddenCharacters, hiddenCharacters } from "../../src/change/hidden-characters.ts";
import { expect, test } from "../support/jest.ts";

const run = (count: number): string => `= ${"\u200b".repeat(count)} ;`;

test.each<readonly [string, string, HiddenCharacters | null]>([
  ["plain text", "const a = 1;", null],
  ["one invisible character", run(1), { kind: "zero_width", count: 1 }],
  ["three in a row", run(3), { kind: "zero_width", count: 1 }],
  ["four in a row", run(4), { kind: "short_run", count: 4 }],
  ["seven in a row", run(7), { kind: "short_run", count: 7 }],
  ["eight in a row", run(8), { kind: "long_run", count: 8 }],
  ["two runs: the longest", `${run(5)}${run(9)}${run(6)}`, { kind: "long_run", count: 9 }],
  ["controls of direction before a short run", `\u202e\u202c${run(5)}`, { kind: "bidi_control", count: 2 }],
  ["a tag character", "a \u{e0041}", { kind: "short_run", count: 1 }],
  ["a flag", "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", null],
  ["a split word", "pay\u200bee", { kind: "split_word", count: 1 }],
  ["a look-alike inside a word", "p\u0430yee", { kind: "look_alike", count: 1 }],
  ["a look-alike inside a word, beside the script it is from", "p\u0430yee \u0436", { kind: "look_alike", count: 1 }],
  ["a look-alike at its edge", "\u0430bc", { kind: "look_alike", count: 1 }],
  ["a look-alike at its edge, beside the script it is from", "\u0430bc \u0436", null],
  ["another script", "\u0436\u0443\u043a", null],
])("hiddenCharacters: %s", (_what, text, expected) => {
  expect(hiddenCharacters(text, false)).toEqual(expected);
});

test.each<readonly [string, string, boolean, HiddenCharacters | null]>([
  ["at the start of the file", "\ufeffconst a;", true, null],
  ["at the start of another line", "\ufeffconst a;", false, { kind: "zero_width", count: 1 }],
  ["behind the start of the file", " \ufeffconst a;", true, { kind: "zero_width", count: 1 }],
  ["and what stands behind it", "\ufeff\u0430b", true, { kind: "look_alike", count: 1 }],
  ["and a first line without one", "\u0430b", true, { kind: "look_alike", count: 1 }],
])("hiddenCharacters: a byte-order mark %s", (_where, text, isFirstLine, expected) => {
  expect(hiddenCharacters(text, isFirstLine)).toEqual(expected);
});
