import type { ChangedFile } from "../../change/change.ts";
import { ARTEFACTS, type Artefact } from "../../change/formats/artefacts.ts";
import { literal } from "../../change/literal.ts";
import { isTestFile, isVendored } from "../../change/paths.ts";
import { textKind } from "../../change/text-kind.ts";
import type { Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { addedPieces, textSignal } from "../text-signal.ts";
import type { Graded } from "../worst.ts";

export default textSignal({
  id: "int-change-ioc",
  title: "The change contains what a known campaign left in other repositories",
  version: 9,
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
  const severity = isSample(file) ? "low" : "critical";
  const note = ({ campaign }: Artefact, line: number): void => {
    found.push(graded(severity, file.path, `This is known from the campaign ${campaign}.`, line));
  };
  for (const artefact of ARTEFACTS) if (artefact.path?.test(file.path)) note(artefact, 1);
  const wanted = ARTEFACTS.filter(({ texts, where }) => texts.length > 0 && where?.test(file.path) !== false);
  const parts = wanted.flatMap(({ texts }) => texts.flat());
  const lines = new Map<string, number>();
  const any = anyOf(parts);
  for (const batch of addedPieces(file)) {
    for (const { line, text } of batch) {
      if (any.test(text))
        for (const part of parts) if (!lines.has(part) && text.includes(part)) lines.set(part, line.line);
    }
    yield;
  }
  for (const artefact of wanted) {
    const whole = artefact.texts.find((parts) => parts.every((part) => lines.has(part)));
    if (whole) note(artefact, Math.min(...whole.map((part) => lines.get(part) ?? 1)));
  }
}

/** Found in one pass of a line. */
function anyOf(parts: readonly string[]): RegExp {
  const key = parts.join("\n");
  const known = ANY_OF.get(key) ?? new RegExp(parts.map((part) => literal(part)).join("|") || "$^");
  ANY_OF.set(key, known);
  return known;
}
const ANY_OF = new Map<string, RegExp>();

/** Whoever looks for a campaign writes its texts down. */
const isSample = ({ path }: ChangedFile): boolean =>
  textKind(path) !== "code" || isTestFile(path) || isVendored(path) || /\.ya?r(?:a)?$/i.test(path);
