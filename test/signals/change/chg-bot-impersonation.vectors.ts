import type { Opener } from "../../../src/change/change.ts";
import { commit, commits, daysAgo, openedBy, SUBJECT, texts } from "../given.ts";
import { missed, tricksOn } from "../tricks.ts";
import type { Vector } from "../vector.ts";
import { bots, ORDINARY_COMMITS, POSING, UNCAUGHT } from "./tricks/bots.ts";

const DEPENDABOT: Opener = { accountId: 49699333, kind: "bot" };
const RENOVATE: Opener = { accountId: 29139614, kind: "bot" };
const ACTIONS: Opener = { accountId: 41898282, kind: "bot" };

const posing = commit({
  claims: "dependabot",
  authorAccountId: 49699333,
  committerAccountId: 49699333,
  authorAccountIds: [49699333],
});
const renovate = commit({ claims: "renovate", authorAccountId: 29139614, committerAccountId: 29139614 });
const viaWeb = commit({ claims: "web-flow", committedViaWeb: true, authoredByCommitter: false });
const of = (one: ReturnType<typeof commit>, association = "NONE") => ({
  "change.commits": commits(one),
  "change.texts": texts([], association),
});
const by = (opener: Opener, ...list: readonly ReturnType<typeof commit>[]) => ({
  "change.commits": openedBy(opener, ...list),
  "change.texts": texts([]),
});

export default [
  ...tricksOn(bots, [...POSING, ...ORDINARY_COMMITS]),
  ...missed(tricksOn(bots, UNCAUGHT), { outcome: "clear" }),
  {
    kind: "fires",
    when: "an unsigned commit is all Dependabot's",
    given: of(posing),
    expect: {
      outcome: "fired",
      severity: "critical",
      strength: 1,
      fact: "The commit says it was made by Dependabot, but it carries no valid signature and the pull request is not from there.",
    },
  },
  {
    kind: "fires",
    when: "a person opened it with an unsigned commit that is all Renovate's",
    given: of(renovate),
    expect: {
      outcome: "fired",
      severity: "critical",
      strength: 1,
      fact: "The commit says it was made by Renovate, but it carries no valid signature and the pull request is not from there.",
    },
  },
  {
    kind: "fires",
    when: "Renovate opened it, and a commit claims to be Dependabot's",
    given: by(RENOVATE, renovate, posing),
    expect: { outcome: "fired", severity: "low", strength: 0, evidenceCount: 1 },
  },
  {
    kind: "look_alike",
    when: "Renovate opened it and does not sign",
    given: by(RENOVATE, renovate, renovate),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "Dependabot opened it, and its commit lost the signature",
    given: by(DEPENDABOT, posing),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "Renovate runs in the project's own workflows",
    given: by(ACTIONS, renovate),
    expect: { outcome: "fired", severity: "low", strength: 0 },
  },
  {
    kind: "fires",
    when: "the opener has the number of the automation and is a person",
    given: by({ accountId: 29139614, kind: "user" }, renovate),
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
    given: of({ ...posing, authoredByCommitter: false, committerAccountId: SUBJECT, committedAt: daysAgo(0) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a workflow of a fork committed",
    given: of(commit({ claims: "github-actions" })),
    expect: {
      outcome: "fired",
      severity: "medium",
      strength: 0,
      fact: "The commit says it was made by GitHub Actions, but it carries no valid signature and the pull request is not from there.",
    },
  },
  {
    kind: "boundary",
    when: "the web interface is claimed without its signature",
    given: of(viaWeb),
    expect: {
      outcome: "fired",
      severity: "medium",
      strength: 0,
      fact: "The commit says it was made by GitHub's web interface, but it carries no valid signature and the pull request is not from there.",
    },
  },
  {
    kind: "boundary",
    when: "the same under a date from before GitHub signed such commits",
    given: of({ ...viaWeb, authoredAt: "2016-02-01T00:00:00Z", committedAt: "2016-02-01T00:00:00Z" }),
    expect: { outcome: "fired", severity: "medium", strength: 0 },
  },
  {
    kind: "look_alike",
    when: "a member brought rewritten history in",
    given: {
      "change.commits": commits(posing, renovate, viaWeb),
      "change.texts": texts([], "MEMBER"),
    },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "a contributor opened the pull request",
    given: of(posing, "CONTRIBUTOR"),
    expect: { outcome: "fired", severity: "critical", strength: 1 },
  },
  {
    kind: "unknown",
    when: "who opened it is not known",
    given: by({ accountId: null, kind: "ghost" }, posing),
    expect: { outcome: "unknown", unseen: "who opened the pull request is not known" },
  },
  {
    kind: "unknown",
    when: "no commit was read",
    given: { "change.commits": { ...commits(), totalCount: 3 }, "change.texts": texts([]) },
    expect: { outcome: "unknown", unseen: "no commit of the pull request was read" },
  },
  {
    kind: "look_alike",
    when: "GitHub Actions opened it and does not sign",
    given: by(ACTIONS, commit({ claims: "github-actions" })),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "GitHub's web interface opened it",
    given: by({ accountId: 19864447, kind: "bot" }, viaWeb),
    expect: { outcome: "clear" },
  },
] satisfies readonly Vector[];
