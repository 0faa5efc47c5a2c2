import { codeMatches, holding } from "../given-code.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "a portfolio that holds fifty private files",
    given: codeMatches([holding(50)]),
    expect: {
      outcome: "fired",
      strength: 1,
      soft: false,
      bits: 4,
      evidenceCount: 2,
      leftOut: 49,
      commit: "c1",
      fact: "50 of the 120 different files in all versions of one of its public repositories (42 %) have the content of private files of the organisation, and its own pushes brought them.",
    },
  },
  {
    kind: "fires",
    when: "ten files in each of three repositories",
    given: codeMatches([holding(10), holding(10, { repository: 8 }), holding(10, { repository: 9 })]),
    expect: { outcome: "fired", strength: 0.6, evidenceCount: 6, leftOut: 27 },
  },
  {
    kind: "fires",
    when: "a path with characters that nobody sees",
    given: codeMatches([holding(20, { paths: [{ path: "src/a\u202eb.ts", commit: "c1" }], refs: [] })]),
    expect: { outcome: "fired", strength: 0.4, evidenceCount: 2, leftOut: 19 },
  },
  {
    kind: "fires",
    when: "twenty paths of two commits, ten in a sentence at most",
    given: codeMatches([
      holding(20, {
        paths: Array.from({ length: 20 }, (_, index) => ({
          path: `src/${index}.ts`,
          commit: index < 12 ? "c1" : "c2",
        })),
      }),
    ]),
    expect: { outcome: "fired", strength: 0.4, evidenceCount: 4 },
  },
  {
    kind: "fires",
    when: "one repository of private files beside one that the organisation has public and one that began with a template",
    given: codeMatches([
      holding(20),
      holding(60, { repository: 8, published: true }),
      holding(60, { repository: 9, begunWithCount: 60 }),
    ]),
    expect: { outcome: "fired", strength: 0.4, evidenceCount: 2, leftOut: 19 },
  },
  {
    kind: "boundary",
    when: "twenty files",
    given: codeMatches([holding(20)]),
    expect: { outcome: "fired", strength: 0.4, leftOut: 19 },
  },
  { kind: "boundary", when: "nineteen", given: codeMatches([holding(19)]), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "the same nineteen in two repositories",
    given: codeMatches([holding(19), holding(19, { repository: 8 })], { countedCount: 19 }),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "what the organisation has public itself",
    given: codeMatches([holding(60, { published: true })]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a template that both repositories began with",
    given: codeMatches([holding(60, { begunWithCount: 60 })]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a repository into which others pushed it",
    given: codeMatches([holding(0, { matchedCount: 60 })]),
    expect: { outcome: "clear" },
  },
  { kind: "look_alike", when: "nothing of it anywhere", given: codeMatches([]), expect: { outcome: "clear" } },
  {
    kind: "look_alike",
    when: "repositories that were too large to compare",
    given: codeMatches([], { uncomparedCount: 2 }),
    expect: { outcome: "clear", unseen: "2 of its public repositories could not be compared" },
  },
  {
    kind: "unknown",
    when: "nobody could say whether the organisation has it public",
    given: codeMatches([holding(60, { published: null })]),
    expect: {
      outcome: "unknown",
      unseen: "whether the organisation has the code public itself could not be asked",
    },
  },
  { kind: "unknown", when: "the organisation has no index", given: {}, expect: { outcome: "unknown" } },
] satisfies readonly Vector[];
