import type { ChangedFile } from "../../change/change.ts";
import {
  ANY_SWITCH,
  type Guard,
  isGuardFile,
  isOwnersFile,
  ownedPattern,
  PUT_IN,
  TAKEN_OUT,
} from "../../change/formats/guards.ts";
import { isTestFile, isVendored } from "../../change/paths.ts";
import { textKind } from "../../change/text-kind.ts";
import { atOnce, type Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { type Detection, defineSignal, type Facts } from "../signal.ts";
import { type Graded, LIST_CUT, ofChange } from "../worst.ts";

export default defineSignal({
  id: "chg-guard-removal",
  axis: "C",
  family: "change",
  title: "The change takes a protection of the project away",
  version: 47,
  severity: "high",
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://research.swtch.com/xz-timeline",
      says: "A sandbox was disabled in the build by one character, before the backdoor that it would have stopped.",
    },
    {
      url: "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners",
      says: "Code owners are asked because of a file in the repository, which a change can edit.",
    },
  ],
  why: "What it held back before is not held back any more, and later changes need not mention it.",
  benign: [
    "The protection moved elsewhere, or another one took its place.",
    "It never worked on some platform, or the file belongs to code that is gone.",
  ],
  clears: "Say what protects the same from now on, and have an owner of the protected part agree.",
  framing: "Only the diff is read.",
  needs: ["change.files"],
  detect: (facts) => atOnce(inSteps(facts)),
  inSteps,
});

/** Tests that go while sources stay. */
const MANY_TESTS = 5;
const TESTS_SHARE = 0.3;

function* inSteps({ "change.files": { files, truncated } }: Facts<"change.files">): Steps<Detection> {
  const found: Graded[] = [];
  const taken = yield* anyTakenOut(files);
  const kept = taken ? yield* wordsAdded(files) : NONE;
  for (const file of files) {
    if (isSample(file)) continue;
    if (file.status === "removed" && isGuardFile(file.path))
      found.push(graded("high", file.path, "A file that protects the project is removed."));
    if (isOwnersFile(file.path) && file.status !== "removed") found.push(...ownersLost(file));
    yield* inLines(file, kept, found);
    yield;
  }
  const gone = testsGone(files);
  if (gone !== null)
    found.push(graded("medium", gone.path, `${gone.count} files of tests are removed while sources change.`));
  return ofChange(found, { blind: truncated ? LIST_CUT : null });
}

const isSample = ({ path }: ChangedFile): boolean => textKind(path) !== "code" || isTestFile(path) || isVendored(path);

/** A step a line would cost as much as reading it. */
const LINES_A_STEP = 64;
const endsStep = (index: number): boolean => index % LINES_A_STEP === LINES_A_STEP - 1;

const NONE: ReadonlySet<string> = new Set();

/** Whether a removed line holds a guarded word at all: most changes have none, and need not be read for where it went. */
function* anyTakenOut(files: readonly ChangedFile[]): Steps<boolean> {
  for (const { hunks } of files)
    for (const { lines } of hunks ?? [])
      for (const [index, { kind, text }] of lines.entries()) {
        if (kind === "removed" && isRead(text) && TAKEN_OUT.some(({ words }) => words.test(text))) return true;
        if (endsStep(index)) yield;
      }
  return false;
}

/** What the change writes of the guarded words, wherever it stands: a protection that moved is still there. */
function* wordsAdded(files: readonly ChangedFile[]): Steps<ReadonlySet<string>> {
  const words = new Set<string>();
  for (const file of files) {
    for (const [index, { kind, text }] of linesOf(file).entries()) {
      if (kind === "added") for (const guard of TAKEN_OUT) words.add(wordOf(guard, text) ?? "");
      if (endsStep(index)) yield;
    }
  }
  return words;
}

function* inLines(file: ChangedFile, kept: ReadonlySet<string>, found: Graded[]): Steps<void> {
  // A file that goes as a whole takes its protections along with what they protected.
  if (file.status === "removed") return;
  const lines = linesOf(file);
  let removed: ReadonlySet<string | null> | null = null;
  for (const [index, { kind, line, text }] of lines.entries()) {
    if (kind === "removed" && kept !== NONE)
      for (const guard of TAKEN_OUT) {
        const word = guard.where?.test(file.path) === false ? null : wordOf(guard, text);
        if (word !== null && !kept.has(word) && !isComment(text))
          found.push(graded("high", file.path, `${guard.says} is taken out.`, line));
      }
    const word = kind === "added" ? switchedOff(text) : null;
    const off = word !== null && !isComment(text) ? word : null;
    if (off !== null)
      removed ??= new Set(lines.flatMap((each) => (each.kind === "removed" ? [switchedOff(each.text)] : [])));
    if (off !== null && removed?.has(off) === false) found.push(graded("medium", file.path, `${off}.`, line));
    if (endsStep(index)) yield;
  }
}

const linesOf = ({ hunks }: ChangedFile) =>
  (hunks ?? []).flatMap(({ lines }) => lines).filter(({ text }) => isRead(text));
const isRead = (text: string): boolean => text.length < MAX_LINE_CHARS;
/** Longer lines are data or were made by a program. */
const MAX_LINE_CHARS = 2_000;

const wordOf = ({ words }: Guard, text: string): string | null => words.exec(text)?.[0].toLowerCase() ?? null;
const switchedOff = (text: string): string | null => (ANY_SWITCH.test(text) ? switchIn(text) : null);
const switchIn = (text: string): string | null => PUT_IN.find(({ words }) => words.test(text))?.says ?? null;
const isComment = (text: string): boolean =>
  /^\s{0,40}(?:#(?!\s{0,4}(?:if|define|include))|\/\/|\/\*|\*|--|dnl\b|;)/.test(text);

/** Patterns that had owners and have none any more. */
function ownersLost(file: ChangedFile): readonly Graded[] {
  const lines = linesOf(file);
  const still = new Set(lines.flatMap(({ kind, text }) => (kind === "removed" ? [] : [ownedPattern(text)])));
  const lost = lines.filter(({ kind, text }) => {
    const pattern = kind === "removed" ? ownedPattern(text) : null;
    return pattern !== null && !still.has(pattern);
  });
  return lost.map(({ line }) => graded("medium", file.path, "A part of the project has no code owner any more.", line));
}

function testsGone(files: readonly ChangedFile[]): { readonly path: string; readonly count: number } | null {
  const tests = files.filter(({ path }) => isTestFile(path));
  const gone = tests.filter(({ status }) => status === "removed");
  const fresh = tests.filter(({ status }) => status === "added" || status === "renamed");
  const sources = files.some((file) => file.status === "modified" && !tests.includes(file) && !isSample(file));
  const many = gone.length >= MANY_TESTS && gone.length - fresh.length > files.length * TESTS_SHARE;
  const [first] = gone;
  return sources && many && first ? { path: first.path, count: gone.length } : null;
}
