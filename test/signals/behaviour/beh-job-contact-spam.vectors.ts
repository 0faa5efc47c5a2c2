import { texted, wrote } from "../given.ts";
import type { Vector } from "../vector.ts";

const of = (...lists: readonly ReturnType<typeof texted>[]) => ({ "account.texts": wrote(lists.flat()) });

export default [
  {
    kind: "fires",
    when: "the same address with twelve owners in a week",
    given: of(texted(12, { contacts: [0], everyHours: 12 }), texted(48, {})),
    expect: {
      outcome: "fired",
      strength: 1,
      bits: 2,
      fact: "Within 60 days the account left the same address to reach or pay it in issues or pull requests of 12 owners.",
      at: "2026-06-01T11:00:00.000Z",
    },
  },
  {
    kind: "fires",
    when: "two addresses, one of them with four owners",
    given: of(texted(4, { contacts: [0, 1] }), texted(2, { contacts: [1], owners: 1 })),
    expect: { outcome: "fired", strength: 0.67 },
  },
  {
    kind: "look_alike",
    when: "a bounty hunter who says in each payout thread where the money goes",
    given: of(texted(40, { contacts: [0], marks: ["bounty"], everyHours: 18 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "reports full of addresses of contracts, another one in each",
    given: of(Array.from({ length: 20 }, (_, index) => ({ ownerNodeId: `O_${index}`, contacts: [index] }))),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "an address in many issues of one owner",
    given: of(texted(30, { contacts: [0], owners: 1, kind: "issue" })),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a signature below comments that were sent as mail",
    given: of(texted(30, { contacts: [0], kind: "comment" }), texted(3, {})),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a maintainer who says in his own projects how he can be reached",
    given: of(texted(12, { contacts: [0], insider: true }), texted(3, {})),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "three owners",
    given: of(texted(3, { contacts: [0] })),
    expect: { outcome: "fired", strength: 0.5 },
  },
  {
    kind: "boundary",
    when: "two owners",
    given: of(texted(4, { contacts: [0], owners: 2 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "three in sixty days",
    given: of(texted(3, { contacts: [0], everyHours: 719 })),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "three in more",
    given: of(texted(3, { contacts: [0], everyHours: 721 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "two texts",
    given: of(texted(2, { contacts: [0] })),
    expect: { outcome: "unknown", unseen: "too few texts elsewhere" },
  },
] satisfies readonly Vector[];
