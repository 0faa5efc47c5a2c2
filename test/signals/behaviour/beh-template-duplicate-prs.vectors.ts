import { texted, wrote } from "../given.ts";
import type { Vector } from "../vector.ts";

const of = (...lists: readonly ReturnType<typeof texted>[]) => ({ "account.texts": wrote(lists.flat()) });

export default [
  {
    kind: "fires",
    when: "fifty copies in a fortnight",
    given: of(texted(50, { alike: 0, everyHours: 6 })),
    expect: {
      outcome: "fired",
      strength: 1,
      bits: 3,
      fact: "Within 30 days the account opened 50 pull requests with nearly the same title and text to 50 owners.",
      at: "2026-06-01T11:00:00.000Z",
    },
  },
  {
    kind: "fires",
    when: "twenty copies among other work",
    given: of(texted(20, { alike: 3, owners: 9 }), texted(40, {}), texted(4, { alike: 1 })),
    expect: { outcome: "fired", strength: 0.8 },
  },
  {
    kind: "fires",
    when: "a campaign that says so counts for a fifth",
    given: of(texted(50, { alike: 0, marks: ["campaign"] })),
    expect: {
      outcome: "fired",
      strength: 0.2,
      fact: "Within 30 days the account opened 50 pull requests with nearly the same title and text to 50 owners. Each of them says what it belongs to, or that a program wrote it.",
    },
  },
  {
    kind: "fires",
    when: "one of the copies says nothing",
    given: of(texted(48, { alike: 0, marks: ["campaign"] }), texted(1, { alike: 0 })),
    expect: { outcome: "fired", strength: 0.996 },
  },
  {
    kind: "look_alike",
    when: "a maintainer of a tool writes anew to each of its users",
    given: of(texted(60, {})),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "copies in the projects of two owners",
    given: of(texted(30, { alike: 0, owners: 2 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a release manager in the organisations that he works for",
    given: of(texted(30, { alike: 0, insider: true }), texted(6, {})),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the same question as a comment in many places",
    given: of(texted(30, { alike: 0, kind: "comment" }), texted(6, {})),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "five to four owners",
    given: of(texted(5, { alike: 0, owners: 4 })),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "five to three owners",
    given: of(texted(5, { alike: 0, owners: 3 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "four, and another",
    given: of(texted(4, { alike: 0 }), texted(1, {})),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "five in thirty days",
    given: of(texted(5, { alike: 0, everyHours: 179 })),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "five in more",
    given: of(texted(5, { alike: 0, everyHours: 181 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "a newcomer with four pull requests",
    given: of(texted(4, { alike: 0 })),
    expect: { outcome: "unknown", unseen: "too few texts elsewhere" },
  },
] satisfies readonly Vector[];
