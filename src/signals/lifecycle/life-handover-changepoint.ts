import { daysBetween, type Instant } from "../../clock.ts";
import type { Continuity, JudgedHandover, ReplacedTies } from "../../history/traces/traces.ts";
import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clearBut, defineSignal, fired, unknown, unseenOf } from "../signal.ts";

export default defineSignal({
  id: "life-handover-changepoint",
  axis: "P",
  family: "lifecycle",
  title: "What tied its commits together was replaced within three weeks",
  version: 35,
  weight: 2,
  halfLifeDays: 365,
  windowDays: 21,
  falsePositiveRisk: "medium",
  baseRate:
    "0.15 % of established contributors with enough local commits (3 of 1,977 of 117 repositories), after pauses that do not count any more",
  baseRateUpperPercent: 0.45,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Accounts change hands, after which they no longer know what they did before.",
    },
    {
      url: "https://techcommunity.microsoft.com/blog/microsoftsecurityexperts/-/4478112",
      says: "One device was seen behind many accounts, and accounts moved between devices.",
    },
  ],
  benign: ["A new job with a new laptop, address and key.", "A move, or a machine that was stolen."],
  clears: "Sign one commit with the key from before, or let somebody who knew the account then confirm it.",
  framing:
    "Only commits that the account's own pushes brought are counted, and none that a pull request of somebody else held. A history by itself, without GitHub, cannot tell, and `sallyport history` says so.",
  needs: ["history.continuity"],
  detect({ "history.continuity": ties }) {
    const { comparable, handover } = "replacements" in ties ? judged(ties) : ties;
    const unseen = "replacements" in ties ? unseenOf(ties.leftOut, "replacements") : null;
    if (!comparable) return unknown(`fewer than ${2 * MIN_SIDE_COUNT} local commits`);
    if (handover === null || handover.replaced.length < MIN_REPLACED) return clearBut(unseen);
    const what = [...new Set(handover.replaced.map((each) => WORDS[each]))].sort().join(", ");
    return fired(
      commitEvidence(`Replaced for good within three weeks: ${what}.`, handover.refs, tierOf(handover.refs)),
      {
        strength: handover.replaced.length > MIN_REPLACED ? 1 : 0.5,
        at: handover.at,
        unseen,
      },
    );
  },
});

/** Local commits on either side of a moment that make a comparison. */
const MIN_SIDE_COUNT = 10;
/** From the last use of anything old to the first use of everything new: after a long pause much is new by itself. */
const WINDOW_DAYS = 21;
const MIN_REPLACED = 3;

const TIES = ["addresses", "key", "machine", "clock"] as const satisfies readonly Continuity[];

const WORDS: Readonly<Record<Continuity, string>> = {
  addresses: "the addresses",
  key: "the signing",
  machine: "the machine",
  clock: "where its clock stands",
};

type Replacement = ReplacedTies["replacements"][number];

/** The moment at which most ties were replaced: of several the first, by tie and by time. */
function judged({ localCount, replacements }: ReplacedTies): JudgedHandover {
  const counted = TIES.flatMap((tie) =>
    replacements
      .filter((each) => each.tie === tie && Math.min(each.beforeCount, each.afterCount) >= MIN_SIDE_COUNT)
      .toSorted((a, b) => a.beforeCount - b.beforeCount),
  );
  let handover: JudgedHandover["handover"] = null;
  for (const { to: at, refs } of counted) {
    const replaced = TIES.filter((tie) => counted.some((each) => each.tie === tie && isWithin(each, at)));
    if (replaced.length > (handover?.replaced.length ?? 0)) handover = { at, replaced, refs };
  }
  return { comparable: localCount >= 2 * MIN_SIDE_COUNT, handover };
}

/** True for what was given up and replaced within three weeks that end at `end`. */
const isWithin = ({ from, to }: Replacement, end: Instant): boolean =>
  daysBetween(to, end) >= 0 && daysBetween(from, end) <= WINDOW_DAYS;
