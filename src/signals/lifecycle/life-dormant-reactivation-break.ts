import { daysBetween } from "../../clock.ts";
import type { AccountActivity, AccountKeys, AccountRepositories, AccountSnapshots } from "../../dossier/facts.ts";
import { endedSilence, type Silence } from "../../dossier/long-silence.ts";
import { clear, defineSignal, type Evidence, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "life-dormant-reactivation-break",
  axis: "P",
  family: "lifecycle",
  title: "The account came back after years, and what tied it to the time before is gone",
  version: 60,
  core: true,
  weight: 2.5,
  halfLifeDays: 365,
  falsePositiveRisk: "high",
  baseRate:
    "A pause of more than 2 years, then back: 15.1 % of established contributors; of more than 5 years: 2.7 % (n = 1,651)",
  baseRateUpperPercent: 17,
  sources: [
    {
      url: "https://ketman.org/identifying-suspicious-gh-accounts.html",
      says: "Old accounts are bought or stolen because their age is taken for trust.",
    },
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Accounts of ten years and more are easy to come by.",
    },
  ],
  benign: [
    "People come back: a new job, time again after a family leave.",
    "A lost mailbox and a new computer replace address and keys at once.",
    "Years of private work that GitHub does not show.",
  ],
  clears: "Sign a commit with a key from before, or let somebody who knew the account then confirm it.",
  framing:
    "GitHub dated every act and key; others can neither add nor remove any. The pause alone weighs at most 0.6 bits.",
  needs: ["account.profile", "account.repositories", "account.activity"],
  uses: ["account.keys", "account.snapshots"],
  detect(facts) {
    const { "account.repositories": repositories, "account.activity": activity } = facts;
    const actCount = repositories.repositories.length + activity.acts.length;
    const gap = endedSilence(facts["account.profile"], { repositories, activity }, facts.asOf);
    if (!gap) return actCount < MIN_ACT_COUNT ? unknown(`fewer than ${MIN_ACT_COUNT} acts that GitHub dated`) : clear;
    const hidden = whatMayFill(gap, activity);
    if (hidden !== null) return unknown(hidden);
    const breaks = [
      ...newKeys(facts["account.keys"], gap),
      ...renamed(facts["account.snapshots"], gap),
      ...nothingKept(repositories, gap),
    ];
    return fired([pause(gap), ...breaks], { strength: strengthOf(breaks.length), at: gap.to });
  },
});

/** Whole years without a contribution that stand for a list of acts which may have holes: all that is asked for. */
const MIN_EMPTY_YEARS = 3;
/** Fewer acts than this say nothing about continuity. */
const MIN_ACT_COUNT = 10;

/** Pause alone, with two breaks or more. SIGNALS.md gives the whole weight to four, and three can be seen today. */
const strengthOf = (breakCount: number): number => (breakCount >= 2 ? 0.7 : 0.25);

/**
 * Null when the pause is one, else what may have filled it. Commits bring their own dates, so yearly counts of them
 * neither fill a pause nor stand for one; what else was counted GitHub dated. Of private work only the sum is known.
 */
function whatMayFill(gap: Silence, { years, mayHaveHoles }: AccountActivity): string | null {
  const within = years.filter(({ from, to }) => from >= gap.from && to <= gap.to);
  if (within.some(({ restricted }) => restricted > 0)) return "private work may have filled the pause";
  const isEmpty = within.every(({ contributions, commits = 0 }) => contributions <= commits);
  return mayHaveHoles && (within.length < MIN_EMPTY_YEARS || !isEmpty)
    ? "acts in between may not have been fetched"
    : null;
}

function pause({ from, to }: Silence): Evidence {
  const years = Math.floor(daysBetween(from, to) / 365.25);
  return { fact: `GitHub dates no act of the account for ${years} years before it came back.`, tier: "PL", at: to };
}

function newKeys(section: AccountKeys | undefined, { from }: Silence): readonly Evidence[] {
  const keys = section?.keys ?? [];
  const allNew = keys.length > 0 && keys.every(({ createdAt }) => createdAt !== null && createdAt > from);
  return allNew ? [{ fact: "Every public key of the account was added after the pause began.", tier: "PL" }] : [];
}

function renamed(section: AccountSnapshots | undefined, { to }: Silence): readonly Evidence[] {
  const snapshots = (section?.snapshots ?? []).toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  const before = snapshots.findLast(({ at }) => at < to);
  const after = snapshots.find(({ at }) => at >= to);
  const changed = before && after && before.loginHash !== after.loginHash;
  return changed ? [{ fact: "The account was renamed when it came back.", tier: "PL", at: after.at }] : [];
}

/** Only when every repository is listed: a shortened list may leave the old ones out. */
function nothingKept({ ownedCount, repositories }: AccountRepositories, { from }: Silence): readonly Evidence[] {
  const complete = ownedCount > 0 && repositories.length === ownedCount;
  const kept = repositories.some(({ createdAt }) => createdAt <= from);
  return complete && !kept ? [{ fact: "None of its repositories is from before the pause.", tier: "PL" }] : [];
}
