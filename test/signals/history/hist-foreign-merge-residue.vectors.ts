import { origin } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "dozens of references to pull requests that never were",
    given: origin({ impossibleReferenceCount: 40 }),
    expect: {
      outcome: "fired",
      strength: 0.4,
      evidenceCount: 1,
      fact: "40 commits of one repository refer to pull requests beyond the last number it ever gave.",
    },
  },
  {
    kind: "fires",
    when: "in two repositories",
    given: origin({ impossibleReferenceCount: 40 }, { impossibleReferenceCount: 12 }),
    expect: { outcome: "fired", strength: 1, evidenceCount: 2 },
  },
  {
    kind: "look_alike",
    when: "a mirror that says so",
    given: origin({ impossibleReferenceCount: 400, declared: true }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "ten references",
    given: origin({ impossibleReferenceCount: 10 }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "nine references",
    given: origin({ impossibleReferenceCount: 9 }),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "the number of pull requests is not known",
    given: origin({ impossibleReferenceCount: null }),
    expect: { outcome: "unknown", unseen: "how many pull requests its repositories had is not known" },
  },
] satisfies readonly Vector[];
