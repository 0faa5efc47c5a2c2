import type { ChangedFile } from "../../src/change/change.ts";
import type { Severity } from "../../src/signals/signal.ts";
import { file, filesOf } from "./given.ts";
import type { Vector } from "./vector.ts";

/** One way to hide something, or something ordinary that looks like it (`null`): what, the changed files, the level. */
export type Trick = readonly [when: string, files: ChangedFile | readonly ChangedFile[], level: Severity | null];

/** Rows of a trick table as vectors. */
export const tricks = (rows: readonly Trick[]): readonly Vector[] =>
  rows.map(([when, files, level]) => ({
    kind: level === null || level === "low" ? "look_alike" : "fires",
    when,
    given: { "change.files": filesOf(...[files].flat()) },
    expect: level === null ? { outcome: "clear" } : { outcome: "fired", severity: level },
  }));

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
