import { origin } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "three repositories of many strangers",
    given: origin(...Array.from({ length: 3 }, () => ({ otherAuthorCount: 40, subjectShare: 0.01 }))),
    expect: {
      outcome: "fired",
      strength: 1,
      evidenceCount: 3,
      fact: "40 other people wrote one of its repositories, and none of them ever acted there.",
    },
  },
  {
    kind: "fires",
    when: "one of them",
    given: origin({ otherAuthorCount: 40, subjectShare: 0.01 }),
    expect: { outcome: "fired", strength: 0.2 },
  },
  {
    kind: "look_alike",
    when: "a project whose people do come there",
    given: origin({ otherAuthorCount: 40, subjectShare: 0.01, othersActed: true }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a mirror that says so",
    given: origin({ otherAuthorCount: 40, subjectShare: 0.01, declared: true }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "twenty others",
    given: origin({ otherAuthorCount: 20, subjectShare: 0.049 }),
    expect: { outcome: "fired", strength: 0.2 },
  },
  {
    kind: "boundary",
    when: "nineteen others",
    given: origin({ otherAuthorCount: 19, subjectShare: 0.049 }),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "whether others acted is not known",
    given: origin({ otherAuthorCount: 40, subjectShare: 0.01, othersActed: null }),
    expect: { outcome: "unknown", unseen: "whether others acted in its repositories is not known" },
  },
  {
    kind: "boundary",
    when: "a twentieth of it is its own",
    given: origin({ otherAuthorCount: 40, subjectShare: 0.05 }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "two of them",
    given: origin(...Array.from({ length: 2 }, () => ({ otherAuthorCount: 40, subjectShare: 0.01 }))),
    expect: { outcome: "fired", strength: 0.6 },
  },
] satisfies readonly Vector[];
