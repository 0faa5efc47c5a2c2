import type { PublicText } from "../../../src/dossier/public-texts.ts";
import { daysAgo, pullRequests, spread, texted, wrote } from "../given.ts";
import type { Vector } from "../vector.ts";

const of = (texts: readonly Partial<PublicText>[], opened = spread(0, 1)) => ({
  "account.texts": wrote(texts),
  "account.pullRequests": pullRequests(opened),
});
const known = { kind: "issue", stars: 5_000 } as const;
/** Closed within so many days after it was opened. */
const closed = (count: number, outcome: PublicText["outcome"], days = 1): readonly Partial<PublicText>[] =>
  Array.from({ length: count }, (_, index) => ({
    ...known,
    ownerNodeId: `O_${index}`,
    at: daysAgo(30 + index),
    ...(outcome === undefined ? {} : { outcome }),
    closedAt: daysAgo(30 + index - days),
  }));
const claims = texted(8, { kind: "comment", stars: 2_000, marks: ["claims", "bounty"] });

export default [
  {
    kind: "fires",
    when: "issues in fifteen projects that were all turned away at once",
    given: of(closed(15, "not_planned")),
    expect: {
      outcome: "fired",
      strength: 1,
      fact: "In well known projects of 15 owners the account left 15 issues or claims that were decided on, and no pull request; 15 of them were turned away within days, or nothing came of them.",
      at: daysAgo(30),
    },
  },
  {
    kind: "fires",
    when: "claims to bounties without any work",
    given: of(claims),
    expect: { outcome: "fired", strength: 0.53 },
  },
  {
    kind: "look_alike",
    when: "a bounty hunter who sends work for what he claims",
    given: of(claims, spread(8, 12)),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "issues that a program closed after months",
    given: of(closed(15, "not_planned", 30)),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a newcomer whose issues were mended, some of them known before",
    given: of([...closed(6, "closed"), ...closed(4, "duplicate")]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "issues that are open, and questions",
    given: of([...texted(10, { ...known, outcome: "open" }), ...texted(10, { kind: "comment", stars: 5_000 })]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "issues in small projects",
    given: of([
      ...closed(15, "not_planned").map((text) => ({ ...text, stars: 20 })),
      ...texted(5, { ...known, outcome: "open" }),
    ]),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "five owners",
    given: of(closed(5, "duplicate")),
    expect: { outcome: "fired", strength: 0.33 },
  },
  {
    kind: "boundary",
    when: "four owners, and an open issue with a fifth",
    given: of([...closed(4, "duplicate"), { ...known, ownerNodeId: "O_9", outcome: "open" }]),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "eight of ten turned away",
    given: of([...closed(8, "duplicate"), ...closed(2, "closed")]),
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "seven of nine",
    given: of([...closed(7, "duplicate"), ...closed(2, "closed")]),
    expect: { outcome: "clear" },
  },
  {
    kind: "unknown",
    when: "hardly any issue in such projects",
    given: of(closed(4, "not_planned")),
    expect: { outcome: "unknown", unseen: "too few texts elsewhere" },
  },
] satisfies readonly Vector[];
