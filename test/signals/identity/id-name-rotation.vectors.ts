import { daysAgo } from "../given.ts";
import { identity, ref, rotation } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "boundary",
    when: "what is counted happened last two years ago",
    given: identity({
      rotations: [
        {
          names: rotation([9, 5, 3, 2]).names.map((name, index) => ({
            ...name,
            lastAt: daysAgo(730 - 100 * Math.floor(index / 3)),
          })),
        },
      ],
    }),
    expect: { outcome: "fired", at: daysAgo(730) },
  },
  {
    kind: "boundary",
    when: "four unrelated names on one address",
    given: identity({ rotations: [rotation([9, 5, 3, 3])] }),
    expect: {
      outcome: "fired",
      strength: 1,
      evidenceCount: 4,
      fact: "4 full names without a word in common stand on one address.",
    },
  },
  {
    kind: "boundary",
    when: "three names on three commits each, one after the other",
    given: identity({ rotations: [rotation([9, 5, 3])] }),
    expect: { outcome: "fired", strength: 0.4, evidenceCount: 3 },
  },
  {
    kind: "boundary",
    when: "the third of them on two commits",
    given: identity({ rotations: [rotation([9, 5, 2])] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the fourth of them on two commits",
    given: identity({ rotations: [rotation([9, 5, 3, 2])] }),
    expect: { outcome: "fired", strength: 0.4, evidenceCount: 3 },
  },
  {
    kind: "boundary",
    when: "one that comes back after thirty days",
    given: identity({ rotations: [rotation([9, 5, 3], [null, 40, 30])] }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "boundary",
    when: "one that comes back a little later",
    given: identity({ rotations: [rotation([9, 5, 3], [null, 40, 30.01])] }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "a name that was mistyped twice and came back at once",
    given: identity({ rotations: [rotation([9, 5, 3, 2], [null, null, null, 1])] }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "look_alike",
    when: "a name that was changed once",
    given: identity({ renames: [{ at: "2025-01-01T00:00:00.000Z", ref: ref() }] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "fires",
    when: "six names, of which five are shown",
    given: identity({ rotations: [rotation([9, 9, 9, 9, 9, 9])] }),
    expect: { outcome: "fired", strength: 1, evidenceCount: 5 },
  },
  {
    kind: "fires",
    when: "three names that alternate, as it was kept before names were counted",
    given: identity({ rotations: [{ unrelatedCount: 3, alternates: true, refs: [ref()] }] }),
    expect: { outcome: "fired", strength: 1, evidenceCount: 1 },
  },
] satisfies readonly Vector[];
