import { identity, renames } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "three renames within two years",
    given: identity({ renames: renames(700, 400, 100) }),
    expect: {
      outcome: "fired",
      strength: 1,
      evidenceCount: 3,
      fact: "Its noreply address changed its label 3 times, 3 of them within two years.",
    },
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
    expect: { outcome: "fired", strength: 0.1, evidenceCount: 1, fact: "Its noreply address changed its label once." },
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
  {
    kind: "fires",
    when: "the last of two was four years ago: half as much two years after the window of two",
    given: identity({ renames: renames(2_000, 1_460) }),
    expect: { outcome: "fired", strength: 0.5, bits: 0.188 },
  },
  {
    kind: "fires",
    when: "one of two that are known",
    given: identity({
      renames: renames(100),
      leftOut: { renames: 1, bridges: 0, rotations: 0, sharedKeys: 0, sharedMachines: 0 },
    }),
    expect: {
      outcome: "fired",
      strength: 0.1,
      leftOut: 1,
      fact: "Its noreply address changed its label 2 times, 1 of them within two years.",
    },
  },
  {
    kind: "boundary",
    when: "three within two years, and others before that",
    given: identity({ renames: renames(900, 800, 150, 100) }),
    expect: { outcome: "fired", strength: 1 },
  },
] satisfies readonly Vector[];
