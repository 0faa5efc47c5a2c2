import type { PublicText } from "../../../src/dossier/public-texts.ts";
import { daysAgo, pullRequests, spread, texted, wrote } from "../given.ts";
import type { Vector } from "../vector.ts";

const merged = (count: number) => spread(count, 24).map((each) => ({ ...each, mergedAt: daysAgo(1) }));
const of = (texts: readonly Partial<PublicText>[], mergedCount = 0) => ({
  "account.texts": wrote(texts),
  "account.pullRequests": pullRequests(merged(mergedCount)),
});
const asks = { marks: ["asks_for_access"], kind: "issue" } as const;

export default [
  {
    kind: "fires",
    when: "asked in three repositories",
    given: of(texted(3, asks), 30),
    expect: {
      outcome: "fired",
      strength: 1,
      fact: "The account asked to be given access in 3 repositories, without holding a role there.",
      at: "2026-06-01T11:00:00.000Z",
    },
  },
  {
    kind: "fires",
    when: "asked the same project again after a week",
    given: of(texted(2, { ...asks, owners: 1, everyHours: 168 })),
    expect: {
      outcome: "fired",
      strength: 1,
      fact: "The account asked to be given access on 2 days, without holding a role there.",
    },
  },
  {
    kind: "fires",
    when: "asked once",
    given: of(texted(1, asks)),
    expect: {
      outcome: "fired",
      strength: 0.4,
      fact: "The account asked to be given access, without holding a role there.",
    },
  },
  {
    kind: "look_alike",
    when: "a member who asks for more where he works",
    given: of([{ ...asks, insider: true }, ...texted(4, {})]),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "much that was written, and nothing asked for",
    given: of(texted(40, { marks: ["bounty"] })),
    expect: { outcome: "clear" },
  },
  { kind: "boundary", when: "ten merges, one project", given: of(texted(1, asks), 10), expect: { outcome: "fired" } },
  {
    kind: "boundary",
    when: "eleven merges, one project",
    given: of(texted(1, asks), 11),
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "eleven merges, two projects",
    given: of(texted(2, asks), 11),
    expect: { outcome: "fired" },
  },
  {
    kind: "unknown",
    when: "nothing written elsewhere",
    given: of([]),
    expect: { outcome: "unknown", unseen: "too few texts elsewhere" },
  },
] satisfies readonly Vector[];
