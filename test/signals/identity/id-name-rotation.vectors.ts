import { identity, ref } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "four unrelated names on one address",
    given: identity({ rotations: [{ unrelatedCount: 4, alternates: false, refs: [ref()] }] }),
    expect: { outcome: "fired", strength: 1, evidenceCount: 1 },
  },
  {
    kind: "fires",
    when: "three names that alternate within a month",
    given: identity({ rotations: [{ unrelatedCount: 3, alternates: true, refs: [ref()] }] }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "boundary",
    when: "three names, one after the other",
    given: identity({ rotations: [{ unrelatedCount: 3, alternates: false, refs: [ref()] }] }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "two names are no rotation and leave no trace",
    given: identity(),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a name that was changed once",
    given: identity({ renames: [{ at: "2025-01-01T00:00:00.000Z", ref: ref() }] }),
    expect: { outcome: "clear" },
  },
] satisfies readonly Vector[];
