import { NOW } from "../given.ts";
import { circle, type Group, ties } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

/** So many accounts merged a pull request of the subject, all made so many days after it. */
const merged = (count: number, days: number): Group => ({
  edges: Array.from({ length: count }, (_, index) => [0, index + 1, 1] as const),
  madeAfter: Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, days])),
});

export default [
  {
    kind: "fires",
    when: "eight accounts of the same week merged its pull requests",
    given: ties(merged(8, 3)),
    expect: {
      outcome: "fired",
      strength: 1,
      at: NOW,
      fact: "8 accounts that merged its pull requests, or those of its group, were made within a week of it.",
    },
  },
  { kind: "boundary", when: "four", given: ties(merged(4, 3)), expect: { outcome: "fired", strength: 0.5 } },
  { kind: "boundary", when: "seven", given: ties(merged(7, 3)), expect: { outcome: "fired", strength: 0.5 } },
  { kind: "boundary", when: "three", given: ties(merged(3, 3)), expect: { outcome: "clear" } },
  { kind: "boundary", when: "seven days before it", given: ties(merged(4, -7)), expect: { outcome: "fired" } },
  { kind: "boundary", when: "eight days after it", given: ties(merged(4, 8)), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "a ring of five of one week, of which two merged its own",
    given: ties({ edges: circle(5), madeAfter: { 1: 1, 2: 2, 3: 3, 4: 4 } }),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "look_alike",
    when: "accounts of the same week sought merges from it",
    given: ties({
      edges: [1, 2, 3, 4, 5, 6, 7, 8].map((index) => [index, 0, 5] as const),
      madeAfter: Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((index) => [index, 1])),
    }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a newcomer of a class of eighty with one merge",
    given: ties(merged(1, 0)),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "nobody says which account it is",
    given: ties(merged(8, 3)),
    subjectId: null,
    expect: { outcome: "unknown" },
  },
  { kind: "unknown", when: "its pull requests were not read", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
