import fc from "fast-check";
import { assess } from "../../src/assessment/assess.ts";
import type { Dossier } from "../../src/dossier/dossier.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import { changed } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { runs } from "../support/rows.ts";
import { anyDossier } from "./any-dossier.ts";
import { dossierOf, manySided, ordinaryChange, stolenDormant, student, veteran } from "./dossiers.ts";

/**
 * Lists whose order is part of what they say: lines of a patch stand under each other, the first parent of a commit is
 * the one it builds on, and rows and columns of the week's picture are its days and hours.
 */
const ORDERED: ReadonlySet<string> = new Set(["hunks", "lines", "parentOids", "hours"]);

/** The value with every other list in it in an order drawn by `draw`, which gives numbers below its argument. */
function shuffled(value: unknown, draw: (below: number) => number, key = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((each) => shuffled(each, draw, key));
    if (ORDERED.has(key)) return items;
    for (let last = items.length - 1; last > 0; last--) {
      const other = draw(last + 1);
      [items[last], items[other]] = [items[other], items[last]];
    }
    return items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shuffled(each, draw, name)]));
}

/** Numbers that follow from the seed alone. */
function draws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const inOtherOrder = (dossier: Dossier, seed: number): Dossier => ({
  ...dossier,
  sections: shuffled(dossier.sections, draws(seed)) as Dossier["sections"],
});

const stories = [
  manySided,
  { ...ordinaryChange, ...veteran },
  { ...ordinaryChange, ...student },
  { ...ordinaryChange, ...stolenDormant },
].map((sections) => dossierOf(sections));
const dossiers = fc.oneof({ weight: 6, arbitrary: anyDossier }, { weight: 1, arbitrary: fc.constantFrom(...stories) });

test.each(CATALOG.map(({ id }) => id))("order: %s answers the same whatever the order of any list", (id) => {
  const signals = CATALOG.filter((signal) => signal.id === id);
  fc.assert(
    fc.property(dossiers, fc.nat(), (dossier, seed) => {
      const [found] = assess(dossier, { signals }).findings;
      expect(assess(inOtherOrder(dossier, seed), { signals }).findings[0]).toEqual(found);
    }),
    { numRuns: runs(300) },
  );
});

test("order: the assessment has the same bytes whatever the order of any list", () => {
  fc.assert(
    fc.property(dossiers, fc.nat(), (dossier, seed) => {
      expect(JSON.stringify(assess(inOtherOrder(dossier, seed)))).toBe(JSON.stringify(assess(dossier)));
    }),
    { numRuns: runs(300) },
  );
});

test.each([
  [".github/workflows/", "chg-workflow-privilege"],
  [".vscode/", "chg-editor-autorun"],
])("order: which files of %s are too many to read does not hang on how they are listed", (folder, id) => {
  const path = (index: number): string =>
    folder === ".vscode/" ? `${index}/${folder}tasks.json` : `${folder}${index}.yml`;
  const files = Array.from({ length: 6 }, (_, index) => [path(index), ["#".repeat(60_000)]]);
  const signals = CATALOG.filter((signal) => signal.id === id);
  const [listed, reversed] = [files, files.toReversed()].map(
    (each) => assess(dossierOf({ "change.files": changed(Object.fromEntries(each)) }), { signals }).findings,
  );
  expect(listed?.[0]?.outcome).toBe("fired");
  expect(reversed).toEqual(listed);
});

test("order: the shuffle moves what may move, and nothing else", () => {
  const lists = { recent: [1, 2, 3, 4, 5, 6, 7, 8], hunks: [{ lines: [1, 2, 3] }, { lines: [4, 5, 6] }] };
  const moved = shuffled(lists, draws(7)) as typeof lists;
  expect(moved.recent).not.toEqual(lists.recent);
  expect(moved.recent.toSorted()).toEqual(lists.recent);
  expect(moved.hunks).toEqual(lists.hunks);
});
