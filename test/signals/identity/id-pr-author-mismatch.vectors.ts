import { commit, commits, SUBJECT } from "../given.ts";
import type { Vector } from "../vector.ts";

const own = commit();
const foreign = commit({ authorAccountId: 99, committerAccountId: 99, authorAccountIds: [99] });

export default [
  {
    kind: "fires",
    when: "every commit is another account's",
    given: { "change.commits": commits(foreign, foreign) },
    expect: {
      outcome: "fired",
      strength: 1,
      fact: "2 of 2 commits are linked to another account as author and committer, without a co-author line.",
    },
  },
  {
    kind: "look_alike",
    when: "the opener is co-author",
    given: { "change.commits": commits({ ...foreign, authorAccountIds: [99, SUBJECT] }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the opener committed another's work",
    given: { "change.commits": commits({ ...foreign, authoredByCommitter: false, committerAccountId: SUBJECT }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the address is linked to no account",
    given: { "change.commits": commits({ ...foreign, authorAccountId: null }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "merges from the base branch",
    given: {
      "change.commits": commits(own, { ...foreign, parentOids: ["a", "b"] }, { ...foreign, parentOids: ["a", "c"] }),
    },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "half of the commits are another's",
    given: { "change.commits": commits(own, foreign) },
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "a third of the commits is another's",
    given: { "change.commits": commits(own, own, foreign) },
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "the account is gone",
    given: { "change.commits": commits(foreign) },
    subjectId: null,
    expect: { outcome: "unknown", unseen: "the account has no id" },
  },
  {
    kind: "boundary",
    when: "a little less than half of the commits is another's",
    given: { "change.commits": commits(...Array.from({ length: 41 }, (_, index) => (index < 20 ? foreign : own))) },
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "every commit was made on the web or joins two branches",
    given: {
      "change.commits": commits({ ...foreign, committedViaWeb: true }, { ...foreign, parentOids: ["a", "b"] }),
    },
    expect: { outcome: "unknown", unseen: "the pull request has no commits of its own that were read" },
  },
] satisfies readonly Vector[];
