import { ties } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

/** So many forks and merges, of which so many forks have lost their parent and so many mergers are gone. */
const given = (forkCount: number, orphanCount: number, mergedCount = 0, goneCount = 0) =>
  ties({ edges: [], outside: { 0: mergedCount }, goneCount, forks: { count: forkCount, orphanCount } });

export default [
  {
    kind: "fires",
    when: "most of what it forked and most who merged its work are gone",
    given: given(6, 4, 4, 3),
    expect: {
      outcome: "fired",
      strength: 1,
      fact: "7 of its 10 forks and merged pull requests lead to repositories or accounts that are gone.",
    },
  },
  { kind: "boundary", when: "three of five", given: given(5, 3), expect: { outcome: "fired", strength: 1 } },
  { kind: "boundary", when: "three of six", given: given(6, 3), expect: { outcome: "fired", strength: 0.5 } },
  { kind: "boundary", when: "three of ten", given: given(10, 3), expect: { outcome: "fired", strength: 0.5 } },
  { kind: "boundary", when: "three of eleven", given: given(11, 3), expect: { outcome: "clear" } },
  { kind: "boundary", when: "two of two", given: given(2, 2), expect: { outcome: "clear" } },
  {
    kind: "look_alike",
    when: "a long record of which some people left GitHub",
    given: given(30, 4, 50, 5),
    expect: { outcome: "clear" },
  },
  { kind: "look_alike", when: "no fork and no merge", given: given(0, 0), expect: { outcome: "clear" } },
  {
    kind: "unknown",
    when: "nobody says which account it is",
    given: given(5, 3),
    subjectId: null,
    expect: { outcome: "unknown" },
  },
  { kind: "unknown", when: "its pull requests were not read", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
