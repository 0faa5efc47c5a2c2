import { profile, pullRequests, repositories, spread } from "../given.ts";
import type { Vector } from "../vector.ts";

const ages = (count: number) => Array.from({ length: count }, (_, index) => index % 50);
const of = (ageDays: number, owned: number, opened = spread(0, 1)) => ({
  "account.profile": profile(ageDays),
  "account.repositories": repositories(ages(owned)),
  "account.pullRequests": pullRequests(opened),
});

export default [
  {
    kind: "fires",
    when: "a young account owns forty repositories",
    given: of(60, 40),
    expect: {
      outcome: "fired",
      strength: 1,
      fact: "The account is less than 90 days old and owns 40 repositories that are not forks.",
    },
  },
  {
    kind: "fires",
    when: "a young account wrote to forty owners in ten days",
    given: of(60, 2, spread(40, 6)),
    expect: {
      outcome: "fired",
      strength: 1,
      fact: "The account is less than 90 days old and opened pull requests to 40 owners within 14 days.",
    },
  },
  {
    kind: "look_alike",
    when: "a keen newcomer with a course repository per exercise",
    given: of(20, 12, spread(3, 24)),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "its repositories are forks that contributions need",
    given: { ...of(60, 0), "account.repositories": repositories(ages(40), { forkCount: 30 }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "an old account of the same pace",
    given: of(3000, 40, spread(40, 6)),
    expect: { outcome: "clear" },
  },
  { kind: "boundary", when: "twenty repositories", given: of(60, 20), expect: { outcome: "fired", strength: 0.5 } },
  { kind: "boundary", when: "nineteen repositories", given: of(60, 19), expect: { outcome: "clear" } },
  { kind: "boundary", when: "89 days old", given: of(89, 20), expect: { outcome: "fired" } },
  { kind: "boundary", when: "90 days old", given: of(90, 20), expect: { outcome: "clear" } },
  {
    kind: "boundary",
    when: "ten owners within two weeks",
    given: of(60, 0, spread(10, 36)),
    expect: { outcome: "fired", strength: 0.33 },
  },
  {
    kind: "boundary",
    when: "ten owners in more than two weeks",
    given: of(60, 0, spread(10, 38)),
    expect: { outcome: "clear" },
  },
] satisfies readonly Vector[];
