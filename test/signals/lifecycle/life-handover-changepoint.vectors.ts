import type { Continuity } from "../../../src/history/traces/traces.ts";
import { daysAgo } from "../given.ts";
import { continuity, ref, replaced } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

const all = (...ties: readonly Continuity[]) => continuity(ties.map((tie) => replaced(tie)));
const TWO = [replaced("addresses"), replaced("key")];

export default [
  {
    kind: "boundary",
    when: "addresses, signing, machine and clock at once",
    given: all("addresses", "key", "machine", "clock"),
    expect: { outcome: "fired", strength: 1, evidenceCount: 1 },
  },
  {
    kind: "boundary",
    when: "three of them",
    given: all("addresses", "key", "clock"),
    expect: { outcome: "fired", strength: 0.5 },
  },
  { kind: "boundary", when: "two of them", given: all("addresses", "key"), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "the third with ten commits after it",
    given: continuity([...TWO, replaced("machine", { afterCount: 10 })]),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "the third with nine commits after it",
    given: continuity([...TWO, replaced("machine", { afterCount: 9 })]),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the third with nine commits before it",
    given: continuity([...TWO, replaced("machine", { beforeCount: 9 })]),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the third begins 21 days later",
    given: continuity([...TWO, replaced("machine", { from: daysAgo(19), to: daysAgo(18) })]),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "the third begins 22 days later",
    given: continuity([...TWO, replaced("machine", { from: daysAgo(18), to: daysAgo(17) })]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a new laptop: another machine and key",
    given: all("key", "machine"),
    expect: { outcome: "clear" },
  },
  { kind: "look_alike", when: "nothing was replaced", given: continuity(), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "twenty local commits",
    given: continuity([], { localCount: 20 }),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "19 local commits",
    given: continuity([], { localCount: 19 }),
    expect: { outcome: "unknown" },
  },
  {
    kind: "fires",
    when: "three of them, as it was kept before replacements were counted",
    given: {
      "history.continuity": {
        comparable: true,
        handover: { at: daysAgo(40), replaced: ["addresses", "key", "clock"], refs: [ref(40)] },
      },
    },
    expect: { outcome: "fired", strength: 0.5, evidenceCount: 1 },
  },
  {
    kind: "unknown",
    when: "too few local commits, as it was kept before",
    given: { "history.continuity": { comparable: false, handover: null } },
    expect: { outcome: "unknown" },
  },
] satisfies readonly Vector[];
