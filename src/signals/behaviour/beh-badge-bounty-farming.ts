import { daysBetween } from "../../clock.ts";
import type { AccountPullRequests } from "../../dossier/facts.ts";
import type { PublicText } from "../../dossier/public-texts.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";
import { outside, TOO_FEW } from "../text-windows.ts";

export default defineSignal({
  id: "beh-badge-bounty-farming",
  axis: "P",
  family: "behaviour",
  title: "Of the account well known projects hold little but issues that were turned away, or claims nothing came of",
  version: 12,
  weight: 1,
  queue: true,
  halfLifeDays: 60,
  falsePositiveRisk: "high",
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Traces in well known organisations are collected so that a profile shows them.",
    },
  ],
  benign: [
    "A newcomer who looks for something to begin with and reports what is known already.",
    "Somebody who hunts bounties for a living and lost some to others.",
    "A user of large projects whose issues were wishes, not bugs.",
  ],
  clears: "A pull request to any of these projects takes it out of the count; after some months nothing of it counts.",
  framing:
    "The account itself opened the issues and made the claims. Each project decides about its own alone, so that at least five of them would have to turn somebody away within days, and none of them hold a pull request of his. Stars, which can be bought, only say which projects are looked at. How many of his pull requests are merged makes no difference.",
  needs: ["account.texts", "account.pullRequests"],
  detect({ "account.texts": { texts }, "account.pullRequests": opened }) {
    const traces = outside(texts, "issue", "comment").filter(({ stars }) => stars >= WELL_KNOWN_STARS);
    const owners = [...Map.groupBy(traces, ({ ownerNodeId }) => ownerNodeId)];
    if (owners.length < MIN_OWNERS) return unknown(TOO_FEW);
    const contributedTo = ownersOf(texts, opened);
    const ended = owners.flatMap(([owner, theirs]) => {
      const decided = contributedTo.has(owner) ? [] : theirs.filter(isDecided);
      return decided.length === 0 ? [] : [decided];
    });
    const all = ended.flat();
    const inVain = all.filter(isInVain);
    if (ended.length < MIN_OWNERS || inVain.length < MIN_SHARE * all.length) return clear;
    const at =
      inVain
        .map((text) => text.at)
        .sort()
        .at(-1) ?? null;
    const fact = `In well known projects of ${ended.length} owners the account left ${all.length} issues or claims that were decided on, and no pull request; ${inVain.length} of them were turned away within days, or nothing came of them.`;
    return fired([{ fact, tier: "PL", ...(at === null ? {} : { at }) }], { strength: ended.length / FULL_OWNERS, at });
  },
});

const WELL_KNOWN_STARS = 1_000;
const MIN_OWNERS = 5;
const FULL_OWNERS = 15;
const MIN_SHARE = 0.8;
/** What is closed later is mostly closed by a program that tidies up, whatever was in it. */
const MAX_DAYS_OPEN = 14;

/** Whom the account sent a pull request, as far as GitHub lists them. */
const ownersOf = (texts: readonly PublicText[], { recent, oldest }: AccountPullRequests): ReadonlySet<string> =>
  new Set([
    ...texts.filter(({ kind }) => kind === "pull_request").map(({ ownerNodeId }) => ownerNodeId),
    ...[...recent, ...oldest].map(({ ownerNodeId }) => ownerNodeId),
  ]);

/** A claim without a pull request has come to nothing; an issue that is open has not come to anything yet. */
const isDecided = ({ kind, outcome, marks = [] }: PublicText): boolean =>
  marks.includes("claims") || (kind === "issue" && outcome !== undefined && outcome !== "open");

function isInVain({ kind, outcome, closedAt, at, marks = [] }: PublicText): boolean {
  if (marks.includes("claims")) return true;
  if (kind !== "issue" || closedAt === undefined) return false;
  return (outcome === "not_planned" || outcome === "duplicate") && daysBetween(at, closedAt) <= MAX_DAYS_OPEN;
}
