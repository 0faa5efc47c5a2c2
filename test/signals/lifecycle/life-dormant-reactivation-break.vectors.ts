import type { AccountKeys } from "../../../src/dossier/facts.ts";
import { activity, daysAgo, profile, repositories } from "../given.ts";
import type { Vector } from "../vector.ts";

const YEAR = 365.25;
const keys = (...ages: readonly number[]): AccountKeys => ({
  keys: ages.map((days) => ({ kind: "gpg", createdAt: daysAgo(days) })),
});
/** Made ten years ago, quiet for eight, back for some months. */
const back = [300, 280, 200, 150, 100, 60, 30, 20, 10, 5];
const returned = {
  "account.profile": profile(10 * YEAR),
  "account.repositories": repositories([9 * YEAR, 100]),
  "account.activity": activity([9 * YEAR, ...back]),
};
const broken = { ...returned, "account.repositories": repositories([100, 90]), "account.keys": keys(200) };
const year = (fromDays: number, contributions: number, restricted: number, commits = 0) => ({
  from: daysAgo(fromDays),
  to: daysAgo(fromDays - 365),
  contributions,
  commits,
  restricted,
});
const holes = (contributions: number, commits = 0) => ({
  mayHaveHoles: true,
  years: [4, 3, 2].map((count) => year(count * YEAR, contributions, 0, commits)),
});

export default [
  {
    kind: "fires",
    when: "every key is new and no repository is left from before",
    given: broken,
    expect: {
      outcome: "fired",
      strength: 0.7,
      evidenceCount: 3,
      fact: "GitHub dates no act of the account for 8 years before it came back.",
    },
  },
  {
    kind: "fires",
    when: "it was renamed on its return, too",
    given: {
      ...broken,
      "account.snapshots": {
        snapshots: [
          { at: daysAgo(2000), loginHash: "a", ownedCount: 3 },
          { at: daysAgo(100), loginHash: "b", ownedCount: 1 },
        ],
      },
    },
    expect: { outcome: "fired", strength: 0.7, evidenceCount: 4 },
  },
  {
    kind: "fires",
    when: "GitHub counted nothing in the years where acts may be missing",
    given: { ...broken, "account.activity": activity([9 * YEAR, ...back], holes(0)) },
    expect: { outcome: "fired", strength: 0.7 },
  },
  {
    kind: "fires",
    when: "one commit was dated into each of the empty years",
    given: { ...broken, "account.activity": activity([9 * YEAR, ...back], holes(1, 1)) },
    expect: { outcome: "fired", strength: 0.7 },
  },
  {
    kind: "look_alike",
    when: "somebody made the account ten years ago and first acts now",
    given: { ...broken, "account.activity": activity(back) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "an issue was opened in each of the years, beside a commit",
    given: { ...broken, "account.activity": activity([9 * YEAR, ...back], holes(2, 1)) },
    expect: { outcome: "unknown", unseen: "acts in between may not have been fetched" },
  },
  {
    kind: "look_alike",
    when: "a developer came back and kept repositories and keys",
    given: { ...returned, "account.keys": keys(9 * YEAR, 200) },
    expect: { outcome: "fired", strength: 0.25, evidenceCount: 1 },
  },
  {
    kind: "look_alike",
    when: "private work filled the years",
    given: { ...broken, "account.activity": activity([9 * YEAR, ...back], { years: [year(5 * YEAR, 0, 40)] }) },
    expect: { outcome: "unknown", unseen: "private work may have filled the pause" },
  },
  {
    kind: "look_alike",
    when: "it has been back for years",
    given: { ...broken, "account.activity": activity([9 * YEAR, 700, ...back]) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "quiet for a little more than four years",
    given: { ...broken, "account.activity": activity([9 * YEAR, 300 + 4 * YEAR + 1, ...back]) },
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "quiet for a little less than four years",
    given: { ...broken, "account.activity": activity([7 * YEAR, 300 + 4 * YEAR - 1, ...back]) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "one break only",
    given: { ...returned, "account.keys": keys(200) },
    expect: { outcome: "fired", strength: 0.25, evidenceCount: 2 },
  },
  {
    kind: "unknown",
    when: "acts in between may not have been fetched",
    given: { ...broken, "account.activity": activity([9 * YEAR, ...back], holes(5)) },
    expect: { outcome: "unknown", unseen: "acts in between may not have been fetched" },
  },
  {
    kind: "unknown",
    when: "a new account with few acts",
    given: {
      "account.profile": profile(20),
      "account.repositories": repositories([10]),
      "account.activity": activity([5]),
    },
    expect: { outcome: "unknown", unseen: "fewer than 10 acts that GitHub dated" },
  },
  {
    kind: "boundary",
    when: "two of the empty years are known where acts may be missing",
    given: {
      ...broken,
      "account.activity": activity([9 * YEAR, ...back], { mayHaveHoles: true, years: holes(0).years.slice(1) }),
    },
    expect: { outcome: "unknown", unseen: "acts in between may not have been fetched" },
  },
  {
    kind: "boundary",
    when: "ten acts of a new account",
    given: {
      "account.profile": profile(20),
      "account.repositories": repositories([10]),
      "account.activity": activity([1, 2, 3, 4, 5, 6, 7, 8, 9]),
    },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "nine acts of a new account",
    given: {
      "account.profile": profile(20),
      "account.repositories": repositories([10]),
      "account.activity": activity([1, 2, 3, 4, 5, 6, 7, 8]),
    },
    expect: { outcome: "unknown", unseen: "fewer than 10 acts that GitHub dated" },
  },
  {
    kind: "boundary",
    when: "the year of private work is the pause to the day, and holds one act",
    given: {
      ...broken,
      "account.activity": activity([9 * YEAR, ...back], {
        years: [{ from: daysAgo(9 * YEAR), to: daysAgo(300), contributions: 0, restricted: 1 }],
      }),
    },
    expect: { outcome: "unknown", unseen: "private work may have filled the pause" },
  },
  {
    kind: "boundary",
    when: "the year of private work ends a day after the pause",
    given: {
      ...broken,
      "account.activity": activity([9 * YEAR, ...back], {
        years: [{ from: daysAgo(9 * YEAR), to: daysAgo(299), contributions: 0, restricted: 1 }],
      }),
    },
    expect: { outcome: "fired", strength: 0.7 },
  },
  {
    kind: "boundary",
    when: "one contribution of which nobody says whether it was a commit, where acts may be missing",
    given: {
      ...broken,
      "account.activity": activity([9 * YEAR, ...back], {
        mayHaveHoles: true,
        years: [4, 3, 2].map((count) => ({
          ...{ from: daysAgo(count * YEAR), to: daysAgo(count * YEAR - 365) },
          ...{ contributions: 1, restricted: 0 },
        })),
      }),
    },
    expect: { outcome: "unknown", unseen: "acts in between may not have been fetched" },
  },
  {
    kind: "boundary",
    when: "eight years to the day",
    given: {
      ...returned,
      "account.activity": activity([300 + 2_922, ...back]),
      "account.repositories": repositories([]),
    },
    expect: { outcome: "fired", fact: "GitHub dates no act of the account for 8 years before it came back." },
  },
  {
    kind: "boundary",
    when: "an hour less than eight years",
    given: {
      ...returned,
      "account.activity": activity([300 + 2_922 - 1 / 24, ...back]),
      "account.repositories": repositories([]),
    },
    expect: { outcome: "fired", fact: "GitHub dates no act of the account for 7 years before it came back." },
  },
  {
    kind: "boundary",
    when: "no key and no repository is no break",
    given: {
      ...returned,
      "account.activity": activity([9 * YEAR, ...back]),
      "account.repositories": repositories([]),
      "account.keys": keys(),
    },
    expect: { outcome: "fired", strength: 0.25, evidenceCount: 1 },
  },
  {
    kind: "boundary",
    when: "a key from the day the pause began is an old one",
    given: { ...returned, "account.keys": keys(9 * YEAR) },
    expect: { outcome: "fired", evidenceCount: 1 },
  },
  {
    kind: "boundary",
    when: "its one repository is from after the pause",
    given: { ...returned, "account.repositories": repositories([100]), "account.keys": keys(9 * YEAR) },
    expect: { outcome: "fired", evidenceCount: 2 },
  },
  {
    kind: "boundary",
    when: "a repository from the day the pause began was kept",
    given: { ...returned, "account.repositories": repositories([9 * YEAR]), "account.keys": keys(9 * YEAR) },
    expect: { outcome: "fired", evidenceCount: 1 },
  },
  {
    kind: "boundary",
    when: "not every repository is listed, so an old one may be left out",
    given: {
      ...returned,
      "account.repositories": repositories([100], { ownedCount: 2 }),
      "account.keys": keys(9 * YEAR),
    },
    expect: { outcome: "fired", evidenceCount: 1 },
  },
  ...(
    [
      [
        "only before the return",
        [
          [2000, "a"],
          [900, "b"],
        ],
        1,
      ],
      [
        "only from the return on",
        [
          [300, "a"],
          [100, "b"],
        ],
        1,
      ],
      [
        "with its last name before the return and its first name after it the same",
        [
          [900, "a"],
          [2000, "c"],
          [200, "a"],
        ],
        1,
      ],
      [
        "at the moment of the return, in no order",
        [
          [300, "b"],
          [900, "a"],
          [2000, "b"],
          [200, "b"],
        ],
        2,
      ],
    ] as const
  ).map(
    ([when, seen, evidenceCount]): Vector => ({
      kind: "boundary",
      when: `names that were seen ${when}`,
      given: {
        ...returned,
        "account.snapshots": {
          snapshots: seen.map(([days, loginHash]) => ({ at: daysAgo(days), loginHash, ownedCount: 1 })),
        },
      },
      expect: { outcome: "fired", evidenceCount },
    }),
  ),
  {
    kind: "boundary",
    when: "no contribution at all, and nobody says of commits, where acts may be missing",
    given: {
      ...broken,
      "account.activity": activity([9 * YEAR, ...back], {
        mayHaveHoles: true,
        years: [4, 3, 2].map((count) => ({
          ...{ from: daysAgo(count * YEAR), to: daysAgo(count * YEAR - 365) },
          ...{ contributions: 0, restricted: 0 },
        })),
      }),
    },
    expect: { outcome: "fired", strength: 0.7 },
  },
] satisfies readonly Vector[];
