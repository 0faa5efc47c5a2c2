import type { ChangedFile } from "../../change/change.ts";
import { statementAfterExport } from "../../change/formats/after-export.ts";
import { isRunConfig, mangledNames, type Obfuscation, obfuscationsIn } from "../../change/formats/obfuscation.ts";
import { isTestFile, isVendored } from "../../change/paths.ts";
import type { Severity } from "../../change/severity.ts";
import { textKind } from "../../change/text-kind.ts";
import type { Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { addedPieces, textSignal } from "../text-signal.ts";
import type { Graded } from "../worst.ts";

type Indicator = Obfuscation | "after_export";

const SAYS: Readonly<Record<Indicator, string>> = {
  padding: "Code stands behind so many blanks that an editor does not show it.",
  mangled_names: "Twenty names of the kind that obfuscators write are added.",
  blob: "A long encoded literal is added.",
  runs_text: "Text is run as code, or a program is started.",
  decodes: "Something is decoded at run time.",
  runs_decoded: "What was decoded is run as code.",
  runs_asset: "A program is given a picture, a font or a sound to run.",
  after_export: "A statement stands behind the exported settings of a configuration that tools run.",
};

/** Enough by themselves; nothing ordinary has them. */
const ALONE: ReadonlySet<Indicator> = new Set(["padding", "mangled_names"]);
/** Grave in code by themselves, critical beside another. */
const STRONG: ReadonlySet<Indicator> = new Set(["runs_decoded", "runs_asset"]);

export default textSignal({
  id: "chg-obfuscated-append",
  title: "The change adds code that is hidden from a reader, or made not to be understood",
  version: 48,
  core: true,
  severity: "critical",
  falsePositiveRisk: "low",
  sources: [
    {
      url: "https://github.com/OpenSourceMalware/PolinRider",
      says: "Payloads stood behind hundreds of blanks in configuration files that a build runs, most of them of one kind.",
    },
  ],
  why: "Code that a reviewer cannot read is approved unread, and a configuration runs with every build.",
  benign: [
    "Minified or generated code that was checked in on purpose, which its upstream can confirm.",
    "A fixture with an encoded file in it.",
  ],
  clears: "Add the readable source instead, or name where the generated file comes from and its hash.",
  framing:
    "Only lines the change adds are read. The machine of whoever pushed them may have been compromised, so the finding speaks of the change only.",
  concerns: ({ path, status }) => status !== "removed" && textKind(path) !== "prose",
  inFile,
});

interface Seen {
  readonly indicator: Indicator;
  readonly line: number;
}

function* inFile(file: ChangedFile, found: Graded[]): Steps<void> {
  const seen = new Map<Indicator, Seen>();
  const note = (indicator: Indicator, line: number): void => {
    if (!seen.has(indicator)) seen.set(indicator, { indicator, line });
  };
  const tooMany = mangledNames();
  for (const batch of addedPieces(file)) {
    for (const { line, text } of batch) {
      for (const indicator of obfuscationsIn(text)) note(indicator, line.line);
      if (tooMany(text)) note("mangled_names", line.line);
    }
    yield;
  }
  const behind = isRunConfig(file.path) ? statementAfterExport(file) : null;
  if (behind !== null) note("after_export", behind.line);
  found.push(...weighed(file, [...seen.values()]));
}

/** The gravest of a file's indicators, and those that stand beside it. */
function weighed(file: ChangedFile, seen: readonly Seen[]): readonly Graded[] {
  const severity = severityOf(
    new Set(seen.map(({ indicator }) => indicator)),
    textKind(file.path) === "sample" || isTestFile(file.path) || isVendored(file.path) || isBuilt(file.path),
  );
  if (severity === null) return [];
  return seen.map(({ indicator, line }) => graded(severity, file.path, SAYS[indicator], line));
}

/** Tests hold samples of everything, and what a bundler wrote is dense without meaning harm. */
function severityOf(seen: ReadonlySet<Indicator>, isSample: boolean): Severity | null {
  if ([...ALONE].some((indicator) => seen.has(indicator))) return isSample ? "high" : "critical";
  const strong = [...STRONG].filter((indicator) => seen.has(indicator)).length;
  const isBehind = seen.has("after_export");
  if (strong > 0 && (strong > 1 || seen.has("blob") || isBehind)) return isSample ? "medium" : "critical";
  if (isBehind && (seen.has("blob") || seen.has("decodes") || seen.has("runs_text"))) return "critical";
  if (strong > 0) return isSample ? "low" : "high";
  if (seen.has("blob") && seen.has("decodes") && seen.has("runs_text")) return isSample ? "low" : "high";
  return null;
}

const isBuilt = (path: string): boolean =>
  /\.min\.[cm]?js$|(^|\/)(?:\.yarn\/(?:releases|plugins)|dist|build|bundles?)\//i.test(path);
