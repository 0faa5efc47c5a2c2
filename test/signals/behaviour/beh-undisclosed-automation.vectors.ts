import { texted, wrote } from "../given.ts";
import type { Vector } from "../vector.ts";

const of = (...lists: readonly ReturnType<typeof texted>[]) => ({ "account.texts": wrote(lists.flat()) });

export default [
  {
    kind: "fires",
    when: "sixty comments of one pattern",
    given: of(texted(60, { kind: "comment", alike: 0, owners: 6 })),
    expect: {
      outcome: "fired",
      strength: 0.7,
      fact: "Of 60 texts 60 follow one pattern, and none says that a program wrote it.",
      at: "2026-06-01T11:00:00.000Z",
    },
  },
  {
    kind: "fires",
    when: "fifty in an hour, all of them different",
    given: of(texted(50, { everyHours: 1 / 60 })),
    expect: {
      outcome: "fired",
      strength: 0.7,
      fact: "Within an hour the account wrote 50 texts, and none says that a program did.",
    },
  },
  {
    kind: "fires",
    when: "all of them with one owner",
    given: of(texted(50, { owners: 1, everyHours: 1 / 60 })),
    expect: { outcome: "fired", strength: 0.7 },
  },
  {
    kind: "fires",
    when: "both",
    given: of(texted(60, { alike: 2, everyHours: 1 / 60 })),
    expect: { outcome: "fired", strength: 1, evidenceCount: 2 },
  },
  {
    kind: "look_alike",
    when: "a program that says so",
    given: of(texted(199, { alike: 0, everyHours: 1 / 60 }), texted(1, { marks: ["automation"] })),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a person who writes much",
    given: of(texted(100, { everyHours: 2 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "many short answers of a few kinds among others",
    given: of(texted(40, { alike: 0 }), texted(20, {})),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "releases of the projects that it looks after",
    given: of(texted(80, { alike: 0, insider: true }), texted(50, {})),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "the same over a year",
    given: of(texted(60, { alike: 0, everyHours: 146 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "nine in ten",
    given: of(texted(45, { alike: 0 }), texted(5, {})),
    expect: { outcome: "fired" },
  },
  { kind: "boundary", when: "fewer", given: of(texted(44, { alike: 0 }), texted(6, {})), expect: { outcome: "clear" } },
  {
    kind: "unknown",
    when: "forty-nine texts",
    given: of(texted(49, { alike: 0 })),
    expect: { outcome: "unknown", unseen: "too few texts elsewhere" },
  },
] satisfies readonly Vector[];
