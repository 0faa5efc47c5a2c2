import { assess } from "../../src/assessment/assess.ts";
import type { Assessment } from "../../src/assessment/assessment.ts";
import { bandRank } from "../../src/assessment/bands.ts";
import { unavailable } from "../../src/dossier/dossier.ts";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import { daysAgo } from "../signals/given.ts";
import {
  batch,
  bridge,
  cadence,
  continuity,
  dates,
  identity,
  origin,
  predating,
  ref,
  replaced,
  shared,
  sharer,
} from "../signals/given-traces.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, ordinaryChange, student } from "./dossiers.ts";

const pushed = [ref(400, { attested: true })];
const base = { ...ordinaryChange, ...student };
const told = (assessment: Assessment): readonly string[] => assessment.persona.mitigations.map(({ id }) => id);
const isBelowReview = ({ persona }: Assessment): boolean => bandRank(persona.band) < bandRank("review");

/** Twelve years of work in seven repositories, pushed on one day, with references to the forge it was on. */
const migrator: Partial<SectionTypes> = {
  ...base,
  ...identity(),
  ...dates({
    batches: Array.from({ length: 7 }, (_, index) => batch(index + 1, 15)),
    predating: predating(95, { repositoryCount: 7, repositoriesRead: 7, refs: pushed }),
  }),
  ...origin(
    { impossibleReferenceCount: 40, referenceRefs: pushed },
    { impossibleReferenceCount: 25, referenceRefs: pushed },
  ),
};
const painted = cadence({
  sameTimeShare: 0.3,
  sameTimeCount: 45,
  sameGapShare: 0.2,
  sameGapCount: 30,
  sameTimeRefs: pushed,
});

test("B3, a migrator who declares nothing, seven repositories: the move is one observation, and no review", () => {
  const assessment = assess(dossierOf(migrator));
  expect(assessment.persona.families).toMatchObject([{ family: "history", bits: 5.457 }]);
  expect(told(assessment)).toEqual(["m5"]);
  expect(assessment.persona.bits).toBe(1.5);
  expect(isBelowReview(assessment)).toBe(true);
});

test("M2, fabricated history: the same pushes with a painted cadence are not explained by a move", () => {
  const traces = migrator["history.dates"] as SectionTypes["history.dates"];
  const { "history.origin": _, ...fabricated } = migrator;
  const assessment = assess(dossierOf({ ...fabricated, "history.dates": { ...traces, cadence: painted } }));
  expect(told(assessment)).toEqual([]);
  expect(assessment.persona.bits).toBe(5.394);
  expect(assessment.persona.band).toBe("review");
});

test("M3, a portfolio of copies: snapshots that others hold are not explained by a move", () => {
  const copies = [{ repository: 1, equalTreeCount: 5, foreignRepository: 99, refs: pushed }];
  const scan = { repositories: [], copies, requests: 9, points: 9, seconds: 9 };
  const assessment = assess(dossierOf({ ...migrator, "history.scan": scan }));
  expect(told(assessment)).toEqual([]);
  expect(assessment.persona.band).toBe("review");
});

/** In use at the same time for years: so many machines, and two keys. */
const workplace = (machineCount: number, apart = 0): SectionTypes["history.pictures"] => ({
  hours: Array.from({ length: 7 }, () => Array(24).fill(0)),
  weeks: [],
  identities: Array.from({ length: machineCount }, (_, index) => ({
    kind: "machine" as const,
    label: `machine ${index + 1}`,
    firstAt: daysAgo(900 - index * (apart || 10)),
    lastAt: daysAgo(apart === 0 ? 5 : 900 - (index + 1) * apart),
    commitCount: 80,
  })),
});
const releases: Partial<SectionTypes> = {
  ...base,
  ...identity({
    sharedMachines: [
      {
        ...shared(40, [sharer("unrelated", 30, { firstDaysAgo: 800 }), sharer("unrelated", 20, { firstDaysAgo: 700 })]),
        refs: pushed,
      },
    ],
    bridges: Array.from({ length: 3 }, () => bridge({ acted: false, refs: pushed })),
    rotations: [{ unrelatedCount: 4, alternates: true, refs: pushed }],
    clockJumps: { count: 4, refs: pushed },
  }),
  ...dates({ cadence: cadence({ sameTimeShare: 0.3, sameTimeCount: 45, sameTimeRefs: pushed }) }),
  ...continuity((["addresses", "key", "machine", "clock"] as const).map((tie) => replaced(tie, { refs: pushed }))),
  "account.keys": { keys: [800, 700].map((days) => ({ kind: "gpg", createdAt: daysAgo(days) })) },
};

test("B5, a shared release account: the route is named, and no review", () => {
  const assessment = assess(dossierOf({ ...releases, "history.pictures": workplace(6) }));
  expect(assessment.label).toBe("shared_automation");
  expect(told(assessment)).toEqual(["m6"]);
  expect(assessment.persona.bits).toBeGreaterThan(3);
  expect(isBelowReview(assessment)).toBe(true);
});

test.each([
  ["one machine after the other, as operators that replace each other", workplace(6, 150), releases["account.keys"]],
  ["three machines, as one person has", workplace(3), releases["account.keys"]],
  ["one key", workplace(6), { keys: [{ kind: "gpg" as const, createdAt: daysAgo(800) }] }],
])("B5's counterpart with %s: review, and no route", (_, pictures, keys) => {
  const assessment = assess(
    dossierOf({ ...releases, "history.pictures": pictures, "account.keys": keys ?? { keys: [] } }),
  );
  expect(assessment.label).not.toBe("shared_automation");
  expect(told(assessment)).toEqual([]);
  expect(assessment.persona.band).toBe("review");
});

test("B5 with keys or machines that could not be read: no higher, and no route from what nobody saw", () => {
  const seen = dossierOf({ ...releases, "history.pictures": workplace(6) });
  for (const name of ["account.keys", "history.pictures"] as const) {
    const assessment = assess({ ...seen, sections: { ...seen.sections, [name]: unavailable("upstream_error") } });
    expect(assessment.persona.bits).toBeLessThanOrEqual(assess(seen).persona.bits);
    expect(assessment.label).not.toBe("shared_automation");
  }
});

test("M4, a team behind personas: hard evidence and other identities stay whatever machines the commits name", () => {
  const team = {
    ...releases,
    ...identity({
      ...(releases["history.identity"] as SectionTypes["history.identity"]),
      sharedKeys: [
        { ...shared(40, [sharer("unrelated", 30, { firstDaysAgo: 800, acrossOwners: true })]), refs: pushed },
      ],
    }),
    "history.pictures": workplace(6),
  };
  const { persona } = assess(dossierOf(team));
  expect(persona.hardBits).toBeGreaterThan(0);
  expect(bandRank(persona.band)).toBeGreaterThanOrEqual(bandRank("review"));
});

test("read by the API in part, and nobody asked for keys: pictures that fail raise nothing above pictures in part", () => {
  const repository = { repository: 1, state: "skipped", because: "incomplete", commitCount: 0, byteCount: 0 } as const;
  const scan = { copies: null, requests: 9, points: 9, seconds: 9 };
  const { "account.keys": _, ...unasked } = releases;
  const seen = dossierOf({
    ...unasked,
    "history.pictures": workplace(1),
    "history.scan": { by: "api", repositories: [{ ...repository, cached: false, attested: false }], ...scan },
  });
  const failed = { ...seen, sections: { ...seen.sections, "history.pictures": unavailable("not_found") } };
  expect(assess(failed).persona.bits).toBeLessThanOrEqual(assess(seen).persona.bits);
});

test("read by the API in part: what was not found counts as not looked at, and costs nobody a credit", () => {
  const scanned = (by: "git" | "api", because: "incomplete" | "empty"): Partial<SectionTypes> => ({
    "history.scan": {
      by,
      repositories: [
        { repository: 1, state: "skipped", because, commitCount: 0, byteCount: 0, cached: false, attested: false },
      ],
      copies: null,
      ...{ requests: 9, points: 9, seconds: 9 },
    },
  });
  const outcomes = (sections: Partial<SectionTypes>) =>
    assess(dossierOf(sections)).findings.filter(({ signal }) => signal === "id-signing-key-shared");
  const whole = assess(dossierOf({ ...releases, "history.pictures": workplace(1), ...scanned("api", "empty") }));
  const part = assess(dossierOf({ ...releases, "history.pictures": workplace(1), ...scanned("api", "incomplete") }));
  expect(told(whole)).toEqual([]);
  expect(part.persona.bits).toBeLessThan(whole.persona.bits);
  expect(part.coverage.total).toBeLessThan(whole.coverage.total);
  expect(outcomes({ ...releases, ...scanned("git", "incomplete") })).toMatchObject([{ outcome: "clear" }]);
  expect(outcomes({ ...releases, ...scanned("api", "incomplete") })).toMatchObject([{ outcome: "unknown" }]);
});
