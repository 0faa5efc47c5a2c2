import fc from "fast-check";
import { assess } from "../../src/assessment/assess.ts";
import type { Dossier } from "../../src/dossier/dossier.ts";
import { expect, test } from "../support/jest.ts";
import { anyDossier } from "./any-dossier.ts";
import { dossierOf, manySided, ordinaryChange, stolenDormant, student, veteran } from "./dossiers.ts";

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const DAY_MS = 86_400_000;

/** The value with every moment in it so many days later. */
function later(value: unknown, days: number): unknown {
  if (typeof value === "string")
    return INSTANT.test(value) ? new Date(Date.parse(value) + days * DAY_MS).toISOString() : value;
  if (Array.isArray(value)) return value.map((each) => later(each, days));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, later(each, days)]));
}

/** What was found, apart from the moments themselves and the sentences that may name them. */
const foundIn = (dossier: Dossier) => {
  const { persona, change, access, queue, findings } = assess(dossier);
  return {
    ...{ persona, change, access, queue },
    findings: findings.map(({ signal, outcome, strength, bits, severity }) => [
      signal,
      outcome,
      strength,
      bits,
      severity,
    ]),
  };
};

const stories = [
  manySided,
  { ...ordinaryChange, ...veteran },
  { ...ordinaryChange, ...student },
  { ...ordinaryChange, ...stolenDormant },
].map((sections) => dossierOf(sections));
const dossiers = fc.oneof({ weight: 6, arbitrary: anyDossier }, { weight: 1, arbitrary: fc.constantFrom(...stories) });

test("shift: with all moments later or earlier by the same days the same is found", () => {
  fc.assert(
    fc.property(dossiers, fc.integer({ min: -300, max: 300 }), (dossier, days) => {
      expect(foundIn(later(dossier, days) as Dossier)).toEqual(foundIn(dossier));
    }),
    { numRuns: 150 },
  );
});
