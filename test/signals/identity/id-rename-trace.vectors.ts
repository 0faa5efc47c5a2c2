import { identity, renames } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "three renames within two years",
    given: identity({ renames: renames(700, 400, 100) }),
    expect: { outcome: "fired", strength: 1, evidenceCount: 3 },
  },
  {
    kind: "fires",
    when: "two renames within two years",
    given: identity({ renames: renames(400, 100) }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  { kind: "look_alike", when: "never renamed", given: identity(), expect: { outcome: "clear" } },
  {
    kind: "look_alike",
    when: "renamed once: said, and hardly weighed",
    given: identity({ renames: renames(100) }),
    expect: { outcome: "fired", strength: 0.1, evidenceCount: 1 },
  },
  {
    kind: "boundary",
    when: "two renames within two years to the day",
    given: identity({ renames: renames(830, 100) }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "two renames further apart",
    given: identity({ renames: renames(831, 100) }),
    expect: { outcome: "fired", strength: 0.1 },
  },
] satisfies readonly Vector[];
