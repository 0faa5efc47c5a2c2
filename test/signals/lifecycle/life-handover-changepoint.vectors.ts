import { continuity, handover } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "addresses, signing, machine and clock at once",
    given: continuity(handover("addresses", "key", "machine", "clock")),
    expect: { outcome: "fired", strength: 1, evidenceCount: 1 },
  },
  {
    kind: "boundary",
    when: "three of them",
    given: continuity(handover("addresses", "key", "clock")),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "two of them",
    given: continuity(handover("addresses", "key")),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a new laptop: another machine and key",
    given: continuity(handover("key", "machine")),
    expect: { outcome: "clear" },
  },
  { kind: "look_alike", when: "nothing was replaced", given: continuity(null), expect: { outcome: "clear" } },
  { kind: "unknown", when: "too few local commits", given: continuity(null, false), expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
