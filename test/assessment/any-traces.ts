import fc from "fast-check";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import type { ScanSummary } from "../../src/history/traces/scan.ts";
import { daysAgo } from "../signals/given.ts";

const instant = fc.integer({ min: -5, max: 4_000 }).map(daysAgo);
const count = fc.nat(120);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const ref = fc.record({ commit: fc.constantFrom("a1", "b2", "c3"), at: instant, attested: fc.boolean() });
const refs = fc.array(ref, { minLength: 1, maxLength: 3 });
const relation = fc.constantFrom("same" as const, "related" as const, "unrelated" as const, "unknown" as const);
const others = fc.array(fc.record({ relation, commitCount: count, firstAt: instant, acrossOwners: fc.boolean() }), {
  minLength: 1,
  maxLength: 3,
});
const use = { commitCount: count, firstAt: instant, others, refs };
const shared = fc.array(fc.record(use), { maxLength: 2 });
const sharedKeys = fc.array(fc.record({ ...use, verified: fc.boolean() }), { maxLength: 2 });
const continuity = ["addresses", "key", "machine", "clock"] as const;

const returnDays = fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: null });

/** A repository that the API did not give whole: what was not found may be in it. */
const SKIPPED: ScanSummary["repositories"][number] = {
  ...{ repository: 1, commitCount: 0, byteCount: 0, cached: false, attested: false },
  state: "skipped",
  because: "incomplete",
};

type HistoryName = Extract<keyof SectionTypes, `history.${string}`>;

/** Any traces that a reading of histories could leave. */
export const historySections: { readonly [Name in HistoryName]: fc.Arbitrary<SectionTypes[Name]> } = {
  "history.identity": fc.record({
    commitCount: count,
    localCount: count,
    spanDays: count,
    sharedKeys,
    sharedMachines: shared,
    bridges: fc.array(
      fc.record({
        relation,
        commitCount: count,
        repositoryCount: fc.nat(4),
        interleaved: fc.boolean(),
        acted: fc.option(fc.boolean(), { nil: null }),
        refs,
      }),
      { maxLength: 4 },
    ),
    rotations: fc.array(
      fc.oneof(
        fc.record({
          names: fc.array(fc.record({ commitCount: count, returnDays, ref: fc.option(ref, { nil: null }) }), {
            minLength: 3,
            maxLength: 6,
          }),
        }),
        fc.record({ unrelatedCount: fc.integer({ min: 3, max: 6 }), alternates: fc.boolean(), refs }),
      ),
      { maxLength: 2 },
    ),
    renames: fc.array(fc.record({ at: instant, ref }), { maxLength: 5 }),
    clockJumps: fc.record({ count: fc.nat(9), refs }),
  }),
  "history.dates": fc.record({
    linearCount: count,
    impossible: fc.record({
      count: fc.nat(15),
      repositoryCount: fc.nat(4),
      refs: fc.array(
        ref.chain((each) =>
          fc
            .constantFrom("before_parent" as const, "author_after_commit" as const, "after_receipt" as const)
            .map((kind) => ({ ...each, kind })),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    cadence: fc.record({
      commitCount: count,
      sameTimeShare: share,
      sameTimeCount: count,
      sameGapShare: share,
      sameGapCount: count,
      declared: fc.boolean(),
      sameTimeRefs: refs,
      sameGapRefs: refs,
    }),
    predating: fc.option(
      fc.oneof(
        fc.record({
          commitCount: count,
          repositoriesRead: fc.nat(10),
          before: fc.array(fc.record({ repository: fc.nat(9), months: fc.nat(24), commitCount: count }), {
            maxLength: 6,
          }),
          refs,
        }),
        fc.record({
          commitCount: count,
          predatingCount: count,
          repositoryCount: fc.nat(5),
          repositoriesRead: fc.nat(10),
          refs,
        }),
      ),
      { nil: null },
    ),
    batches: fc.array(
      fc.record({
        by: fc.constantFrom("server" as const, "committer_clock" as const),
        at: instant,
        dayCount: count,
        spanDays: fc.nat(2_000),
        repository: fc.nat(9),
        ref,
      }),
      { maxLength: 8 },
    ),
  }),
  "history.origin": fc.record({
    repositories: fc.array(
      fc.record({
        repository: fc.nat(9),
        declared: fc.boolean(),
        impossibleReferenceCount: fc.option(fc.nat(30), { nil: null }),
        referenceRefs: refs,
        otherAuthorCount: fc.nat(60),
        othersActed: fc.option(fc.boolean(), { nil: null }),
        subjectShare: share,
        ref: fc.option(ref, { nil: null }),
      }),
      { maxLength: 5 },
    ),
  }),
  "history.continuity": fc.oneof(
    fc.record({
      localCount: count,
      replacements: fc.array(
        fc.record({
          tie: fc.constantFrom(...continuity),
          from: instant,
          to: instant,
          beforeCount: count,
          afterCount: count,
          refs,
        }),
        { maxLength: 6 },
      ),
    }),
    fc.record({
      comparable: fc.boolean(),
      handover: fc.option(fc.record({ at: instant, replaced: fc.subarray([...continuity]), refs }), { nil: null }),
    }),
  ),
  "history.pictures": fc.constant({
    hours: Array.from({ length: 7 }, () => Array(24).fill(0)),
    weeks: [],
    identities: [],
  }),
  "history.scan": fc.constantFrom<ScanSummary>(
    { repositories: [], copies: [], requests: 0, points: 0, seconds: 0 },
    { by: "api", repositories: [SKIPPED], copies: null, requests: 9, points: 9, seconds: 9 },
  ),
};
