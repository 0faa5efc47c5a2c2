import { daysBetween } from "../../clock.ts";
import type { DateTraces, JudgedWorkBefore, WorkBefore } from "../../history/traces/traces.ts";
import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { isLong } from "../long-batch.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "hist-commits-predate-account",
  axis: "P",
  family: "history",
  title: "Much of its work is dated half a year and more before the account was made",
  version: 34,
  weight: 2,
  falsePositiveRisk: "high",
  baseRate:
    "2.2 % of established contributors with an account id (8 of 359 of 117 repositories, seven of them counted for a wrong account then)",
  baseRateUpperPercent: 4.34,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Accounts are artificially aged with commits whose dates were made up.",
    },
    {
      url: "https://github.com/shortdoom/gh-fake-analyzer",
      says: "It compares the oldest commit of a repository with the date of the account.",
    },
  ],
  benign: [
    "Work that moved here from another forge or an older account.",
    "A picture drawn on the contribution graph for fun.",
  ],
  clears: "Name the place where the work was before.",
  framing:
    "Only commits that the account's own pushes brought are counted, and none that a pull request of somebody else held. A history by itself, without GitHub, cannot tell who pushed, and `sallyport history` says so; there only commits under an address that names the account are counted, whatever else joins its owner's names.",
  needs: ["history.dates"],
  detect({ "history.dates": dates }) {
    if (dates.predating === null) return unknown("when the account was made is not known");
    const work = "before" in dates.predating ? judged(dates.predating) : dates.predating;
    if (work.commitCount < MIN_COMMITS) return unknown(`fewer than ${MIN_COMMITS} commits`);
    if (!isMuch(work)) return clear;
    const fact = `${work.predatingCount} of its ${work.commitCount} commits are dated more than ${MIN_MONTHS * 30} days before the account was made.`;
    return fired(commitEvidence(fact, work.refs, tierOf(work.refs)), {
      strength: isCorroborated(dates) ? 1 : 0.5,
    });
  },
});

/** Half a year: work that was begun before the account is ordinary. */
const MIN_MONTHS = 6;
const MIN_COMMITS = 20;
const MIN_SHARE = 0.3;
const MIN_REPOSITORIES = 3;
const MIN_IMPOSSIBLE = 3;

function judged({ before, ...work }: WorkBefore): JudgedWorkBefore {
  const early = before.filter(({ months }) => months >= MIN_MONTHS);
  return {
    ...work,
    predatingCount: early.reduce((sum, { commitCount }) => sum + commitCount, 0),
    repositoryCount: new Set(early.map(({ repository }) => repository)).size,
  };
}

/** A third of the commits; where several repositories were read, in three of them and a third. */
function isMuch({ commitCount, predatingCount, repositoryCount, repositoriesRead }: JudgedWorkBefore): boolean {
  if (predatingCount / commitCount < MIN_SHARE) return false;
  if (repositoriesRead < MIN_REPOSITORIES) return true;
  return repositoryCount >= MIN_REPOSITORIES && repositoryCount / repositoriesRead >= MIN_SHARE;
}

/** Work that arrived at once, or dates that cannot be true, say the same from another side. */
const isCorroborated = ({ batches, impossible }: DateTraces): boolean =>
  impossible.count >= MIN_IMPOSSIBLE ||
  batches.some((batch) => batch.by === "server" && isLong(batch) && daysBetween(batch.ref.at, batch.at) > 0);
