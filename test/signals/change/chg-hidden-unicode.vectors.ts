import { changed, file, filesOf } from "../given.ts";
import { missed, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";
import { HIDING, ORDINARY, UNCAUGHT } from "./tricks/hidden-unicode.ts";

const code = (line: string) => ({ "change.files": changed({ "src/pay.js": ["const a = 1;", line] }) });
const VARIATION = "\u{e0100}";

export default [
  ...tricks(HIDING),
  ...tricks(ORDINARY),
  ...missed(tricks(UNCAUGHT), { outcome: "clear" }),
  {
    kind: "fires",
    when: "a string carries a run of variation selectors",
    given: code(`const s = "${VARIATION.repeat(40)}";`),
    expect: { outcome: "fired", severity: "critical", line: 2, fact: "40 invisible characters stand in a row." },
  },
  {
    kind: "fires",
    when: "code is reordered by a bidirectional override",
    given: code("if (admin\u202e) {"),
    expect: {
      outcome: "fired",
      severity: "critical",
      fact: "Control characters make the line display in another order than it is read by programs.",
    },
  },
  {
    kind: "fires",
    when: "tag characters stand outside a flag",
    given: code("// ok \u{e0041}\u{e0042}"),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "Several invisible characters stand together outside an emoji.",
    },
  },
  {
    kind: "fires",
    when: "a Latin word has a Cyrillic letter",
    given: code("const p\u0430yee = 1;"),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "A word of Latin letters contains a letter of another script that looks the same.",
    },
  },
  {
    kind: "fires",
    when: "a long run hides in prose too",
    given: { "change.files": changed({ "README.md": [`hello${VARIATION.repeat(9)}`] }) },
    expect: { outcome: "fired", severity: "critical" },
  },
  {
    kind: "look_alike",
    when: "prose in other scripts",
    given: code(
      "// \u041f\u0440\u0438\u0432\u0435\u0442, JSON\u043e\u043c; \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645; \u0915\u094d\u200d\u0937; \u5909\u6570",
    ),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "identifiers in another script, and Greek in formulas",
    given: code("const \u0434\u043e\u043c = \u0394t * \u03bb_max;"),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "emoji sequences and a subdivision flag",
    given: code(
      "say('\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u2764\ufe0f \u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}')",
    ),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a byte-order mark starts the file",
    given: { "change.files": changed({ "a.cs": ["\ufeffusing System;"] }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the override is taken out",
    given: { "change.files": filesOf(file("src/pay.js", ["-if (admin\u202e) {", "+if (admin) {"])) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a translation holds right-to-left marks and a zero-width space",
    given: { "change.files": changed({ "locales/he.po": ["\u200f\u05e9\u05dc\u05d5\u05dd\u200b"] }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "seven invisible characters in a row",
    given: code(`a${VARIATION.repeat(7)}`),
    expect: { outcome: "fired", severity: "high" },
  },
  {
    kind: "boundary",
    when: "eight invisible characters in a row",
    given: code(`a${VARIATION.repeat(8)}`),
    expect: { outcome: "fired", severity: "critical" },
  },
  {
    kind: "boundary",
    when: "three variation selectors",
    given: code(`a${VARIATION.repeat(3)}`),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "a single zero-width space in code",
    given: code("say('@\u200bteam')"),
    expect: { outcome: "fired", severity: "low", fact: "The line contains a zero-width character." },
  },
  {
    kind: "unknown",
    when: "a text file came without its text",
    given: { "change.files": filesOf(file("big.js", [], { hunks: null, additions: 30_000 })) },
    expect: { outcome: "unknown", unseen: "a file came without its text" },
  },
  {
    kind: "look_alike",
    when: "a picture has no text",
    given: { "change.files": filesOf(file("logo.png", [], { hunks: null, additions: 0 })) },
    expect: { outcome: "clear", unseen: "a file without lines to read, pictures or files that only moved" },
  },
  {
    kind: "boundary",
    when: "a byte-order mark at the start of the second line",
    given: code("\ufeffconst b = 2;"),
    expect: { outcome: "fired", severity: "low", line: 2 },
  },
  {
    kind: "boundary",
    when: "four invisible characters at the start of a line that is read in pieces",
    given: code(`${"\u200b".repeat(4)} ${"a ".repeat(40_000)}`),
    expect: { outcome: "fired", severity: "high", line: 2 },
  },
  {
    kind: "boundary",
    when: "eight invisible characters across the end of its first piece",
    given: code(`${"a ".repeat(32_766)}${"\u200b".repeat(8)} ${"a ".repeat(9_000)}`),
    expect: { outcome: "fired", severity: "critical", line: 2 },
  },
] satisfies readonly Vector[];
