import { pullRequests, spread } from "../given.ts";
import type { Vector } from "../vector.ts";

const of = (opened: ReturnType<typeof spread>) => ({ "account.pullRequests": pullRequests(opened) });

export default [
  {
    kind: "fires",
    when: "64 owners in a week",
    given: of(spread(64, 2)),
    expect: { outcome: "fired", strength: 1, fact: "The account opened pull requests to 64 owners within 7 days." },
  },
  {
    kind: "fires",
    when: "16 owners in a week",
    given: of(spread(16, 6)),
    expect: { outcome: "fired", strength: 0.33 },
  },
  {
    kind: "look_alike",
    when: "many pull requests to one owner",
    given: of(spread(64, 2).map((each) => ({ ...each, ownerNodeId: "O_1" }))),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "many pull requests to its own repositories",
    given: of(spread(64, 2).map((each) => ({ ...each, elsewhere: false }))),
    expect: { outcome: "clear" },
  },
  { kind: "look_alike", when: "many owners over a year", given: of(spread(64, 130)), expect: { outcome: "clear" } },
  { kind: "boundary", when: "eight owners in a week", given: of(spread(8, 20)), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "nine owners in a week",
    given: of(spread(9, 20)),
    expect: { outcome: "fired", strength: 0.06 },
  },
] satisfies readonly Vector[];
