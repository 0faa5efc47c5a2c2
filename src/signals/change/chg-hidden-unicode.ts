import type { ChangedFile } from "../../change/change.ts";
import { type HiddenKind, hiddenCharacters, type TextKind, textKind } from "../../change/hidden-characters.ts";
import type { Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { SEVERITIES, type Severity } from "../signal.ts";
import { addedPieces, textSignal } from "../text-signal.ts";
import type { Graded } from "../worst.ts";

/** How grave each kind is in code, in samples (tests, locales) and in prose; null where it is ordinary. */
const SEVERITY: Readonly<Record<HiddenKind, Readonly<Record<TextKind, Severity | null>>>> = {
  long_run: { code: "critical", sample: "critical", prose: "critical" },
  bidi_control: { code: "critical", sample: "medium", prose: "low" },
  short_run: { code: "high", sample: "high", prose: "medium" },
  look_alike: { code: "high", sample: "low", prose: null },
  split_word: { code: "medium", sample: "low", prose: null },
  zero_width: { code: "low", sample: null, prose: null },
};

const SAYS: Readonly<Record<HiddenKind, (count: number) => string>> = {
  long_run: (count) => `${count} invisible characters stand in a row.`,
  bidi_control: () => "Control characters make the line display in another order than it is read by programs.",
  short_run: () => "Several invisible characters stand together outside an emoji.",
  look_alike: () => "A word of Latin letters contains a letter of another script that looks the same.",
  split_word: () => "An invisible character stands inside a word.",
  zero_width: () => "The line contains a zero-width character.",
};

export default textSignal({
  id: "chg-hidden-unicode",
  title: "The change contains characters that a reader cannot see",
  version: 22,
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
  const ofText = textKind(file.path);
  let gravest: { readonly line: number; readonly graded: Graded } | null = null;
  for (const { line, text, isStart } of addedPieces(file)) {
    const hidden = hiddenCharacters(text, isStart && line.line === 1);
    const severity = hidden && SEVERITY[hidden.kind][ofText];
    if (hidden && severity) {
      const one = graded(severity, file.path, SAYS[hidden.kind](hidden.count), line.line);
      // Of one line the gravest.
      if (gravest !== null && gravest.line !== line.line) found.push(gravest.graded);
      if (gravest === null || gravest.line !== line.line || isGraver(one, gravest.graded))
        gravest = { line: line.line, graded: one };
    }
    yield;
  }
  if (gravest !== null) found.push(gravest.graded);
}

const isGraver = (a: Graded, b: Graded): boolean => SEVERITIES.indexOf(a.severity) > SEVERITIES.indexOf(b.severity);
