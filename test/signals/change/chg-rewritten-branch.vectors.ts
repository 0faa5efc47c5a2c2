import type { ChangeBefore, FileDelta } from "../../../src/change/change.ts";
import { commit, commits, daysAgo } from "../given.ts";
import type { Vector } from "../vector.ts";
import { PUSHED_OVER } from "./tricks/pushed-over.ts";
import { twoHeads } from "./tricks/two-heads.ts";

const LOOKED = "a".repeat(40);
const pushed = daysAgo(3);
type Rewritten = NonNullable<ChangeBefore["rewritten"]>;
const of = (rewritten: Rewritten | null, unread: ChangeBefore["unread"] = []) => ({
  "change.commits": { ...commits(commit()), before: { approval: null, rewritten, unread } },
});
const config: readonly FileDelta[] = [{ path: "postcss.config.js", line: 7, lines: 2 }];
const rewritten = (more: Partial<Rewritten> = {}) => of({ oid: LOOKED, at: pushed, delta: config, kept: [], ...more });
const keptSince = (days: number) => [{ oid: "b".repeat(40), committedAt: daysAgo(days) }];
const KEPT =
  "A commit kept its author, author date and a committer date from before the push, and its content changed: 2 lines in 1 file differ from the head that was looked at before.";
const NOTE = "The branch was rewritten: 2 lines in 1 file differ from the head that was looked at before.";

export default [
  ...(await twoHeads(PUSHED_OVER, { approved: false })),
  {
    kind: "fires",
    when: "an amended commit carries dates of a week before the push",
    given: rewritten({ kept: keptSince(10) }),
    expect: { outcome: "fired", severity: "high", line: 7, commit: "b".repeat(40), fact: KEPT },
  },
  {
    kind: "fires",
    when: "nobody knows the moment of the push, and the dates are older than a day all the same",
    given: rewritten({ at: null, kept: keptSince(2) }),
    expect: { outcome: "fired", severity: "high", fact: KEPT },
  },
  {
    kind: "boundary",
    when: "the kept commit is dated a day before the push",
    given: rewritten({ kept: keptSince(4) }),
    expect: { outcome: "fired", severity: "low", commit: LOOKED, fact: NOTE },
  },
  {
    kind: "boundary",
    when: "the kept commit is dated more than a day before the push",
    given: rewritten({ kept: keptSince(4.001) }),
    expect: { outcome: "fired", severity: "high" },
  },
  {
    kind: "look_alike",
    when: "a commit was amended as the review asked",
    given: rewritten({ kept: keptSince(3) }),
    expect: { outcome: "fired", severity: "low", fact: NOTE },
  },
  {
    kind: "look_alike",
    when: "other commits took the place of all",
    given: rewritten(),
    expect: { outcome: "fired", severity: "low", fact: NOTE },
  },
  {
    kind: "look_alike",
    when: "a pure rebase that keeps every date",
    given: rewritten({ delta: [], kept: keptSince(30) }),
    expect: { outcome: "clear" },
  },
  { kind: "look_alike", when: "commits were only added", given: of(null), expect: { outcome: "clear" } },
  {
    kind: "look_alike",
    when: "it was read before rewriting was looked for",
    given: { "change.commits": commits(commit()) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the earlier head could not be read as a whole",
    given: rewritten({ delta: null, kept: keptSince(30) }),
    expect: { outcome: "clear", unseen: "what stood there before the branch was rewritten" },
  },
  {
    kind: "look_alike",
    when: "there are more commits than GitHub lists",
    given: of(null, ["pushes"]),
    expect: { outcome: "clear", unseen: "whether the branch was rewritten" },
  },
  { kind: "unknown", when: "commits could not be read", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
