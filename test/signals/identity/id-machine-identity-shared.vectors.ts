import { daysAgo } from "../given.ts";
import { identity, shared, sharer } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "boundary",
    when: "what is counted happened last two years ago",
    given: identity({ sharedMachines: [{ ...shared(20, [sharer("unrelated", 9)]), lastAt: daysAgo(730) }] }),
    expect: { outcome: "fired", at: daysAgo(730) },
  },
  {
    kind: "fires",
    when: "an unrelated identity used the machine before",
    given: identity({ sharedMachines: [shared(20, [sharer("unrelated", 9)])] }),
    expect: {
      outcome: "fired",
      strength: 0.5,
      evidenceCount: 1,
      fact: "A machine with a rare name made its commits after it had made those of another identity with an unrelated name.",
    },
  },
  {
    kind: "fires",
    when: "two unrelated identities used it before",
    given: identity({ sharedMachines: [shared(20, [sharer("unrelated", 9), sharer("unrelated", 4)])] }),
    expect: {
      outcome: "fired",
      strength: 1,
      fact: "A machine with a rare name made its commits after it had made those of 2 other identities with an unrelated name.",
    },
  },
  {
    kind: "look_alike",
    when: "the other identity came later and may have copied the name",
    given: identity({ sharedMachines: [shared(20, [sharer("unrelated", 9, { firstDaysAgo: 100 })])] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the same person under another address",
    given: identity({ sharedMachines: [shared(20, [sharer("related", 9)])] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "two commits from the machine",
    given: identity({ sharedMachines: [shared(2, [sharer("unrelated", 2)])] }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "one commit from the machine",
    given: identity({ sharedMachines: [shared(1, [sharer("unrelated", 2)])] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the other identity and this one began on it at the same moment",
    given: identity({ sharedMachines: [shared(20, [sharer("unrelated", 9, { firstDaysAgo: 300 })])] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "one commit of the other identity from the machine",
    given: identity({ sharedMachines: [shared(2, [sharer("unrelated", 1)])] }),
    expect: { outcome: "clear" },
  },
] satisfies readonly Vector[];
