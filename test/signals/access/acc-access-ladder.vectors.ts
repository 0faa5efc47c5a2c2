import type { LastGrant } from "../../../src/dossier/facts.ts";
import { changed, daysAgo, filesOf, record } from "../given.ts";
import type { Vector } from "../vector.ts";

const WORKFLOW = changed({ ".github/workflows/release.yml": ["on: push"] });
const climbed: LastGrant = {
  ...{ role: "write", previousRole: null, grantedAt: daysAgo(10), ssoLinked: null },
  record: record({ mergedCount: 3, mergerCount: 2, firstContactAt: daysAgo(50) }),
};
const of = (grant: Partial<LastGrant>, merged: Partial<LastGrant["record"]> = {}, files = WORKFLOW) => ({
  "access.lastGrant": { ...climbed, ...grant, record: { ...climbed.record, ...merged } },
  "change.files": files,
});

export default [
  {
    kind: "fires",
    when: "three merges in forty days, write, and ten days later a workflow",
    given: of({}),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "Was given write 40 days after its first contact here, with 3 merged pull requests; now, 10 days later, it changes what Actions run.",
    },
  },
  {
    kind: "fires",
    when: "a role that was raised from triage, and a script beside an action",
    given: of({ previousRole: "triage" }, {}, changed({ ".github/actions/build/run.sh": ["make"] })),
    expect: { outcome: "fired", severity: "high" },
  },
  {
    kind: "look_alike",
    when: "a new hire with the organisation's own sign-on",
    given: of({ ssoLinked: true }),
    expect: { outcome: "fired", severity: "low" },
  },
  {
    kind: "look_alike",
    when: "a writer of years who was made a maintainer",
    given: of({ role: "maintain", previousRole: "write" }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a new writer who changes code",
    given: of({}, {}, changed({ "src/main.c": ["int x;"] })),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a grant without any merge before",
    given: of({}, { mergedCount: 0 }),
    expect: { outcome: "clear" },
  },
  { kind: "look_alike", when: "a role that cannot write", given: of({ role: "triage" }), expect: { outcome: "clear" } },
  {
    kind: "look_alike",
    when: "nobody knows since when the account is here",
    given: of({}, { firstContactAt: null }),
    expect: { outcome: "unknown" },
  },
  {
    kind: "look_alike",
    when: "a change that GitHub did not show whole",
    given: of({}, {}, { ...filesOf(), truncated: true }),
    expect: { outcome: "clear", unseen: "the list of changed files is cut" },
  },
  { kind: "boundary", when: "four merges", given: of({}, { mergedCount: 4 }), expect: { outcome: "fired" } },
  { kind: "boundary", when: "five merges", given: of({}, { mergedCount: 5 }), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "sixty days to the grant",
    given: of({}, { firstContactAt: daysAgo(70) }),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "sixty-one days to it",
    given: of({}, { firstContactAt: daysAgo(71) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "thirty days after it",
    given: of({ grantedAt: daysAgo(30) }),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "thirty-one days after it",
    given: of({ grantedAt: daysAgo(31) }),
    expect: { outcome: "clear" },
  },
] satisfies readonly Vector[];
