import { commit, commits, SUBJECT, texts } from "../given.ts";
import type { Vector } from "../vector.ts";

const posing = commit({
  claims: "dependabot",
  authorAccountId: 49699333,
  committerAccountId: 49699333,
  authorAccountIds: [49699333],
});
const of = (one: ReturnType<typeof commit>, association = "NONE") => ({
  "change.commits": commits(one),
  "change.texts": texts([], association),
});

export default [
  {
    kind: "fires",
    when: "an unsigned commit is all Dependabot's",
    given: of(posing),
    expect: { outcome: "fired", severity: "critical", strength: 1 },
  },
  {
    kind: "fires",
    when: "the committer claims GitHub's web interface without its signature",
    given: of(commit({ claims: "web-flow", committedViaWeb: true, authoredByCommitter: false })),
    expect: { outcome: "fired", severity: "critical", strength: 1 },
  },
  {
    kind: "look_alike",
    when: "the automation signed it",
    given: of({ ...posing, signature: "valid", signedByGitHub: true }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a person openly replayed an automation's commit",
    given: of({ ...posing, authoredByCommitter: false, committerAccountId: SUBJECT }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a workflow of a fork committed",
    given: of(commit({ claims: "github-actions" })),
    expect: { outcome: "fired", severity: "medium", strength: 0 },
  },
  {
    kind: "look_alike",
    when: "web commits from before GitHub signed them",
    given: of(commit({ claims: "web-flow", committedViaWeb: true, committedAt: "2016-02-01T00:00:00Z" })),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "a member opened the pull request",
    given: of(posing, "MEMBER"),
    expect: { outcome: "fired", severity: "low", strength: 0 },
  },
  {
    kind: "boundary",
    when: "a contributor opened the pull request",
    given: of(posing, "CONTRIBUTOR"),
    expect: { outcome: "fired", severity: "critical", strength: 1 },
  },
  {
    kind: "unknown",
    when: "no commit was read",
    given: {
      "change.commits": { ...commits(), totalCount: 3 },
      "change.texts": texts([]),
    },
    expect: { outcome: "unknown" },
  },
] satisfies readonly Vector[];
