import { z } from "zod";
import { READERS } from "../../../history/traces/scan.ts";
import { CAPPED_LISTS, type CappedList } from "../../../history/traces/traces.ts";

const instant = z.iso.datetime();
const count = z.int().min(0);
const share = z.number().min(0).max(1);
const days = z.number().min(0);
const relation = z.enum(["same", "related", "unrelated", "unknown"]);
const ref = z.strictObject({ commit: z.string(), at: instant, attested: z.boolean() });
export const refs = z.array(ref);
const shared = z.strictObject({
  commitCount: count,
  firstAt: instant,
  lastAt: instant.exactOptional(),
  others: z.array(
    z.strictObject({
      relation,
      commitCount: count,
      firstAt: instant,
      lastAt: instant.exactOptional(),
      paired: z.boolean().exactOptional(),
      acrossOwners: z.boolean().default(false),
    }),
  ),
  refs,
});

/** The `history.identity` section. */
export const identity = z.strictObject({
  commitCount: count,
  localCount: count,
  spanDays: days,
  sharedKeys: z.array(shared.extend({ verified: z.boolean().default(false) })),
  sharedMachines: z.array(shared),
  bridges: z.array(
    z.strictObject({
      relation,
      commitCount: count,
      repositoryCount: count,
      interleaved: z.boolean(),
      acted: z.boolean().nullable(),
      lastAt: instant.exactOptional(),
      refs,
    }),
  ),
  rotations: z.array(
    z.union([
      z.strictObject({
        names: z.array(
          z.strictObject({
            commitCount: count,
            returnDays: days.nullable(),
            lastAt: instant.exactOptional(),
            ref: ref.nullable(),
          }),
        ),
      }),
      z.strictObject({ unrelatedCount: count, alternates: z.boolean(), refs }),
    ]),
  ),
  renames: z.array(z.strictObject({ at: instant, ref })),
  clockJumps: z.strictObject({ count, lastAt: instant.exactOptional(), refs }),
  twins: z.strictObject({ relation, commitCount: count, count, refs }).exactOptional(),
  leftOut: z
    .strictObject(Object.fromEntries(CAPPED_LISTS.map((list) => [list, count])) as Record<CappedList, typeof count>)
    .exactOptional(),
});

/** The `history.dates` section. */
export const dates = z.strictObject({
  linearCount: count,
  impossible: z.strictObject({
    count,
    repositoryCount: count,
    refs: z.array(ref.extend({ kind: z.enum(["before_parent", "author_after_commit", "after_receipt"]) })),
  }),
  cadence: z.strictObject({
    commitCount: count,
    sameTimeShare: share,
    sameTimeCount: count,
    sameGapShare: share,
    sameGapCount: count,
    declared: z.boolean(),
    sameTimeRefs: refs,
    sameGapRefs: refs,
  }),
  predating: z
    .union([
      z.strictObject({
        commitCount: count,
        repositoriesRead: count,
        before: z.array(z.strictObject({ repository: count, months: count, commitCount: count })),
        refs,
      }),
      z.strictObject({
        commitCount: count,
        predatingCount: count,
        repositoryCount: count,
        repositoriesRead: count,
        refs,
      }),
    ])
    .nullable(),
  sittings: z
    .array(z.strictObject({ repository: count, commitCount: count, inHourCount: count, spanDays: days, refs }))
    .exactOptional(),
  sittingsLeftOut: count.exactOptional(),
  years: z
    .array(z.strictObject({ year: count, commitCount: count, receivedCount: count.nullable(), refs }))
    .max(100)
    .exactOptional(),
  batchesLeftOut: count.exactOptional(),
  batches: z.array(
    z.strictObject({
      by: z.enum(["server", "committer_clock"]),
      at: instant,
      dayCount: count,
      spanDays: days,
      repository: count,
      ref,
    }),
  ),
});

/** The `history.origin` section. */
export const origin = z.strictObject({
  repositories: z.array(
    z.strictObject({
      repository: count,
      declared: z.boolean(),
      impossibleReferenceCount: count.nullable(),
      referenceRefs: refs,
      otherAuthorCount: count,
      othersActed: z.boolean().nullable(),
      subjectShare: share,
      ref: ref.nullable(),
    }),
  ),
});

const tie = z.enum(["addresses", "key", "machine", "clock"]);

/** The `history.continuity` section. */
export const continuity = z.union([
  z.strictObject({
    localCount: count,
    replacements: z.array(
      z.strictObject({ tie, from: instant, to: instant, beforeCount: count, afterCount: count, refs }),
    ),
    leftOut: count.exactOptional(),
  }),
  z.strictObject({
    comparable: z.boolean(),
    handover: z.strictObject({ at: instant, replaced: z.array(tie), refs }).nullable(),
  }),
]);

/** The `history.pictures` section. */
export const pictures = z.strictObject({
  hours: z.array(z.array(count).length(24)).length(7),
  weeks: z.array(z.strictObject({ monday: z.iso.date(), count })).max(520),
  identities: z
    .array(
      z.strictObject({
        kind: z.enum(["address", "machine", "key"]),
        label: z.string(),
        firstAt: instant,
        lastAt: instant,
        commitCount: count,
      }),
    )
    .max(24),
});

/** The `history.scan` section. */
export const scan = z.strictObject({
  by: z.enum(READERS).optional(),
  repositories: z.array(
    z.strictObject({
      repository: count,
      state: z.enum(["read", "skipped"]),
      because: z.enum(["too_large", "timeout", "unreachable", "empty", "incomplete"]).nullable(),
      commitCount: count,
      byteCount: count,
      cached: z.boolean(),
      attested: z.boolean(),
    }),
  ),
  copies: z
    .array(
      z.strictObject({
        repository: count,
        equalTreeCount: count,
        reauthoredCount: count.exactOptional(),
        foreignRepository: count,
        refs,
      }),
    )
    .nullable(),
  shared: z
    .array(z.strictObject({ repository: count, ownerCount: count, earlierIds: z.array(z.int().positive()), ref }))
    .max(10)
    .nullable()
    .exactOptional(),
  credit: z.strictObject({ commitCount: count, unlinkedCount: count, unknownCount: count, refs }).exactOptional(),
  requests: count,
  points: count,
  seconds: z.number().min(0),
});
