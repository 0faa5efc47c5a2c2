import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { assess } from "../../src/assessment/assess.ts";
import { dossier, present } from "../../src/dossier/dossier.ts";
import type { SectionName, SectionTypes } from "../../src/dossier/facts.ts";
import { accountId } from "../../src/ids.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import { DEFAULT_THRESHOLDS } from "../../src/signals/thresholds.ts";
import { expect, test } from "../support/jest.ts";
import { NOW, SUBJECT } from "./given.ts";
import { type Ending, endingOf, trickTable } from "./trick-table.ts";
import type { Vector } from "./vector.ts";

const folder = import.meta.dirname;
const paths = globSync("*/*.vectors.ts", { cwd: folder }).sort();
const loaded = await Promise.all(
  paths.map(async (path): Promise<readonly [string, readonly Vector[]]> => {
    const module: { readonly default: readonly Vector[] } = await import(join(folder, path));
    return [basename(path, ".vectors.ts"), module.default];
  }),
);

const cases = loaded.flatMap(([id, vectors]) =>
  vectors.map((vector): [string, string, Vector] => [id, vector.when, vector]),
);

/** How the rows of trick tables came out, as they are judged below. */
const endings = new Map<string, Ending[]>();

test.each(cases)("%s: %s", (id, _when, { given, subjectId = SUBJECT, thresholds, expect: expected, wanted }) => {
  const signal = CATALOG.find((each) => each.id === id);
  if (!signal) throw new Error(`${id} is not in the catalogue`);
  const sections = Object.entries(given).map(([name, value]) => [name as SectionName, present(value, NOW)]);
  const subject = { accountId: subjectId === null ? null : accountId(subjectId), kind: "user" as const };
  const { findings } = assess(dossier({ asOf: NOW, subject }, Object.fromEntries(sections)), {
    signals: [signal],
    thresholds: { ...DEFAULT_THRESHOLDS, ...thresholds },
  });
  const [finding] = findings;
  if (wanted !== undefined) endings.set(id, [...(endings.get(id) ?? []), endingOf({ given, wanted }, finding)]);
  expect(finding?.outcome).toBe(expected.outcome);
  if (expected.strength !== undefined) expect(finding?.strength).toBeCloseTo(expected.strength, 2);
  if (expected.severity !== undefined) expect(finding?.severity).toBe(expected.severity);
  if (expected.soft !== undefined) expect(finding?.hard).toBe(!expected.soft);
  if (expected.line !== undefined) expect(finding?.evidence[0]?.place?.line).toBe(expected.line);
  if (expected.evidenceCount !== undefined) expect(finding?.evidence).toHaveLength(expected.evidenceCount);
  if (expected.fact !== undefined) expect(finding?.evidence[0]?.fact).toBe(expected.fact);
  if (expected.commit !== undefined) expect(finding?.evidence[0]?.commit).toBe(expected.commit);
  if (expected.at !== undefined)
    expect(detected(signal, { given, subjectId, ...(thresholds && { thresholds }) })).toHaveProperty("at", expected.at);
  if (expected.bits !== undefined) expect(finding?.bits).toBe(expected.bits);
  expect(finding?.evidenceLeftOut).toBe(expected.leftOut ?? 0);
  if (expected.unseen !== undefined || expected.outcome !== "unknown")
    expect(finding?.unknownBecause).toBe(expected.unseen ?? null);
});

/** What the signal itself answers. */
function detected(
  signal: (typeof CATALOG)[number],
  { given, subjectId = SUBJECT, thresholds }: Pick<Vector, "given" | "subjectId" | "thresholds">,
): ReturnType<typeof signal.detect> {
  return signal.detect({
    ...(given as SectionTypes),
    asOf: NOW,
    subjectId,
    thresholds: { ...DEFAULT_THRESHOLDS, ...thresholds },
  });
}

test("vectors: every signal whose bits fade has one that says from when", () => {
  const silent = CATALOG.filter(({ halfLifeDays }) => halfLifeDays !== null).filter((signal) => {
    const vectors = loaded.find(([id]) => id === signal.id)?.[1] ?? [];
    return !vectors.some((vector) => {
      if (vector.expect.outcome !== "fired") return false;
      const found = detected(signal, vector);
      return found.outcome === "fired" && found.at !== null;
    });
  });
  expect(silent.map(({ id }) => id)).toEqual([]);
});

test("vectors: every signal has one that fires, an innocent look-alike that does not, a boundary pair, and a sentence", () => {
  const lacking = CATALOG.flatMap(({ id }) => {
    const vectors = loaded.find(([each]) => each === id)?.[1] ?? [];
    const outcomes = (kind: Vector["kind"]): readonly string[] =>
      vectors.filter((vector) => vector.kind === kind).map(({ expect: { outcome } }) => outcome);
    const complete =
      outcomes("fires").includes("fired") &&
      outcomes("look_alike").length > 0 &&
      outcomes("boundary").length >= 2 &&
      vectors.some(({ expect: { fact } }) => fact !== undefined);
    return complete ? [] : [id];
  });
  expect(lacking).toEqual([]);
});

test("tricks: of every signal at least 95 in 100 are caught in their level, and nothing unread is called low", () => {
  process.stdout.write(`\n${trickTable(new Map([...endings].toSorted()))}\n\n`);
  const short = [...endings].filter(
    ([, rows]) => rows.filter((ending) => ending === "in its level").length < rows.length * 0.95,
  );
  expect(short.map(([id]) => id)).toEqual([]);
  expect([...endings].filter(([, rows]) => rows.includes("unread yet low")).map(([id]) => id)).toEqual([]);
});

test("tricks: every signal about the change has a table of forty and more", () => {
  const aboutTheChange = paths
    .filter((path) => path.startsWith("change/") || path.includes("beh-thread-pressure"))
    .map((path) => basename(path, ".vectors.ts"));
  expect(aboutTheChange.length).toBeGreaterThanOrEqual(20);
  // One that its template has just made is at its first version.
  const isNew = (id: string): boolean => CATALOG.find((signal) => signal.id === id)?.version === 1;
  const few = aboutTheChange.filter((id) => !isNew(id) && (endings.get(id)?.length ?? 0) < 40);
  expect(few).toEqual([]);
});
