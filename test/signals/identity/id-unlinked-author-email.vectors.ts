import { ref, scan } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

const credited = (commitCount: number, unlinkedCount: number, unknownCount = 0) =>
  scan([], { credit: { commitCount, unlinkedCount, unknownCount, refs: [ref(30, { attested: true })] } });

export default [
  {
    kind: "fires",
    when: "two hundred commits and no address of them is an account's",
    given: credited(200, 200),
    expect: {
      outcome: "fired",
      strength: 1,
      commit: "c30",
      bits: 0.45,
      fact: "All 200 commits that it pushed have addresses that GitHub credits to no account.",
    },
  },
  { kind: "boundary", when: "twenty", given: credited(20, 20), expect: { outcome: "fired" } },
  {
    kind: "boundary",
    when: "nineteen",
    given: credited(19, 19),
    expect: { outcome: "unknown", unseen: "fewer than 20 commits" },
  },
  {
    kind: "look_alike",
    when: "one of them is credited to the account",
    given: credited(200, 199),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "of one address GitHub was not asked",
    given: credited(200, 190, 10),
    expect: { outcome: "unknown", unseen: "GitHub did not say of every address to whom it belongs" },
  },
  { kind: "unknown", when: "what was read before that was counted", given: scan([]), expect: { outcome: "unknown" } },
  { kind: "unknown", when: "no history was read", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
