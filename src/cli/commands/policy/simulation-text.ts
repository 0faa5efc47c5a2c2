import type { Aspect } from "../../../flows/under-policy.ts";
import { table } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";
import { BAND_WORDS, LEVEL_WORDS } from "../../words.ts";
import type { Simulation } from "./tally.ts";

const TITLES: Readonly<Record<Aspect, string>> = {
  account: "Account",
  change: "Change",
  access: "Access",
  flag: "Flagged here",
  check_run: "Check run",
  change_findings: "Findings beside lines",
  label: "Label",
  deep_scan: "Deep scan by git",
};

const WORDS: Readonly<Record<string, string>> = {
  yes: "yes",
  no: "no",
  not_known: "not known: not kept with it",
  not_assessed: "not assessed: a bot that is skipped",
};

/** What would end differently, in counts. */
export function simulationText(
  { lookedAt, withoutDossier, differing, rows }: Simulation,
  { tried, compared }: { readonly tried: string; readonly compared: string },
): string {
  const cells = rows.map(({ aspect, value, before, after }, at) => [
    rows[at - 1]?.aspect === aspect ? "" : TITLES[aspect],
    wordOf(aspect, value),
    String(before),
    String(after),
    before === after ? "" : "differs",
  ]);
  const without = withoutDossier === 0 ? "" : `, ${withoutDossier} of them as they were weighed then`;
  return `${[
    ...paragraph(`${tried}, compared with ${compared}`, ""),
    ...paragraph(`${lookedAt} looked at again${without}`, ""),
    ...(lookedAt === 0 ? [] : ["", ...table(COLUMNS, cells)]),
    "",
    differing === 0 ? "Nothing would end differently." : `${differing} of ${lookedAt} would end differently.`,
  ].join("\n")}\n`;
}

const COLUMNS = [
  { title: "", maxWidth: 17 },
  { title: "", maxWidth: 36 },
  { title: "BEFORE", maxWidth: 7, align: "right" },
  { title: "AFTER", maxWidth: 7, align: "right" },
  { title: "", maxWidth: 7 },
] as const;

const BANDS: Readonly<Record<string, string>> = BAND_WORDS;
const LEVELS: Readonly<Record<string, string>> = LEVEL_WORDS;

const wordOf = (aspect: Aspect, value: string): string =>
  WORDS[value] ?? (aspect === "account" ? BANDS[value] : LEVELS[value]) ?? value;
