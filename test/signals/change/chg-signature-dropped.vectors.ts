import type { ChangeSignatures, SigningHabit } from "../../../src/change/signatures.ts";
import { daysAgo, filesOf, NOW } from "../given.ts";
import { added, missed, tricksOn } from "../tricks.ts";
import type { Vector } from "../vector.ts";
import { BACKDATED, DROPPED, ORDINARY_SIGNING, toldAs, UNCAUGHT } from "./tricks/signatures.ts";

const as = (given: Vector["given"]): Vector["given"] => given;
const habit = (inARow: number, more: Partial<SigningHabit> = {}): SigningHabit => ({
  ...{ commits: inARow, verified: inARow, inARow, since: daysAgo(90) },
  ...more,
});
type Commit = ChangeSignatures["authors"][number]["commits"][number];
const commit = (more: Partial<Commit> = {}): Commit => ({
  ...{ oid: "c0ffee", authoredAt: daysAgo(1), committedAt: daysAgo(1), signature: "none", committedByOther: false },
  ...more,
});
const byOther = (msLater: number): Commit =>
  commit({ committedByOther: true, authoredAt: NOW, committedAt: new Date(Date.parse(NOW) + msLater).toISOString() });
const of = (earlier: SigningHabit | null, ...commits: readonly Commit[]) => ({
  "change.signatures": { authors: [{ commits, earlier }], unshown: 0 },
});
const plain = { "change.files": filesOf(added("a.ts", "x")) };

export default [
  ...tricksOn(as, await toldAs(DROPPED)),
  ...tricksOn(as, await toldAs(ORDINARY_SIGNING)),
  ...missed(tricksOn(as, await toldAs(BACKDATED)), { outcome: "fired", severity: "low" }),
  ...missed(tricksOn(as, await toldAs(UNCAUGHT)), { outcome: "clear" }),
  {
    kind: "fires",
    when: "the commit is not signed",
    given: { ...of(habit(12), commit()), ...plain },
    expect: {
      outcome: "fired",
      severity: "high",
      commit: "c0ffee",
      fact: "The last 12 commits here of the author that this commit names carry the author's own signature. It is not signed.",
    },
  },
  {
    kind: "fires",
    when: "one of each, the gravest first",
    given: {
      ...of(
        habit(12),
        commit({ oid: "a", signature: "expired" }),
        commit({ oid: "b", signature: "invalid" }),
        commit({ oid: "c", committedAt: daysAgo(91) }),
      ),
      ...plain,
    },
    expect: {
      outcome: "fired",
      severity: "high",
      evidenceCount: 3,
      fact: "The last 12 commits here of the author that this commit names carry the author's own signature. Its signature is none that GitHub could verify.",
    },
  },
  {
    kind: "fires",
    when: "which files the change touches is not known",
    given: of(habit(12), commit()),
    expect: { outcome: "fired", severity: "high", unseen: "the list of changed files is cut" },
  },
  {
    kind: "fires",
    when: "how a second author signs is not known",
    given: {
      ...plain,
      "change.signatures": {
        authors: [
          { commits: [commit()], earlier: habit(12) },
          { commits: [commit({ oid: "d" })], earlier: null },
        ],
        unshown: 0,
      },
    },
    expect: { outcome: "fired", severity: "high", unseen: "how an author of its commits signed here before" },
  },
  {
    kind: "boundary",
    when: "ten in a row",
    given: { ...of(habit(10), commit()), ...plain },
    expect: { outcome: "fired", severity: "high" },
  },
  {
    kind: "boundary",
    when: "nine in a row",
    given: { ...of(habit(9), commit()), ...plain },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the first of the row",
    given: { ...of(habit(12), commit({ committedAt: daysAgo(90) })), ...plain },
    expect: { outcome: "fired", severity: "high" },
  },
  {
    kind: "boundary",
    when: "before the first of the row",
    given: { ...of(habit(12), commit({ committedAt: daysAgo(90.001) })), ...plain },
    expect: {
      outcome: "fired",
      severity: "low",
      fact: "The last 12 commits here of the author that this commit names carry the author's own signature. It is not signed, and says that it is older than those.",
    },
  },
  {
    kind: "boundary",
    when: "committed by somebody without an account, a minute after it was written",
    given: { ...of(habit(12), byOther(60_000)), ...plain },
    expect: { outcome: "fired", severity: "medium" },
  },
  {
    kind: "boundary",
    when: "committed by somebody without an account, later than that",
    given: { ...of(habit(12), byOther(60_001)), ...plain },
    expect: { outcome: "clear" },
  },
  {
    kind: "fires",
    when: "a workflow is moved away",
    given: {
      ...of(habit(12), commit()),
      "change.files": filesOf({ ...added("ci.yml", "x"), status: "renamed", previousPath: ".github/workflows/ci.yml" }),
    },
    expect: { outcome: "fired", severity: "critical" },
  },
  {
    kind: "fires",
    when: "a workflow is seen in a list that is cut",
    given: {
      ...of(habit(12), commit()),
      "change.files": { ...filesOf(added(".github/workflows/ci.yml", "x")), truncated: true },
    },
    expect: { outcome: "fired", severity: "critical" },
  },
  {
    kind: "look_alike",
    when: "signed before, stopped, and signed again",
    given: { ...of(habit(12, { commits: 20, verified: 15 }), commit()), ...plain },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "no commit is unsigned",
    given: { "change.signatures": { authors: [], unshown: 0 } },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "some commits were not shown",
    given: { "change.signatures": { authors: [], unshown: 9 } },
    expect: { outcome: "clear", unseen: "the signatures of commits beyond the hundred that GitHub shows" },
  },
  {
    kind: "unknown",
    when: "GitHub did not tell how the author signed",
    given: of(null, commit()),
    expect: { outcome: "unknown", unseen: "how an author of its commits signed here before" },
  },
  {
    kind: "unknown",
    when: "GitHub could not look at a signature where there is a habit",
    given: of(habit(12), commit({ signature: "unchecked" })),
    expect: { outcome: "unknown", unseen: "a signature that GitHub could not look at" },
  },
  {
    kind: "look_alike",
    when: "GitHub could not look at a signature where there is none",
    given: of(habit(3), commit({ signature: "unchecked" })),
    expect: { outcome: "clear" },
  },
  { kind: "unknown", when: "commits were not shown", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
