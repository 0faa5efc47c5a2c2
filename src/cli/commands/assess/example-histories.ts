import { type Dossier, present } from "../../../dossier/dossier.ts";
import { accountId } from "../../../ids.ts";

const THEN = "2026-11-01T12:00:00.000Z";
const ref = { commit: "0123456789abcdef0123456789abcdef01234567", at: THEN, attested: true };
const shared = {
  commitCount: 3,
  firstAt: THEN,
  others: [{ relation: "unrelated", commitCount: 2, firstAt: THEN, acrossOwners: true }],
  refs: [ref],
} as const;

const bridge = {
  relation: "unknown",
  ...{ commitCount: 5, repositoryCount: 2, interleaved: true, acted: null, refs: [ref] },
} as const;
const skipped = {
  state: "skipped",
  because: "too_large",
  ...{ repository: 9, commitCount: 0, byteCount: 1, cached: false, attested: false },
} as const;

/** What else a deep scan brings. */
const scanSections = (now: string) =>
  ({
    "history.scan": present(
      {
        repositories: [skipped],
        copies: [{ repository: 9, equalTreeCount: 5, foreignRepository: 10, refs: [ref] }],
        shared: [{ repository: 9, ownerCount: 3, earlierIds: [accountId(4)], ref }],
        credit: { commitCount: 20, unlinkedCount: 20, unknownCount: 0, refs: [ref] },
        requests: 3,
        points: 2,
        seconds: 1.5,
      },
      now,
    ),
    "account.years": present({ years: [{ year: 2025, dated: 0, restricted: 0 }] }, now),
    "network.ties": present(
      {
        accounts: [{ id: accountId(4), createdAt: THEN, mergedCount: 3, goneCount: 1 }],
        edges: [{ author: accountId(4), merger: accountId(5), count: 2, firstAt: THEN, lastAt: THEN }],
        unreadCount: 1,
        forks: { count: 4, orphanCount: 1 },
        followedIds: [accountId(5)],
      },
      now,
    ),
  }) satisfies Partial<Dossier["sections"]>;

/** Every section about histories with every field; the compiler says when one is missing. */
export const historySections = (now: string) =>
  ({
    "history.identity": present(
      {
        commitCount: 30,
        localCount: 20,
        spanDays: 400.5,
        sharedKeys: [{ ...shared, verified: true }],
        sharedMachines: [shared],
        bridges: [bridge],
        rotations: [
          { names: [{ commitCount: 4, returnDays: null, ref }] },
          { unrelatedCount: 3, alternates: false, refs: [ref] },
        ],
        renames: [{ at: THEN, ref }],
        clockJumps: { count: 2, refs: [ref] },
      },
      now,
    ),
    "history.dates": present(
      {
        linearCount: 20,
        impossible: { count: 1, repositoryCount: 1, refs: [{ ...ref, kind: "before_parent" }] },
        cadence: {
          commitCount: 20,
          sameTimeShare: 0.25,
          sameTimeCount: 5,
          sameGapShare: 0,
          sameGapCount: 0,
          declared: false,
          sameTimeRefs: [ref],
          sameGapRefs: [],
        },
        predating: {
          commitCount: 20,
          repositoriesRead: 3,
          before: [{ repository: 9, months: 7, commitCount: 2 }],
          refs: [ref],
        },
        years: [{ year: 2025, commitCount: 60, receivedCount: 0, refs: [ref] }],
        batches: [{ by: "server", at: THEN, dayCount: 60, spanDays: 500, repository: 9, ref }],
      },
      now,
    ),
    "history.origin": present(
      {
        repositories: [
          {
            repository: 9,
            declared: false,
            impossibleReferenceCount: null,
            referenceRefs: [],
            otherAuthorCount: 2,
            othersActed: null,
            subjectShare: 0.5,
            ref: null,
          },
        ],
      },
      now,
    ),
    "history.continuity": present(
      {
        localCount: 20,
        replacements: [{ tie: "clock", from: THEN, to: THEN, beforeCount: 5, afterCount: 15, refs: [ref] }],
        leftOut: 2,
      },
      now,
    ),
    "history.pictures": present(
      {
        hours: Array.from({ length: 7 }, () => Array<number>(24).fill(0)),
        weeks: [{ monday: "2026-10-26", count: 3 }],
        identities: [{ kind: "address", label: "address 1", firstAt: THEN, lastAt: THEN, commitCount: 3 }],
      },
      now,
    ),
    ...scanSections(now),
  }) satisfies Partial<Dossier["sections"]>;
