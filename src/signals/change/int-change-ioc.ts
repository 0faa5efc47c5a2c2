import type { ChangedFile } from "../../change/change.ts";
import { ARTEFACTS, type Artefact } from "../../change/formats/artefacts.ts";
import { literal } from "../../change/literal.ts";
import { foldedPath, isTestFile, isVendored } from "../../change/paths.ts";
import { textKind } from "../../change/text-kind.ts";
import type { Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { addedPieces, textSignal } from "../text-signal.ts";
import type { Graded } from "../worst.ts";

export default textSignal({
  id: "int-change-ioc",
  title: "The change contains what a known campaign left in other repositories",
  version: 33,
  severity: "critical",
  falsePositiveRisk: "low",
  sources: [
    {
      url: "https://github.com/OpenSourceMalware/PolinRider",
      says: "A payload behind the end of configuration files, in hundreds of repositories of owners who did not know, with the texts by which it is found.",
    },
    {
      url: "https://github.com/DataDog/indicators-of-compromise/tree/main/shai-hulud-2.0",
      says: "File names and runner names of a worm that wrote itself into packages and workflows.",
    },
    {
      url: "https://panther.com/blog/shai-hulud-npm-supply-chain-attack",
      says: "The workflow file by which the first wave of that worm was named.",
    },
  ],
  why: "A program that spreads by such files wrote it, and it runs where it is opened, built or merged.",
  benign: [
    "Rules, tests or documentation of a tool that looks for the campaign.",
    "A file of that name that does something else.",
  ],
  clears:
    "Take it out, look at the machine and the tokens that were used to push it, and say what it is if it is no payload.",
  framing:
    "Only paths and lines that the change adds are read. The machine of whoever pushed them may have been compromised, so the finding speaks of the change only.",
  concerns: ({ status }) => status !== "removed",
  inFile,
});

function* inFile(file: ChangedFile, found: Graded[]): Steps<void> {
  if (file.status === "removed") return;
  const path = foldedPath(file.path);
  const [sample, listed] = [isSample(file.path), LISTS.test(path)];
  const note = ({ campaign, where, path: own }: Artefact, line: number): void => {
    const severity = sample || (listed && where === undefined && own === undefined) ? "low" : "critical";
    found.push(graded(severity, file.path, `This is known from the campaign ${campaign}.`, line));
  };
  for (const artefact of ARTEFACTS) if (artefact.path?.test(path)) note(artefact, 1);
  const wanted = ARTEFACTS.filter(({ texts, where }) => texts.length > 0 && where?.test(path) !== false);
  const parts = partsOf(wanted);
  const lines = yield* arrives(file) ? linesOfText(file, parts) : linesAdded(file, parts);
  if (lines.size === 0) return;
  const stands = yield* linesThatStand(file, parts);
  for (const artefact of wanted) {
    const whole = artefact.texts.find(
      (each) => each.some((part) => lines.has(part)) && each.every((part) => lines.has(part) || stands.has(part)),
    );
    if (whole) note(artefact, Math.min(...whole.flatMap((part) => lines.get(part) ?? [])));
  }
}

type Lines = ReadonlyMap<string, number>;

/** The first added line that holds each part. */
function* linesAdded(file: ChangedFile, parts: Parts): Steps<Lines> {
  const lines = new Map<string, number>();
  for (const batch of addedPieces(file)) {
    for (const { line, text } of batch) look(text, line.line, parts, lines);
    yield;
  }
  return lines;
}

/** Of a file that was a sample where it came from, all of it is new here; a diff shows nothing of that. */
const arrives = ({ path, previousPath, texts }: ChangedFile): boolean =>
  previousPath !== null && texts?.after != null && isSample(previousPath) && !isSample(path);

const LINES_A_STEP = 64;

function* linesOfText({ texts }: ChangedFile, parts: Parts): Steps<Lines> {
  const lines = new Map<string, number>();
  for (const [at, text] of (texts?.after ?? "").split("\n").entries()) {
    look(text, at + 1, parts, lines);
    if (at % LINES_A_STEP === 0) yield;
  }
  return lines;
}

/** What an earlier change left in the file: half of a pair waits for the other. */
function* linesThatStand(file: ChangedFile, parts: Parts): Steps<Lines> {
  if (file.texts?.after != null) return yield* linesOfText(file, parts);
  const lines = new Map<string, number>();
  for (const hunk of file.hunks ?? []) {
    for (const { kind, line, text } of hunk.lines) if (kind === "context") look(text, line, parts, lines);
    yield;
  }
  return lines;
}

function look(text: string, line: number, { any, each }: Parts, lines: Map<string, number>): void {
  const plain = text.includes("\\") ? unescaped(text) : text;
  if (!any.test(plain)) return;
  for (const [part, form] of each) if (!lines.has(part) && form.test(plain)) lines.set(part, line);
}

/** Letters that a program writes by their number. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\})/gi, (whole, ...codes: readonly unknown[]) => {
    const code = Number.parseInt(`${codes.slice(0, 3).find((each) => typeof each === "string")}`, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** Texts to look for, and one expression that finds any of them in one pass of a line. */
interface Parts {
  readonly any: RegExp;
  readonly each: readonly (readonly [part: string, form: RegExp])[];
}

function partsOf(wanted: readonly Artefact[]): Parts {
  const key = wanted.map((artefact) => PLACES.get(artefact)).join(" ");
  const known = PARTS.get(key) ?? partsIn(wanted);
  PARTS.set(key, known);
  return known;
}

function partsIn(wanted: readonly Artefact[]): Parts {
  const texts = [...new Set(wanted.flatMap((artefact) => artefact.texts.flat()))];
  return {
    any: new RegExp(texts.map(tolerant).join("|") || "$^", "i"),
    each: texts.map((part) => [part, new RegExp(tolerant(part), "i")]),
  };
}
const PLACES = new Map(ARTEFACTS.map((artefact, place) => [artefact, place]));
const PARTS = new Map<string, Parts>();

/** With any quotes, in any case, with blanks in brackets and long numbers apart. */
const tolerant = (part: string): string =>
  [...part]
    .map((sign) => {
      if (sign === "'") return "['\"`]";
      if (sign === "[") return "\\[\\s{0,8}";
      if (sign === "]") return "\\s{0,8}\\]";
      return /\d/.test(sign) ? `${sign}_?` : literal(sign);
    })
    .join("");

/** Whoever looks for a campaign writes its texts down; a page of the web runs what stands in it. */
const isSample = (path: string): boolean =>
  textKind(path.replace(/\.(?:html?|svg)$/i, ".js")) !== "code" || isTestFile(path) || isVendored(path);

/** Rules and lists that nothing runs. */
const LISTS =
  /^(?!\.github\/).*(?:\.ya?r(?:a)?$|(?:^|[/_.-])(?:iocs?|indicators?|signatures?|detections?|sigma|yara)(?:[/_.-][^/]{0,100}){0,1}\.(?:ya?ml|jsonc?|toml))$/i;
