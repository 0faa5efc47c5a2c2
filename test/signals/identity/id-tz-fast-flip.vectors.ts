import { daysAgo } from "../given.ts";
import { identity, ref } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "boundary",
    when: "what is counted happened last two years ago",
    given: identity({ localCount: 200, clockJumps: { count: 6, lastAt: daysAgo(730), refs: [ref()] } }),
    expect: { outcome: "fired", at: daysAgo(730) },
  },
  {
    kind: "fires",
    when: "six of two hundred commits came too soon",
    given: identity({ localCount: 200, clockJumps: { count: 6, refs: [ref()] } }),
    expect: {
      outcome: "fired",
      strength: 1,
      evidenceCount: 1,
      fact: "6 of 200 local commits came sooner after the one before than their clocks are apart.",
    },
  },
  {
    kind: "look_alike",
    when: "two machines: a jump or two",
    given: identity({ localCount: 60, clockJumps: { count: 2, refs: [ref()] } }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "five jumps in years of daily work",
    given: identity({ localCount: 2_000, clockJumps: { count: 5, refs: [ref()] } }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "three jumps, one commit in a hundred",
    given: identity({ localCount: 300, clockJumps: { count: 3, refs: [ref()] } }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "three jumps, less than that",
    given: identity({ localCount: 301, clockJumps: { count: 3, refs: [ref()] } }),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "too few local commits",
    given: identity({ localCount: 19, clockJumps: { count: 3, refs: [ref()] } }),
    expect: { outcome: "unknown", unseen: "fewer than 20 local commits" },
  },
  {
    kind: "boundary",
    when: "twenty local commits",
    given: identity({ localCount: 20, clockJumps: { count: 3, refs: [ref()] } }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "five jumps",
    given: identity({ localCount: 200, clockJumps: { count: 5, refs: [ref()] } }),
    expect: { outcome: "fired", strength: 1 },
  },
  {
    kind: "boundary",
    when: "four jumps",
    given: identity({ localCount: 200, clockJumps: { count: 4, refs: [ref()] } }),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "two jumps of twenty commits",
    given: identity({ localCount: 20, clockJumps: { count: 2, refs: [ref()] } }),
    expect: { outcome: "clear" },
  },
] satisfies readonly Vector[];
