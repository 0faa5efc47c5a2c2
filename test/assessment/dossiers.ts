import { type Dossier, dossier, present, type SubjectKind } from "../../src/dossier/dossier.ts";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import { type AccountId, accountId } from "../../src/ids.ts";
import {
  activity,
  changed,
  commit,
  commits,
  daysAgo,
  entry,
  NOW,
  profile,
  pullRequests,
  record,
  repositories,
  SUBJECT,
  spread,
  texted,
  texts,
  wrote,
} from "../signals/given.ts";

/** A dossier of the subject with these sections present and all others never asked for. */
export function dossierOf(sections: Partial<SectionTypes>, kind: SubjectKind = "user"): Dossier {
  const entries = Object.entries(sections).map(([name, value]) => [name, present(value, NOW)]);
  const id: AccountId | null = kind === "ghost" ? null : accountId(SUBJECT);
  return dossier({ asOf: NOW, subject: { accountId: id, kind } }, Object.fromEntries(entries));
}

/** A pull request with one ordinary commit and an ordinary edit. */
export const ordinaryChange: Partial<SectionTypes> = {
  "change.files": changed({ "src/pay.ts": ["export const fee = 2;"] }),
  "change.commits": commits(commit()),
  "change.texts": texts([
    { field: "title", text: "Lower the fee" },
    { field: "branch", text: "lower-fee" },
  ]),
  "change.signatures": { authors: [], unshown: 0 },
  "change.thread": { pressing: [], unread: 0 },
  "intel.localList": { entries: [] },
};

/** Nine years of reviewed work in many projects; a dozen acts a year. */
export const veteran: Partial<SectionTypes> = {
  "account.profile": profile(3_300),
  "account.repositories": repositories([3_200, 2_000, 900, 100]),
  "account.pullRequests": pullRequests(
    Array.from({ length: 20 }, (_, index) => ({
      createdAt: daysAgo(10 + index * 150),
      mergedAt: daysAgo(9 + index * 150),
      ownerNodeId: `O_${index % 5}`,
      elsewhere: true,
    })),
  ),
  "account.activity": activity(Array.from({ length: 100 }, (_, index) => 5 + index * 30)),
  "account.texts": wrote(texted(20, { owners: 5, everyHours: 3_600 })),
  "account.keys": { keys: [{ kind: "gpg", createdAt: daysAgo(2_000) }] },
  "account.snapshots": { snapshots: [] },
  "access.recordHere": record({ mergedCount: 14, mergerCount: 3, firstContactAt: daysAgo(2_500) }),
};

/** A student of twenty days with one pull request. */
export const student: Partial<SectionTypes> = {
  "account.profile": profile(20),
  "account.repositories": repositories([18, 15, 10]),
  "account.pullRequests": pullRequests(spread(1, 1)),
  "account.activity": activity([10, 5]),
  "account.texts": wrote(texted(1, {})),
  "account.keys": { keys: [] },
  "account.snapshots": { snapshots: [] },
  "access.recordHere": record(),
};

/** An account that was quiet for eight years and came back with new keys and without its old repositories. */
export const stolenDormant: Partial<SectionTypes> = {
  "account.profile": profile(4_000),
  "account.repositories": repositories([100, 90]),
  "account.pullRequests": pullRequests(spread(2, 48)),
  "account.activity": activity([3_900, 300, 280, 200, 150, 100, 60, 30, 20, 10]),
  "account.texts": wrote(texted(2, { everyHours: 48 })),
  "account.keys": { keys: [{ kind: "ssh_signing", createdAt: daysAgo(200) }] },
  "account.snapshots": { snapshots: [] },
  "access.recordHere": record(),
};

/** Everything at once: soft bits in four families and hard ones. */
export const manySided: Partial<SectionTypes> = {
  ...ordinaryChange,
  ...stolenDormant,
  "change.commits": commits(
    // Thirty that another account made, and ten whose dates cannot be true.
    ...Array.from({ length: 30 }, (_, index) =>
      commit({
        oid: `b${index}`,
        ...(index === 0 ? { claims: "renovate", authorAccountId: 29139614 } : { authorAccountId: 99 }),
        authorAccountIds: [99],
      }),
    ),
    ...Array.from({ length: 10 }, (_, index) =>
      commit({ oid: `c${index}`, authoredAt: daysAgo(1), committedAt: daysAgo(9) }),
    ),
  ),
  "account.pullRequests": pullRequests(spread(64, 2)),
  "intel.localList": { entries: [entry("denounced")] },
};
