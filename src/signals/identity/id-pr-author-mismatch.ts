import type { ChangeCommit } from "../../change/change.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "id-pr-author-mismatch",
  axis: "P",
  family: "identity",
  title: "Most commits of the pull request belong to another account than the one that opened it",
  version: 52,
  weight: 1,
  falsePositiveRisk: "medium",
  baseRate:
    "5.0 % of first pull requests merged as commits carry two or more authors (27,361 first pull requests of 126 repositories); a majority by somebody else is rarer",
  baseRateUpperPercent: 5.3,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Work pushed from a different account than usual is a trait of accounts with more than one operator.",
    },
    {
      url: "https://github.com/peakoss/anti-slop",
      says: "Offers a check that the commits' author is the one who opened the pull request.",
    },
  ],
  benign: [
    "Somebody carries on the pull request of a person who left it.",
    "Git is set up with the e-mail address of a second or a work account.",
  ],
  clears: "Say in the pull request whose commits they are, or link the address to the account.",
  framing: "Only the account that opened the pull request is looked at; the account named in the commits gets nothing.",
  needs: ["change.commits"],
  detect({ "change.commits": { commits }, subjectId }) {
    if (subjectId === null) return unknown("the account has no id");
    const own = commits.filter((commit) => commit.parentOids.length < 2 && !commit.committedViaWeb);
    if (own.length === 0) return unknown("the pull request has no commits of its own that were read");
    const foreign = own.filter((commit) => isForeign(commit, subjectId));
    const share = foreign.length / own.length;
    if (share < MIN_SHARE) return clear;
    const fact = `${foreign.length} of ${own.length} commits are linked to another account as author and committer, without a co-author line.`;
    return fired([{ fact, tier: "SM" }], { strength: share });
  },
});

/** Below half, the pull request is shared work (SIGNALS.md, id-pr-author-mismatch). */
const MIN_SHARE = 0.5;

function isForeign(commit: ChangeCommit, subjectId: number): boolean {
  return (
    commit.authoredByCommitter &&
    commit.claims === null &&
    commit.authorAccountId !== null &&
    commit.authorAccountId !== subjectId &&
    commit.signerAccountId !== subjectId &&
    !commit.authorAccountIds.includes(subjectId)
  );
}
