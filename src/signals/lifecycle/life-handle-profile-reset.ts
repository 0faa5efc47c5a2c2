import { daysBetween, type Instant } from "../../clock.ts";
import type { AccountSnapshots } from "../../dossier/facts.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "life-handle-profile-reset",
  axis: "P",
  family: "lifecycle",
  title: "An account with access was renamed and lost nearly all its repositories at once",
  version: 7,
  core: true,
  weight: 2.5,
  halfLifeDays: 365,
  windowDays: 14,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Personas that had become known were renamed and emptied, and went on with the access they had.",
    },
    {
      url: "https://docs.github.com/en/account-and-profile/how-tos/account-settings/change-your-github-username",
      says: "A renamed account keeps its number, and whatever it was given.",
    },
  ],
  benign: ["A new name and a tidy profile after a change of job.", "A way out of harassment, or a change of name."],
  clears: "Ask by another way who operates the account, and confirm its access again.",
  framing:
    "Sallyport itself saw the account before and after; nobody else can rename it or take its repositories away. Neither the old nor the new name is kept or shown. That another account goes on with its work is not counted: anybody can take up what was public, and no record shows that a commit never was.",
  needs: ["account.snapshots", "access.grants"],
  detect({ "account.snapshots": { snapshots }, "access.grants": { grants, owner, member } }) {
    if (grants.length === 0 && !owner && !member) return clear;
    if (snapshots.length < 2) return unknown("the account was seen only once");
    const reset = resetIn(snapshots);
    if (reset === null) return clear;
    const fact = `The account was renamed, and ${reset.lostCount} of its ${reset.ownedCount} public repositories went, within ${WINDOW_DAYS} days.`;
    return fired([{ fact, tier: "PL", at: reset.at }], { strength: RENAMED_AND_EMPTIED, at: reset.at });
  },
});

const WINDOW_DAYS = 14;
/**
 * SIGNALS.md gives the whole weight to a second account that goes on with the same work. That is the second account's act
 * alone: what was public before, a branch or a signed commit, anybody can take up, and nothing shows that a commit was
 * never public. What both must do is counted where it stands: one key in id-signing-key-shared, letting the other in in
 * net-access-referral.
 */
const RENAMED_AND_EMPTIED = 0.6;
const MIN_LOST_SHARE = 0.8;
/** Of fewer repositories a share says nothing. */
const MIN_OWNED = 5;

type Snapshot = AccountSnapshots["snapshots"][number];

/** The last time that a rename and an emptying were both seen from one look to the next, within the window. */
function resetIn(snapshots: readonly Snapshot[]) {
  const ordered = snapshots.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  let found: { readonly at: Instant; readonly ownedCount: number; readonly lostCount: number } | null = null;
  let renamedSince: Instant | null = null;
  let emptied: { readonly before: Snapshot; readonly after: Snapshot } | null = null;
  for (const [index, after] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before === undefined) continue;
    const isRenamed = before.loginHash !== after.loginHash;
    const isEmptied = wasEmptied(before, after);
    if (isRenamed) renamedSince = before.at;
    if (isEmptied) emptied = { before, after };
    if ((!isRenamed && !isEmptied) || renamedSince === null || emptied === null) continue;
    const since = renamedSince < emptied.before.at ? renamedSince : emptied.before.at;
    if (daysBetween(since, after.at) > WINDOW_DAYS) continue;
    const { ownedCount } = emptied.before;
    found = { at: after.at, ownedCount, lostCount: ownedCount - emptied.after.ownedCount };
  }
  return found;
}

const wasEmptied = (before: Snapshot, after: Snapshot): boolean =>
  before.ownedCount >= MIN_OWNED && before.ownedCount - after.ownedCount >= MIN_LOST_SHARE * before.ownedCount;
