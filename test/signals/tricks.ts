import type { ChangedFile } from "../../src/change/change.ts";
import type { Severity } from "../../src/change/severity.ts";
import { file, filesOf } from "./given.ts";
import type { Vector } from "./vector.ts";

/** One way to hide something, or something ordinary that looks like it (`null`): what, the changed files, the level. */
export type Trick = readonly [when: string, files: ChangedFile | readonly ChangedFile[], level: Severity | null];

/** Rows of a trick table as vectors. */
export const tricks = (rows: readonly Trick[]): readonly Vector[] => tricksOn(inFiles, rows);

/** Rows about something other than files: `given` makes of the second cell what the signal is given. */
export const tricksOn = <Cell>(
  given: (cell: Cell) => Vector["given"],
  rows: readonly (readonly [when: string, cell: Cell, level: Severity | null])[],
): readonly Vector[] =>
  rows.map(([when, cell, level]) => ({
    kind: level === null || level === "low" ? "look_alike" : "fires",
    when,
    given: given(cell),
    expect: level === null ? { outcome: "clear" } : { outcome: "fired", severity: level },
    wanted: level,
  }));

const inFiles = (files: Trick[1]): Vector["given"] => ({ "change.files": filesOf(...[files].flat()) });

/** Rows of a table with what is answered today in place of the level that they should have: the table counts a miss. */
export const missed = (rows: readonly Vector[], today: Vector["expect"]): readonly Vector[] =>
  rows.map((vector) => ({ ...vector, kind: "look_alike", expect: today }));

/** Two rows on both sides of a threshold. */
export const boundary = (...rows: readonly [Trick, Trick]): readonly Vector[] =>
  tricks(rows).map((vector) => ({ ...vector, kind: "boundary" }));

/** A row with the sentence it says. */
export const saying = (row: Trick, fact: string): readonly Vector[] =>
  tricks([row]).map((vector) => ({ ...vector, expect: { ...vector.expect, fact } }));

/** A new file of these lines. */
export const added = (path: string, lines: readonly string[] | string, more: Partial<ChangedFile> = {}): ChangedFile =>
  file(
    path,
    [lines].flat().map((text) => `+${text}`),
    more,
  );

/** A changed file: lines in diff form. */
export const edited = (path: string, ...lines: readonly string[]): ChangedFile => file(path, lines);
