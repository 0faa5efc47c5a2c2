import { daysAgo } from "../given.ts";
import { bridge, identity } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "boundary",
    when: "what is counted happened last two years ago",
    given: identity({ bridges: [bridge({ lastAt: daysAgo(900) }), bridge({ lastAt: daysAgo(730) })] }),
    expect: { outcome: "fired", at: daysAgo(730) },
  },
  {
    kind: "fires",
    when: "commits of an account that never acted there stand in two repositories",
    given: identity({ bridges: [bridge()] }),
    expect: {
      outcome: "fired",
      strength: 0.5,
      evidenceCount: 1,
      fact: "8 commits in 2 of its repositories carry the address of an account that never acted there.",
    },
  },
  {
    kind: "fires",
    when: "three such accounts between its own commits",
    given: identity({ bridges: [bridge(), bridge(), bridge()] }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "look_alike",
    when: "the other account opened pull requests there",
    given: identity({ bridges: [bridge({ acted: true })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a second account of the same person",
    given: identity({ bridges: [bridge({ relation: "same" })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "five commits",
    given: identity({ bridges: [bridge({ commitCount: 5 })] }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "four commits",
    given: identity({ bridges: [bridge({ commitCount: 4 })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "nobody knows whether the account acted there",
    given: identity({ bridges: [bridge({ acted: null })] }),
    expect: { outcome: "unknown", unseen: "whether those accounts acted there is not known" },
  },
  {
    kind: "boundary",
    when: "in one repository",
    given: identity({ bridges: [bridge({ repositoryCount: 1 })] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "two such accounts between its own commits",
    given: identity({ bridges: [bridge(), bridge()] }),
    expect: { outcome: "fired", strength: 0.5 },
  },
] satisfies readonly Vector[];
