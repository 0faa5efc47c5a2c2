import type { ChangeThread, Pressing } from "../../../src/change/thread.ts";
import { daysAgo } from "../given.ts";
import { missed, tricksOn } from "../tricks.ts";
import type { Vector } from "../vector.ts";
import { ORDINARY_TALK, PRESSING, toldAs, UNCAUGHT } from "./tricks/threads.ts";

const as = (given: Vector["given"]): Vector["given"] => given;
const account = (priorActs: number | null, ...hoursAgo: readonly number[]): Pressing => ({
  priorActs,
  comments: hoursAgo.map((hours) => ({
    at: daysAgo(hours / 24),
    link: `https://github.com/octo-example/app/pull/7#issuecomment-${hours}`,
    pressesFor: ["merge"],
  })),
});
const of = (pressing: readonly Pressing[], unread = 0): { readonly "change.thread": ChangeThread } => ({
  "change.thread": { pressing, unread },
});

export default [
  ...tricksOn(as, await toldAs(PRESSING)),
  ...tricksOn(as, await toldAs(ORDINARY_TALK)),
  ...missed(tricksOn(as, await toldAs(UNCAUGHT)), { outcome: "clear" }),
  {
    kind: "fires",
    when: "two accounts press within a day",
    given: of([account(0, 30), account(3, 5)]),
    expect: {
      outcome: "fired",
      severity: "high",
      evidenceCount: 3,
      fact: "Within 72 hours 2 accounts without a tie to the repository, each with at most 3 public acts before, press here.",
    },
  },
  {
    kind: "fires",
    when: "two with hardly anything before, and another",
    given: of([account(0, 30), account(3, 5), account(50, 20)]),
    expect: {
      outcome: "fired",
      severity: "high",
      evidenceCount: 3,
      fact: "Within 72 hours 2 accounts without a tie to the repository, each with at most 3 public acts before, and 1 other, press here.",
    },
  },
  {
    kind: "fires",
    when: "some comments were not read",
    given: of([account(0, 30), account(3, 5)], 4),
    expect: { outcome: "fired", severity: "high", unseen: "what some comments say" },
  },
  { kind: "boundary", when: "72 hours", given: of([account(0, 72), account(0, 0)]), expect: { outcome: "fired" } },
  {
    kind: "boundary",
    when: "a little more",
    given: of([account(0, 72.00001), account(0, 0)]),
    expect: { outcome: "clear" },
  },
  { kind: "boundary", when: "three acts", given: of([account(3, 9), account(3, 0)]), expect: { outcome: "fired" } },
  { kind: "boundary", when: "four acts", given: of([account(3, 9), account(4, 0)]), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "half of those who press",
    given: of([account(0, 9), account(0, 0), account(90, 3), account(90, 4)]),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "less than half",
    given: of([account(0, 9), account(0, 0), account(90, 3), account(90, 4), account(90, 5)]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "each of the three days from one comment on has a single one with hardly anything before",
    given: of([account(0, 72.5), account(50, 72), account(0, 0)]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "one account, often",
    given: of([account(0, 9, 8, 7, 6, 5)]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "nobody presses in what was read",
    given: of([], 3),
    expect: { outcome: "clear", unseen: "what some comments say" },
  },
  {
    kind: "unknown",
    when: "what one of two did before was not told",
    given: of([account(0, 9), account(null, 0)]),
    expect: { outcome: "unknown", unseen: "what those who press did before" },
  },
  {
    kind: "look_alike",
    when: "what one of many did before was not told",
    given: of([account(90, 9), account(90, 8), account(90, 7), account(null, 0)]),
    expect: { outcome: "clear" },
  },
  { kind: "unknown", when: "the conversation was not read", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
