import { NOW } from "../given.ts";
import { alsoHeld, circle, type Group, scan, ties } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

const sameWeek = (size: number): NonNullable<Group["madeAfter"]> =>
  Object.fromEntries(Array.from({ length: size }, (_, index) => [index, index % 7]));
/** Everybody merges everybody else's. */
const clique = (size: number): Group["edges"] =>
  circle(size).concat(
    Array.from({ length: size }, (_, author) => author).flatMap((author) =>
      Array.from({ length: size }, (_, merger) => merger).flatMap((merger) =>
        author === merger || (author + 1) % size === merger || (merger + 1) % size === author
          ? []
          : [[author, merger, 2] as const],
      ),
    ),
  );

export default [
  {
    kind: "fires",
    when: "nine accounts of one week merge one another's and nobody else's",
    given: ties({ edges: clique(9), madeAfter: sameWeek(9) }),
    expect: {
      outcome: "fired",
      strength: 1,
      evidenceCount: 2,
      at: NOW,
      fact: "It and 8 other accounts merged 216 pull requests of one another in repositories of their own, and hardly any were merged elsewhere.",
    },
  },
  {
    kind: "fires",
    when: "five accounts, one of which had the same repository before",
    given: {
      ...ties({ edges: circle(5) }),
      ...scan([], { shared: [alsoHeld(1)] }),
    },
    expect: { outcome: "fired", strength: 1, evidenceCount: 2 },
  },
  {
    kind: "boundary",
    when: "five accounts and nothing beside it",
    given: ties({ edges: circle(5) }),
    expect: { outcome: "fired", strength: 0.7, evidenceCount: 1 },
  },
  {
    kind: "boundary",
    when: "three accounts",
    given: ties({ edges: circle(3) }),
    expect: { outcome: "fired", strength: 0.3 },
  },
  { kind: "boundary", when: "two accounts", given: ties({ edges: circle(2) }), expect: { outcome: "clear" } },
  { kind: "boundary", when: "fifteen", given: ties({ edges: circle(15) }), expect: { outcome: "fired" } },
  {
    kind: "boundary",
    when: "sixteen are a community",
    given: ties({ edges: circle(16) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "one in ten of a member's merges is elsewhere",
    given: ties({ edges: circle(3), outside: { 0: 1 } }),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "two of fourteen are",
    given: ties({ edges: circle(3), outside: { 0: 2 } }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "one of four members is merged elsewhere as well: the three that remain are not closed without it",
    given: ties({ edges: circle(4), outside: { 2: 20 } }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "one way around: no two of them merge each other's",
    given: ties({
      edges: [
        [0, 1, 9],
        [1, 2, 9],
        [2, 0, 9],
      ],
    }),
    expect: { outcome: "fired", strength: 0.3 },
  },
  {
    kind: "boundary",
    when: "one way and never back to it",
    given: ties({
      edges: [
        [0, 1, 9],
        [1, 2, 9],
      ],
    }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a maintainer who merges what others bring",
    given: ties({
      edges: [
        [1, 0, 20],
        [2, 0, 20],
        [3, 0, 20],
      ],
    }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "two accounts that merge each other drew the account in with two favours",
    given: ties({
      edges: [
        [0, 1, 2],
        [0, 2, 2],
        [1, 0, 9],
        [2, 0, 9],
        [1, 2, 9],
        [2, 1, 9],
      ],
    }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a single merge by a stranger",
    given: ties({ edges: [[0, 1, 1]], outside: { 0: 30 } }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "further accounts merge and were not asked about",
    given: ties({ edges: circle(2), unreadCount: 3 }),
    expect: { outcome: "clear", unseen: "3 further accounts that merge there" },
  },
  {
    kind: "unknown",
    when: "nobody says which account it is",
    given: ties({ edges: circle(3) }),
    subjectId: null,
    expect: { outcome: "unknown", unseen: "the account has no number" },
  },
  { kind: "unknown", when: "its pull requests were not read", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
