import type { ChangeBefore, ChangeCommit, FileDelta, Opener } from "../../../src/change/change.ts";
import { commit, commits, daysAgo, openedBy, SUBJECT } from "../given.ts";
import type { Vector } from "../vector.ts";
import { AFTER_APPROVAL } from "./tricks/after-approval.ts";
import { twoHeads } from "./tricks/two-heads.ts";

const APPROVED = "a".repeat(40);
const at = daysAgo(2);
const nothing: ChangeBefore = { approval: null, rewritten: null, unread: [] };
const approved = (delta: readonly FileDelta[] | null): ChangeBefore => ({
  ...nothing,
  approval: { oid: APPROVED, at, delta },
});
const of = (before: ChangeBefore) => ({ "change.commits": { ...commits(commit()), before } });
const by = (opener: Opener, list: readonly ChangeCommit[], before: ChangeBefore) => ({
  "change.commits": { ...openedBy(opener, ...list), before },
});
const workflow: FileDelta = { path: ".github/workflows/ci.yml", line: 12, lines: 3 };
const code = (lines: number): FileDelta => ({ path: "src/a.ts", line: 4, lines });
const RENOVATE: Opener = { accountId: 29139614, kind: "bot" };
const renewed = commit({ authorAccountId: 29139614, signature: "valid", signedByGitHub: true });
const manifest: FileDelta = { path: "web/package.json", line: 9, lines: 2 };

export default [
  ...(await twoHeads(AFTER_APPROVAL, { approved: true })),
  {
    kind: "fires",
    when: "a workflow changed after the approval",
    given: of(approved([code(1), workflow])),
    expect: {
      outcome: "fired",
      severity: "high",
      line: 12,
      commit: APPROVED,
      evidenceCount: 1,
      fact: "3 lines of this file changed after the approval; the policy calls its path sensitive.",
    },
  },
  {
    kind: "fires",
    when: "a path that this policy calls sensitive changed",
    given: of(approved([code(1)])),
    thresholds: { sensitivePaths: ["src/**"] },
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "1 line of this file changed after the approval; the policy calls its path sensitive.",
    },
  },
  {
    kind: "fires",
    when: "somebody else's commit came into an automation's approved branch",
    given: by(RENOVATE, [renewed, commit({ authorAccountId: SUBJECT })], approved([manifest])),
    expect: { outcome: "fired", severity: "high" },
  },
  {
    kind: "fires",
    when: "an unsigned commit under the automation's name came into its approved branch",
    given: by(RENOVATE, [commit({ authorAccountId: 29139614 })], approved([manifest])),
    expect: { outcome: "fired", severity: "high" },
  },
  {
    kind: "look_alike",
    when: "an automation renewed its own branch after the approval",
    given: by(RENOVATE, [renewed], approved([manifest])),
    expect: { outcome: "fired", severity: "low" },
  },
  {
    kind: "look_alike",
    when: "the approved commit was only rebased, or the base merged into it",
    given: of(approved([])),
    expect: { outcome: "clear" },
  },
  { kind: "look_alike", when: "nobody approved anything yet", given: of(nothing), expect: { outcome: "clear" } },
  {
    kind: "look_alike",
    when: "it was read before approvals were asked for",
    given: { "change.commits": commits(commit()) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "20 lines of code changed after the approval",
    given: of(approved([code(20)])),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "21 lines of code changed after the approval",
    given: of(approved([code(20), { path: "src/b.ts", line: 1, lines: 1 }])),
    expect: {
      outcome: "fired",
      severity: "low",
      evidenceCount: 1,
      fact: "21 lines of 2 files, this one first, changed after the approval.",
    },
  },
  {
    kind: "look_alike",
    when: "the approved head was never read",
    given: of(approved(null)),
    expect: {
      outcome: "fired",
      severity: "low",
      fact: "Commits came after the approval; which files they changed was not read.",
      unseen: "what was pushed after the approval",
    },
  },
  {
    kind: "look_alike",
    when: "GitHub did not tell who approved",
    given: of({ ...nothing, unread: ["approvals"] }),
    expect: { outcome: "clear", unseen: "who approved which commit" },
  },
  { kind: "unknown", when: "commits could not be read", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
