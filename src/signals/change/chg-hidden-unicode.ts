import type { ChangedFile } from "../../change/change.ts";
import { type HiddenKind, hiddenCharacters, strayingSelectors } from "../../change/hidden-characters.ts";
import { isTestFile } from "../../change/paths.ts";
import { scriptLines } from "../../change/script-lines.ts";
import { rankOf, type Severity } from "../../change/severity.ts";
import { type TextKind, textKind } from "../../change/text-kind.ts";
import { FOREIGN_SPACE } from "../../characters.ts";
import type { Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { addedPieces, textSignal } from "../text-signal.ts";
import type { Graded } from "../worst.ts";

/** How grave each kind is in code, in samples (tests) and in prose and translations; null where it is ordinary. */
const SEVERITY: Readonly<Record<HiddenKind, Readonly<Record<TextKind, Severity | null>>>> = {
  long_run: { code: "critical", sample: "high", prose: "critical" },
  long_spread: { code: "critical", sample: "medium", prose: "medium" },
  long_private: { code: "critical", sample: "low", prose: null },
  bidi_control: { code: "critical", sample: "medium", prose: "low" },
  filler: { code: "critical", sample: "low", prose: null },
  short_run: { code: "high", sample: "high", prose: "medium" },
  short_spread: { code: "high", sample: "low", prose: "low" },
  short_private: { code: "high", sample: "low", prose: null },
  padding: { code: "high", sample: "low", prose: null },
  line_break: { code: "high", sample: "low", prose: null },
  operator: { code: "high", sample: "low", prose: null },
  folded: { code: "high", sample: "low", prose: null },
  look_alike: { code: "high", sample: "low", prose: null },
  split_word: { code: "medium", sample: "low", prose: null },
  zero_width: { code: "low", sample: null, prose: null },
};

/** In the name of a file anything that is not seen has no use; of prose and tests it misleads a reader at most. */
const IN_NAME: Readonly<Record<TextKind, Severity>> = { code: "high", sample: "low", prose: "medium" };

const SAYS: Readonly<Record<HiddenKind, (count: number) => string>> = {
  long_run: (count) => `${count} invisible characters stand in a row.`,
  long_spread: spread,
  short_spread: spread,
  long_private: inPrivate,
  short_private: inPrivate,
  bidi_control: () => "Control characters make the line display in another order than it is read by programs.",
  filler: () => "A letter without a shape stands where code has a name.",
  short_run: () => "Several invisible characters stand together outside an emoji.",
  padding: () => "Code stands behind a row of spaces that are none of ASCII.",
  line_break: () => "Code stands where an editor, a diff or a terminal does not show it.",
  operator: () => "A letter stands where code has an operator that looks the same.",
  folded: () => "A name is written in letters that an interpreter or a reader takes for plain ones.",
  look_alike: () => "A word of Latin letters contains a letter of another script that looks the same.",
  split_word: () => "An invisible character stands inside a word.",
  zero_width: () => "The line contains a zero-width character.",
};

function spread(count: number): string {
  return `${count} invisible characters stand between the letters of the line, where no script or emoji has them.`;
}

function inPrivate(count: number): string {
  return `${count} characters in a row have no meaning but the one that a font or a program gives them.`;
}

/** A file with as many, one here and one there, carries a text in them. */
const STRAYING_IN_FILE = 16;

export default textSignal({
  id: "chg-hidden-unicode",
  title: "The change contains characters that a reader cannot see",
  version: 57,
  core: true,
  severity: "critical",
  falsePositiveRisk: "low",
  baseRate:
    "Bidirectional controls outside tests, documentation and locales: 8 of 356,877 files, in 4 of 126 repositories; runs of four or more variation selectors in none",
  baseRateUpperPercent: 7.9,
  sources: [
    {
      url: "https://solaegis.github.io/pre-commit-glassworm/detection/",
      says: "Runs of variation selectors carried a hidden payload in source files.",
    },
  ],
  why: "What a reviewer sees is not what a program reads.",
  benign: [
    "Text copied from a web page or a chat brought zero-width characters along.",
    "A test or translation that is about such characters.",
  ],
  clears: "Remove the characters, or write them as escapes so that a reader sees them.",
  framing: "Only lines the change adds are read. Text in any script is fine and never counts.",
  inFile,
});

function* inFile(file: ChangedFile, found: Graded[]): Steps<void> {
  if (file.status === "removed") return;
  found.push(...inName(file));
  const ofText = kindOf(file.path);
  const scripts = scriptLines(file);
  let gravest: { readonly line: number; readonly graded: Graded } | null = null;
  let straying = 0;
  for (const batch of addedPieces(file)) {
    for (const { line, text, isStart } of batch) {
      const hidden = hiddenCharacters(text, isStart && line.line === 1);
      const severity = hidden && SEVERITY[hidden.kind][scripts.has(line.line) ? "code" : ofText];
      if (hidden && severity) {
        const one = graded(severity, file.path, SAYS[hidden.kind](hidden.count), line.line);
        // Of one line the gravest.
        if (gravest !== null && gravest.line !== line.line) found.push(gravest.graded);
        if (gravest === null || gravest.line !== line.line || isGraver(one, gravest.graded))
          gravest = { line: line.line, graded: one };
      } else straying += strayingSelectors(text);
    }
    yield;
  }
  if (gravest !== null) found.push(gravest.graded);
  if (straying >= STRAYING_IN_FILE && ofText === "code")
    found.push(graded("critical", file.path, `${straying} variation selectors stand where nothing varies.`));
}

/** A test stands beside the code that it tests, too. */
function kindOf(path: string): TextKind {
  const kind = textKind(path);
  return kind === "code" && isTestFile(path) ? "sample" : kind;
}

const ODD_SPACE = new RegExp(`[${FOREIGN_SPACE}]| (?:/|$)`, "u");
/** Computers name pictures of the screen so. */
const PICTURE = /\.(?:png|jpe?g|gif|webp|heic|mov|mp4|pdf)$/i;

/** What is not seen in the name that the change gives a file. */
function inName({ path, previousPath, status }: ChangedFile): readonly Graded[] {
  if (status !== "added" && (previousPath === null || previousPath === path)) return [];
  const hidden = hiddenCharacters(path, false);
  if (hidden === null)
    return ODD_SPACE.test(path) && !PICTURE.test(path)
      ? [graded("medium", path, "The name of the file holds a space that is none of ASCII, or ends in a blank.")]
      : [];
  const misleads = hidden.kind === "bidi_control" || hidden.kind === "long_run";
  const kind = kindOf(path);
  const severity = misleads && kind !== "sample" ? "critical" : IN_NAME[kind];
  return [graded(severity, path, `The name of the file: ${SAYS[hidden.kind](hidden.count)}`)];
}

const isGraver = (a: Graded, b: Graded): boolean => rankOf(a.severity) > rankOf(b.severity);
