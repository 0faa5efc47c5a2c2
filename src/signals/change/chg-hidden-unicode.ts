import type { ChangedFile } from "../../change/change.ts";
import { isSeldomRead, isUnseen } from "../../change/diff/lines.ts";
import {
  type HiddenCharacters,
  type HiddenKind,
  hiddenCharacters,
  type TextKind,
  textKind,
} from "../../change/hidden-characters.ts";
import { atOnce, type Steps } from "../../slices.ts";
import { type Detection, defineSignal, type Evidence, type Facts, SEVERITIES, type Severity } from "../signal.ts";
import { LIST_CUT, ofChange } from "../worst.ts";

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

export default defineSignal({
  id: "chg-hidden-unicode",
  axis: "C",
  family: "change",
  title: "The change contains characters that a reader cannot see",
  version: 9,
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
  benign: [
    "Text copied from a web page or a chat brought zero-width characters along.",
    "A test or translation that is about such characters.",
  ],
  clears: "Remove the characters, or write them as escapes so that a reader sees them.",
  framing: "Only lines the change adds are read. Text in any script is fine and never counts.",
  needs: ["change.files"],
  detect: (facts) => atOnce(inSteps(facts)),
  inSteps,
});

function* inSteps({ "change.files": { files, truncated } }: Facts<"change.files">): Steps<Detection> {
  const found: Found[] = [];
  for (const file of files) yield* inFile(file, found);
  const unseen = files.filter(isUnseen);
  const hidden = unseen.some((file) => !isSeldomRead(file));
  const blind = truncated ? LIST_CUT : hidden ? "a file came without its text" : null;
  return ofChange(found, { blind, note: unseen.length > 0 ? withoutLines(unseen.length) : null });
}

interface Found {
  readonly severity: Severity;
  readonly evidence: Evidence;
}

const withoutLines = (count: number): string =>
  `${count === 1 ? "a file" : `${count} files`} without lines to read, pictures or files that only moved`;

function* inFile(file: ChangedFile, found: Found[]): Steps<void> {
  const ofText = textKind(file.path);
  for (const hunk of file.hunks ?? []) {
    for (const { kind, text, line } of hunk.lines) {
      if (kind !== "added") continue;
      const inLine: Found[] = [];
      for (const [index, piece] of piecesOf(text).entries()) {
        const hidden = hiddenCharacters(piece, index === 0 && line === 1);
        const severity = hidden && SEVERITY[hidden.kind][ofText];
        if (hidden && severity) inLine.push({ severity, evidence: evidence(file.path, line, hidden) });
        yield;
      }
      const [gravest] = inLine.sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
      if (gravest) found.push(gravest);
    }
  }
}

const PIECE_CHARS = 65_536;
/** Longer than any run, word or sequence whose length matters. */
const OVERLAP_CHARS = 1_024;

/** A line as it is; one as long as a file in pieces that overlap, each of a few milliseconds. */
function piecesOf(text: string): readonly string[] {
  if (text.length <= PIECE_CHARS) return [text];
  const pieces: string[] = [];
  for (let from = 0; from < text.length; from += PIECE_CHARS)
    pieces.push(text.slice(from, from + PIECE_CHARS + OVERLAP_CHARS));
  return pieces;
}

function evidence(path: string, line: number, { kind, count }: HiddenCharacters): Evidence {
  return { fact: SAYS[kind](count), tier: "SC", place: { path, line } };
}
