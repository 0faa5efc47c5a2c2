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
    expect: {
      outcome: "fired",
      strength: 1,
      evidenceCount: 1,
      fact: "Replaced for good within three weeks: the addresses, the machine, the signing, where its clock stands.",
    },
  },
  {
    kind: "boundary",
    when: "three of them",
    given: all("addresses", "key", "clock"),
    expect: {
      outcome: "fired",
      strength: 0.5,
      fact: "Replaced for good within three weeks: the addresses, the signing, where its clock stands.",
    },
  },
  { kind: "boundary", when: "two of them", given: all("addresses", "key"), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "the third with ten commits after it",
    given: continuity([...TWO, replaced("machine", { afterCount: 10 })]),
    expect: {
      outcome: "fired",
      strength: 0.5,
      fact: "Replaced for good within three weeks: the addresses, the machine, the signing.",
    },
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
    when: "from the last use of what was first given up to the third's first use 21 days",
    given: continuity([...TWO, replaced("machine", { from: daysAgo(21), to: daysAgo(20) })]),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "from the last use of what was first given up to the third's first use 22 days",
    given: continuity([...TWO, replaced("machine", { from: daysAgo(20), to: daysAgo(19) })]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "all of it new after a pause of four months",
    given: continuity(
      (["addresses", "key", "machine", "clock"] as const).map((tie) => replaced(tie, { from: daysAgo(162) })),
    ),
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
    expect: { outcome: "unknown", unseen: "fewer than 20 local commits" },
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
    expect: { outcome: "unknown", unseen: "fewer than 20 local commits" },
  },
  {
    kind: "boundary",
    when: "of several moments at which as much was replaced the first is shown, by tie",
    given: continuity([
      replaced("machine", { from: daysAgo(40), to: daysAgo(39), refs: [ref(39)] }),
      replaced("key", { from: daysAgo(39), to: daysAgo(38), refs: [ref(38)] }),
      replaced("addresses", { from: daysAgo(38), to: daysAgo(37), refs: [ref(37)] }),
    ]),
    expect: { outcome: "fired", commit: "c37" },
  },
  {
    kind: "boundary",
    when: "and of one tie by time",
    given: continuity([
      replaced("addresses", { beforeCount: 61, from: daysAgo(38), to: daysAgo(37), refs: [ref(37)] }),
      replaced("addresses", { from: daysAgo(39), to: daysAgo(38), refs: [ref(38)] }),
      replaced("key"),
      replaced("machine"),
    ]),
    expect: { outcome: "fired", commit: "c38" },
  },
  {
    kind: "boundary",
    when: "the third given up 21 days before the two are new",
    given: continuity([...TWO, replaced("machine", { from: daysAgo(61), to: daysAgo(60) })]),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "the third given up 22 days before the two are new",
    given: continuity([...TWO, replaced("machine", { from: daysAgo(62), to: daysAgo(61) })]),
    expect: { outcome: "clear" },
  },
  ...(
    [
      [51, 30, "fired"],
      [52, 30, "clear"],
      [51, 29, "clear"],
    ] as const
  ).map(
    ([first, last, outcome]): Vector => ({
      kind: "boundary",
      when: `three ties one after the other, the first given up ${first} and the last new ${last} days ago`,
      given: continuity([
        replaced("key", { from: daysAgo(first), to: daysAgo(first - 1) }),
        replaced("addresses"),
        replaced("machine", { from: daysAgo(last + 1), to: daysAgo(last) }),
      ]),
      expect: { outcome },
    }),
  ),
] satisfies readonly Vector[];
