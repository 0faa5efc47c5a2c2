import fc from "fast-check";
import { UNAVAILABLE_REASONS, type UnavailableReason } from "../../src/absence.ts";
import { assess, ENGINE } from "../../src/assessment/assess.ts";
import type { Assessment } from "../../src/assessment/assessment.ts";
import { bandRank } from "../../src/assessment/bands.ts";
import { levelRank } from "../../src/assessment/levels.ts";
import { type Dossier, SECTION_NAMES, unavailable } from "../../src/dossier/dossier.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import { defineSignal, fired, type Signal } from "../../src/signals/signal.ts";
import { daysAgo } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { runs } from "../support/rows.ts";
import { anyDossier, asserted, put } from "./any-dossier.ts";
import { dossierOf, manySided, ordinaryChange, stolenDormant, student, veteran } from "./dossiers.ts";

const stories = [
  ordinaryChange,
  manySided,
  { ...ordinaryChange, ...veteran },
  { ...ordinaryChange, ...student },
  stolenDormant,
].map((sections) => dossierOf(sections));
const dossiers = fc.oneof(anyDossier, fc.constantFrom(...stories));

const failures = (Object.keys(UNAVAILABLE_REASONS) as UnavailableReason[]).filter(
  (reason) => reason !== "not_requested",
);
const without = (dossier: Dossier, names: readonly string[], reason: UnavailableReason): Dossier => ({
  ...dossier,
  sections: Object.fromEntries(
    Object.entries(dossier.sections).map(([name, section]) => [
      name,
      names.includes(name) && section.state === "present" ? unavailable(reason) : section,
    ]),
  ) as Dossier["sections"],
});

/** Everything that must not rise. */
const heights = ({ persona, change, access, queue, coverage }: Assessment): readonly number[] => [
  persona.bits,
  persona.hardBits,
  bandRank(persona.band),
  levelRank(change.level),
  levelRank(access.level),
  queue.bits,
  coverage.total,
];

test("unknown: taking sections away never raises P, C, X, the queue or the coverage", () => {
  fc.assert(
    fc.property(
      dossiers,
      fc.subarray([...SECTION_NAMES], { minLength: 1 }),
      fc.constantFrom(...failures),
      (dossier, names, reason) => {
        const before = heights(assess(dossier));
        const after = heights(assess(without(dossier, names, reason)));
        for (const [index, height] of after.entries()) expect(height).toBeLessThanOrEqual(before[index] ?? 0);
      },
    ),
    { numRuns: runs(600) },
  );
});

test("unknown: merges that name nobody raise nothing above merges by any number of people", () => {
  const record = { mergedCount: 9, firstContactAt: daysAgo(900) };
  fc.assert(
    fc.property(dossiers, fc.nat(4), (dossier, mergerCount) => {
      const known = heights(assess(put(dossier, "access.recordHere", { ...record, mergerCount })));
      for (const unknown of [
        { mergerCount: null },
        { mergerCount: Math.min(mergerCount, 1), mergersUnseen: true as const },
      ])
        for (const [index, height] of heights(
          assess(put(dossier, "access.recordHere", { ...record, ...unknown })),
        ).entries())
          expect(height).toBeLessThanOrEqual(known[index] ?? 0);
    }),
    { numRuns: runs(300) },
  );
});

test("unknown: why a section is missing makes no difference to any score", () => {
  fc.assert(
    fc.property(
      dossiers,
      fc.constantFrom(...SECTION_NAMES),
      fc.constantFrom(...failures),
      fc.constantFrom(...failures),
      (dossier, name, one, other) => {
        expect(heights(assess(without(dossier, [name], one)))).toEqual(
          heights(assess(without(dossier, [name], other))),
        );
      },
    ),
  );
});

test("monotony: a vouch, a record here or single sign-on never raises P", () => {
  fc.assert(
    fc.property(anyDossier, (dossier) => {
      const plain = assess(dossier).persona;
      for (const credited of [asserted.vouched(dossier), asserted.recordHere(dossier), asserted.signedOn(dossier)]) {
        const { bits, band } = assess(credited).persona;
        expect(bits).toBeLessThanOrEqual(plain.bits);
        expect(bandRank(band)).toBeLessThanOrEqual(bandRank(plain.band));
      }
    }),
  );
});

test("monotony: a vouch makes nobody better known, so that it raises nothing that was too little to say", () => {
  fc.assert(
    fc.property(anyDossier, (dossier) => {
      const vouched = assess(asserted.vouched(dossier)).coverage;
      expect(vouched).toEqual(assess(dossier).coverage);
    }),
  );
});

test("monotony: credits take off soft bits only, and never touch C or X", () => {
  fc.assert(
    fc.property(anyDossier, (dossier) => {
      const plain = assess(dossier);
      const credited = assess(asserted.vouched(dossier));
      expect(credited.persona.bits).toBeGreaterThanOrEqual(plain.persona.hardBits);
      expect([credited.change, credited.access, credited.persona.hardBits]).toEqual([
        plain.change,
        plain.access,
        plain.persona.hardBits,
      ]);
    }),
  );
});

test("framing: a signal whose evidence third parties can write adds exactly 0", () => {
  const writable: Signal = defineSignal({
    ...(CATALOG.find(({ id }) => id === "hist-impossible-timestamps") as Signal),
    id: "hist-written-by-others",
    weight: 6,
    needs: [],
    detect: () => fired([{ fact: "Somebody wrote this about the account.", tier: "TP" }]),
  });
  fc.assert(
    fc.property(dossiers, (dossier) => {
      const { persona } = assess(dossier, { signals: [...CATALOG, writable] });
      const plain = assess(dossier).persona;
      expect([persona.bits, persona.hardBits, persona.families]).toEqual([plain.bits, plain.hardBits, plain.families]);
    }),
  );
});

test("determinism: the same dossier gives the same bytes, in whatever order the signals run", () => {
  fc.assert(
    fc.property(dossiers, fc.shuffledSubarray([...CATALOG], { minLength: CATALOG.length }), (dossier, signals) => {
      const bytes = JSON.stringify(assess(dossier));
      expect(JSON.stringify(assess(structuredClone(dossier)))).toBe(bytes);
      expect(JSON.stringify(assess(dossier, { signals }))).toBe(bytes);
    }),
  );
});

test("declared sections: no signal reads a section that it does not declare", () => {
  const undeclared = new Set<string>();
  const watched = CATALOG.map(
    (signal): Signal => ({
      ...signal,
      detect: (facts) =>
        signal.detect(
          new Proxy(facts, {
            get(target, key, receiver) {
              const declared: readonly unknown[] = [
                ...signal.needs,
                ...(signal.needsOneOf ?? []),
                ...(signal.uses ?? []),
                "asOf",
                "subjectId",
                "thresholds",
              ];
              if (!declared.includes(key)) undeclared.add(`${signal.id} ${String(key)}`);
              return Reflect.get(target, key, receiver);
            },
          }),
        ),
    }),
  );
  fc.assert(fc.property(dossiers, (dossier) => void assess(dossier, { signals: watched })));
  expect([...undeclared]).toEqual([]);
});

test("engine: its version names the catalogue", () => {
  expect(assess(dossierOf({})).engine).toBe(ENGINE);
  expect(ENGINE).toMatch(/^1-[0-9a-f]{12}$/);
});

test("change: who opened it never moves how grave it is, only whom the report sends there", () => {
  const isOfChange = (name: string): boolean => name.startsWith("change.");
  fc.assert(
    fc.property(dossiers, dossiers, (dossier, other) => {
      const sections = Object.fromEntries(
        SECTION_NAMES.map((name) => [name, (isOfChange(name) ? dossier : other).sections[name]]),
      ) as Dossier["sections"];
      const subject = { ...other.subject, kind: "user" } as const;
      const onChange = ({ findings }: Assessment) => findings.filter(({ axis }) => axis === "C");
      const before = assess({ ...dossier, asOf: other.asOf, subject });
      const after = assess({ ...dossier, asOf: other.asOf, subject, sections });
      expect(after.change).toEqual(before.change);
      expect(onChange(after).map(({ severity }) => severity)).toEqual(onChange(before).map(({ severity }) => severity));
    }),
    { numRuns: runs(300) },
  );
});
