import { daysBetween, type Instant, plusDays } from "../../clock.ts";
import type { AccountActivity, AccountKeys, AccountRepositories, AccountSnapshots } from "../../dossier/facts.ts";
import { LONG_SILENCE } from "../../dossier/long-silence.ts";
import { clear, defineSignal, type Evidence, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "life-dormant-reactivation-break",
  axis: "P",
  family: "lifecycle",
  title: "The account came back after years, and what tied it to the time before is gone",
  status: "stable",
  version: 2,
  core: true,
  weight: 2.5,
  severity: null,
  hard: false,
  queue: false,
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
    const { createdAt } = facts["account.profile"];
    const actCount = 1 + facts["account.repositories"].repositories.length + facts["account.activity"].acts.length;
    // An account younger than the pause cannot have made one; nothing of it is older than itself.
    const times = isOlder(createdAt, facts.asOf)
      ? actTimes(createdAt, facts["account.repositories"], facts["account.activity"])
      : [];
    const gap = returnAfterGap(times, facts.asOf);
    if (!gap) return actCount < MIN_ACT_COUNT ? unknown(`fewer than ${MIN_ACT_COUNT} acts that GitHub dated`) : clear;
    const proven = provenGap(gap, facts["account.activity"]);
    if (proven !== true) return proven === null ? unknown("acts in between may not have been fetched") : clear;
    const breaks = [
      ...newKeys(facts["account.keys"], gap),
      ...renamed(facts["account.snapshots"], gap),
      ...nothingKept(facts["account.repositories"], gap),
    ];
    return fired([pause(gap), ...breaks], { strength: strengthOf(breaks.length), at: gap.to });
  },
});

/** By the years they name: a pause of four years needs two that are four apart. */
const isOlder = (createdAt: Instant, asOf: Instant): boolean =>
  Number(asOf.slice(0, 4)) - Number(createdAt.slice(0, 4)) >= Math.floor(LONG_SILENCE.days / 365.25);
/** Whole years without a contribution that stand for a list of acts which may have holes: all that is asked for. */
const MIN_EMPTY_YEARS = 3;
/** Fewer acts than this say nothing about continuity. */
const MIN_ACT_COUNT = 10;

/** Pause alone, with two, with four of the breaks (SIGNALS.md, life-dormant-reactivation-break). */
function strengthOf(breakCount: number): number {
  if (breakCount >= 4) return 1;
  return breakCount >= 2 ? 0.7 : 0.25;
}

interface Gap {
  readonly from: Instant;
  readonly to: Instant;
}

/** Every act that GitHub dated, its making of the account first; in no order. */
function actTimes(
  createdAt: Instant,
  { repositories }: AccountRepositories,
  { acts }: AccountActivity,
): readonly Instant[] {
  return [createdAt, ...repositories.map((repository) => repository.createdAt), ...acts.map(({ at }) => at)];
}

/** A pause of four years or more that ended in the last 18 months: only their first act can have ended one. */
function returnAfterGap(times: readonly Instant[], asOf: Instant): Gap | null {
  if (times.length === 0) return null;
  const since = plusDays(asOf, -LONG_SILENCE.returnedWithinDays);
  let from = "";
  let to = "";
  for (const at of times) {
    if (at < since) from = at > from ? at : from;
    else to = to === "" || at < to ? at : to;
  }
  return from !== "" && to !== "" && daysBetween(from, to) >= LONG_SILENCE.days ? { from, to } : null;
}

/**
 * True when the pause is one, false when private work filled it, null when acts in between may be missing. Public
 * yearly counts cannot fill it, since commits bring their own dates; when they are zero, hardly anything is missing.
 */
function provenGap(gap: Gap, { years, mayHaveHoles }: AccountActivity): boolean | null {
  const within = years.filter(({ from, to }) => from >= gap.from && to <= gap.to);
  if (within.some(({ restricted }) => restricted > 0)) return false;
  if (!mayHaveHoles) return true;
  return within.length >= MIN_EMPTY_YEARS && within.every(({ contributions }) => contributions === 0) ? true : null;
}

function pause({ from, to }: Gap): Evidence {
  const years = Math.floor(daysBetween(from, to) / 365.25);
  return { fact: `GitHub dates no act of the account for ${years} years before it came back.`, tier: "PL", at: to };
}

function newKeys(section: AccountKeys | undefined, { from }: Gap): readonly Evidence[] {
  const keys = section?.keys ?? [];
  const allNew = keys.length > 0 && keys.every(({ createdAt }) => createdAt !== null && createdAt > from);
  return allNew ? [{ fact: "Every public key of the account was added after the pause began.", tier: "PL" }] : [];
}

function renamed(section: AccountSnapshots | undefined, { to }: Gap): readonly Evidence[] {
  const before = section?.snapshots.findLast(({ at }) => at < to);
  const after = section?.snapshots.find(({ at }) => at >= to);
  const changed = before && after && before.loginHash !== after.loginHash;
  return changed ? [{ fact: "The account was renamed when it came back.", tier: "PL", at: after.at }] : [];
}

/** Only when every repository is listed: a shortened list may leave the old ones out. */
function nothingKept({ ownedCount, repositories }: AccountRepositories, { from }: Gap): readonly Evidence[] {
  const complete = ownedCount > 0 && repositories.length === ownedCount;
  const kept = repositories.some(({ createdAt }) => createdAt <= from);
  return complete && !kept ? [{ fact: "None of its repositories is from before the pause.", tier: "PL" }] : [];
}
