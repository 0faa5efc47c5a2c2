import { alsoHeld, circle, scan, ties } from "../given-traces.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "it follows two of the ring in which it merges, and nobody else",
    given: ties({ edges: circle(3), follows: [1, 2] }),
    expect: {
      outcome: "fired",
      strength: 0.5,
      fact: "It follows 2 accounts, and nobody who is not tied to it by merges or by the same repositories.",
    },
  },
  {
    kind: "fires",
    when: "it follows the one who had its repository before",
    given: { ...ties({ edges: [], follows: [1] }), ...scan([], { shared: [alsoHeld(1)] }) },
    expect: {
      outcome: "fired",
      fact: "It follows one account, and nobody who is not tied to it by merges or by the same repositories.",
    },
  },
  {
    kind: "boundary",
    when: "one of three is somebody else",
    given: ties({ edges: circle(3), follows: [1, 2, 7] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "it follows nobody",
    given: ties({ edges: circle(3), follows: [] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "it follows more than three",
    given: ties({ edges: circle(3) }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a newcomer who follows two friends that merge nothing of it",
    given: ties({ edges: [[1, 0, 9]], follows: [1, 2] }),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "nobody says which account it is",
    given: ties({ edges: circle(3), follows: [1] }),
    subjectId: null,
    expect: { outcome: "unknown" },
  },
  { kind: "unknown", when: "its ties were not read", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
