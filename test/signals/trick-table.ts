import type { Finding } from "../../src/assessment/assessment.ts";
import { isSeldomRead, isUnseen } from "../../src/change/diff/lines.ts";
import { rankOf, type Severity } from "../../src/change/severity.ts";
import type { Vector } from "./vector.ts";

/** How one row of a trick table came out, by the level that it should have. */
export type Ending =
  | "in its level"
  | "low but fired"
  | "too loud"
  | "nothing fired"
  | "said not looked at"
  | "unread yet low";

const ENDINGS = [
  "in its level",
  "low but fired",
  "too loud",
  "nothing fired",
  "said not looked at",
  "unread yet low",
] as const;

const rank = (severity: Severity | null): number => (severity === null ? -1 : rankOf(severity));

/** What a row came to. A file without its text that nothing is said of is the one ending that must not be. */
export function endingOf(
  { given, wanted = null }: Pick<Vector, "given" | "wanted">,
  finding: Finding | undefined,
): Ending {
  const got = finding?.outcome === "fired" ? (finding.severity ?? "low") : null;
  const silent = finding === undefined || (finding.outcome === "clear" && finding.unknownBecause === null);
  const unread =
    wanted !== null && (given["change.files"]?.files.some((file) => isUnseen(file) && !isSeldomRead(file)) ?? false);
  if (unread && silent) return "unread yet low";
  if (got !== null && got === wanted) return "in its level";
  if (got !== null) return rank(got) > rank(wanted) ? "too loud" : "low but fired";
  if (finding?.outcome === "unknown" || finding?.unknownBecause)
    return wanted === null ? "in its level" : "said not looked at";
  return wanted === null ? "in its level" : "nothing fired";
}

/** One line a signal, as wide as its longest cell. */
export function trickTable(counted: ReadonlyMap<string, readonly Ending[]>): string {
  const rows = [...counted].map(([signal, endings]) => [
    signal,
    `${endings.length}`,
    ...ENDINGS.map((ending) => `${endings.filter((each) => each === ending).length}`),
  ]);
  const table = [["signal", "tried", ...ENDINGS], ...rows];
  const widths = table[0]?.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | "),
    )
    .join("\n");
}
