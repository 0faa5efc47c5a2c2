import type { PublicText } from "../../../src/dossier/public-texts.ts";
import { daysAgo, texted, wrote } from "../given.ts";
import type { Vector } from "../vector.ts";

const of = (...lists: readonly (readonly Partial<PublicText>[])[]) => ({ "account.texts": wrote(lists.flat()) });
const repository = (ageDays: number, stars = 0, number = 0) => ({
  own: [{ repository: number, createdAt: daysAgo(ageDays), stars }],
});

export default [
  {
    kind: "fires",
    when: "a repository of twenty days in eight projects",
    given: of(texted(8, repository(20))),
    expect: {
      outcome: "fired",
      strength: 1,
      fact: "8 issues or pull requests of the account, with 8 owners, link a repository of its own that was less than 60 days old and has fewer than 5 stars.",
      at: "2026-06-01T11:00:00.000Z",
    },
  },
  {
    kind: "fires",
    when: "merges elsewhere as a list of references",
    given: of(texted(4, { cites: 5 })),
    expect: {
      outcome: "fired",
      strength: 0.52,
      fact: "4 issues or pull requests of the account, with 4 owners, list three or more of its pull requests that others merged.",
    },
  },
  {
    kind: "fires",
    when: "both",
    given: of(texted(3, { ...repository(9), cites: 3 })),
    expect: { outcome: "fired", evidenceCount: 2 },
  },
  {
    kind: "look_alike",
    when: "an example of its own for each bug",
    given: of(Array.from({ length: 9 }, (_, index) => ({ ownerNodeId: `O_${index}`, ...repository(20, 0, index) }))),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a tool that has been around and has users",
    given: of(texted(9, repository(800, 40))),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a link to the one place where the same was mended",
    given: of(texted(20, { cites: 1 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "comments that answer with the link",
    given: of(texted(9, { ...repository(20), kind: "comment" }), texted(3, {})),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "three texts, two owners",
    given: of(texted(3, { ...repository(20), owners: 2 })),
    expect: { outcome: "fired", strength: 0.4 },
  },
  {
    kind: "boundary",
    when: "three texts, one owner",
    given: of(texted(3, { ...repository(20), owners: 1 })),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "two texts, and another",
    given: of(texted(2, repository(20)), texted(1, {})),
    expect: { outcome: "clear" },
  },
  { kind: "boundary", when: "59 days old", given: of(texted(3, repository(59))), expect: { outcome: "fired" } },
  { kind: "boundary", when: "61 days old", given: of(texted(3, repository(61))), expect: { outcome: "clear" } },
  { kind: "boundary", when: "four stars", given: of(texted(3, repository(20, 4))), expect: { outcome: "fired" } },
  { kind: "boundary", when: "five stars", given: of(texted(3, repository(20, 5))), expect: { outcome: "clear" } },
  {
    kind: "unknown",
    when: "two texts",
    given: of(texted(2, repository(20))),
    expect: { outcome: "unknown", unseen: "too few texts elsewhere" },
  },
] satisfies readonly Vector[];
