import type { ChangeCommit } from "../../../src/change/change.ts";
import { commit, commits, daysAgo } from "../given.ts";
import { dates, impossible } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

/** A chain, oldest first, from (author, commit) ages in days. */
const chain = (...ages: readonly (readonly [number, number])[]) => ({
  "change.commits": commits(
    ...ages.map(([authored, committed], index) =>
      commit({
        oid: `c${index}`,
        parentOids: [index === 0 ? "base" : `c${index - 1}`],
        authoredAt: daysAgo(authored),
        committedAt: daysAgo(committed),
      }),
    ),
  ),
});
/** The same ages again and again, with what else the commits say. */
function repeated(count: number, ages: readonly [number, number], more: Partial<ChangeCommit> = {}) {
  const { "change.commits": made } = chain(...Array.from({ length: count }, () => ages));
  return { "change.commits": { ...made, commits: made.commits.map((each) => ({ ...each, ...more })) } };
}

export default [
  {
    kind: "fires",
    when: "each commit is dated months before the one it builds on",
    given: chain([10, 10], [50, 50], [90, 90], [130, 130]),
    expect: {
      outcome: "fired",
      strength: 0.6,
      evidenceCount: 3,
      fact: "The commit is dated more than 30 days before the commit it builds on.",
    },
  },
  {
    kind: "fires",
    when: "commits come from the future",
    given: repeated(3, [-5, -5]),
    expect: {
      outcome: "fired",
      strength: 0.6,
      fact: "The commit is dated more than a day after GitHub had received it.",
    },
  },
  {
    kind: "look_alike",
    when: "an old branch was rebased: author dates long before commit dates",
    given: repeated(12, [400, 1]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "commits were pushed after the pull request was opened",
    given: repeated(5, [0, 0]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "one clock was wrong for two commits",
    given: chain([3, 5], [3, 5], [1, 1]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the branch was reordered within a month",
    given: chain([1, 1], [25, 25], [49, 49], [73, 73]),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "author dates a day and a bit after commit dates, three times",
    given: repeated(3, [1, 2.1]),
    expect: {
      outcome: "fired",
      strength: 0.6,
      fact: "The commit's author date is more than a day after its commit date.",
    },
  },
  {
    kind: "boundary",
    when: "author dates less than a day after commit dates",
    given: repeated(3, [1, 1.9]),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "ten such commits",
    given: repeated(10, [1, 2.1]),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "look_alike",
    when: "the wrong clock is that of somebody whose commits the pull request carries on",
    given: repeated(3, [-5, -5], { authorAccountId: 99, committerAccountId: 99, authorAccountIds: [99] }),
    expect: { outcome: "unknown", unseen: "fewer than 3 commits to compare" },
  },
  {
    kind: "look_alike",
    when: "somebody else rebased the account's commits on a computer whose clock is wrong",
    given: repeated(3, [-5, -5], { committerAccountId: 99 }),
    expect: { outcome: "unknown", unseen: "fewer than 3 commits to compare" },
  },
  {
    kind: "look_alike",
    when: "an earlier commit is compared with one that another clock dated",
    given: {
      "change.commits": commits(
        ...[0, 1, 2].flatMap((pair) => [
          commit({ oid: `o${pair}`, committedAt: daysAgo(1), authoredAt: daysAgo(1), authorAccountId: 99 }),
          commit({ oid: `m${pair}`, parentOids: [`o${pair}`], committedAt: daysAgo(90), authoredAt: daysAgo(90) }),
        ]),
      ),
    },
    expect: { outcome: "clear" },
  },
  {
    kind: "fires",
    when: "no address of the commits is linked to an account",
    given: repeated(3, [-5, -5], { authorAccountId: null, committerAccountId: null, authorAccountIds: [] }),
    expect: { outcome: "fired", strength: 0.6 },
  },
  {
    kind: "unknown",
    when: "two commits say too little",
    given: repeated(2, [1, 9]),
    expect: { outcome: "unknown", unseen: "fewer than 3 commits to compare" },
  },
  {
    kind: "fires",
    when: "a history with a dozen such commits",
    given: dates({ impossible: impossible(12) }),
    expect: { outcome: "fired", strength: 1, evidenceCount: 12 },
  },
  {
    kind: "fires",
    when: "three in three repositories",
    given: dates({ impossible: impossible(3, 3) }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "look_alike",
    when: "three wrong dates in years of work",
    given: dates({ linearCount: 5_000, impossible: impossible(3) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "one commit of two hundred, three times",
    given: dates({ linearCount: 600, impossible: impossible(3) }),
    expect: { outcome: "fired", strength: 0.6 },
  },
  {
    kind: "boundary",
    when: "a little less than that",
    given: dates({ linearCount: 601, impossible: impossible(3) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "each commit a little more than thirty days before the one it builds on",
    given: chain([1, 1], [31.1, 31.1], [61.2, 61.2], [91.3, 91.3]),
    expect: { outcome: "fired", strength: 0.6 },
  },
  {
    kind: "boundary",
    when: "each commit thirty days before the one it builds on",
    given: chain([1, 1], [31, 31], [61, 61], [91, 91]),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "nine such commits",
    given: repeated(9, [1, 2.1]),
    expect: { outcome: "fired", strength: 0.6 },
  },
  {
    kind: "boundary",
    when: "three in two repositories",
    given: dates({ impossible: impossible(3, 2) }),
    expect: { outcome: "fired", strength: 0.6 },
  },
  {
    kind: "boundary",
    when: "three commits of a history, all of them",
    given: dates({ linearCount: 3, impossible: impossible(3) }),
    expect: { outcome: "fired", strength: 0.6 },
  },
  {
    kind: "unknown",
    when: "three commits from the future, one of which joins two branches",
    given: {
      "change.commits": commits(
        ...[["a"], ["b"], ["a", "b"]].map((parentOids, index) =>
          commit({ oid: `m${index}`, parentOids, committedAt: daysAgo(-5) }),
        ),
      ),
    },
    expect: { outcome: "unknown", unseen: "fewer than 3 commits to compare" },
  },
] satisfies readonly Vector[];
