import type { KnownRepository } from "../../../src/history/people/known.ts";
import { identityTraces, namesOf, relationOf } from "../../../src/history/traces/trace-identity.ts";
import type { NameRelation } from "../../../src/history/traces/traces.ts";
import { atOnce } from "../../../src/slices.ts";
import { describe, expect, test } from "../../support/jest.ts";
import { historyOfRows, ownedRepository, subjectIn, type TableCommit } from "../made-table.ts";

const DAY = 86_400;
const HOUR = 3_600;
const ADA = "Ada Example <7+ada@users.noreply.github.com>";
const BEA = "Bea Sample <8+bea@users.noreply.github.com>";
const BOT = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>";
const WEB = "GitHub <noreply@github.com>";

/** The traces of the account 7 in repositories of these owners, its own where none are named. */
function tracesIn(
  repositories: readonly (readonly TableCommit[])[],
  more: { readonly owners?: readonly number[]; readonly known?: Partial<KnownRepository>; pushed?: boolean } = {},
) {
  const history = historyOfRows(repositories);
  const known = repositories.map((_, index) => ({
    ...ownedRepository(index + 1, more.owners?.[index] ?? 7),
    ...more.known,
  }));
  const receivedAt = more.pushed ? new Float64Array(history.table.rowCount) : null;
  return atOnce(identityTraces(history, subjectIn(history, { repositories: known, receivedAt })));
}

test("identity: own commits are counted, those made on a machine of its own apart, and the days between them", () => {
  const commits = [
    { author: ADA, authoredAt: 0 },
    { author: ADA, authoredAt: DAY, committer: WEB },
    { author: ADA, authoredAt: 1.5 * DAY, committer: BEA },
    { author: BEA, authoredAt: 9 * DAY, committer: ADA },
  ];
  expect(tracesIn([commits])).toMatchObject({ commitCount: 3, localCount: 1, spanDays: 1.5 });
  expect(tracesIn([[{ author: ADA }]])).toMatchObject({ commitCount: 1, localCount: 1, spanDays: 0 });
});

describe("clocks", () => {
  /** Two commits whose clocks stand so many minutes apart, so many seconds one after the other. */
  const pair = (minutes: number, seconds: number, offset = 60, committer = ADA): readonly TableCommit[] => [
    { author: ADA, authoredAt: DAY, offset },
    { author: ADA, authoredAt: DAY + seconds, offset: offset + minutes, committer },
  ];

  test.each<[string, readonly TableCommit[], number]>([
    ["three hours apart within a second less than that", pair(180, 3 * HOUR - 1), 1],
    ["three hours apart after three hours", pair(180, 3 * HOUR), 0],
    ["a minute less apart", pair(179, 1), 0],
    ["three hours the other way", pair(-180, 1, 300), 1],
    ["a clock of +0000, which is a server as often", pair(-300, 1, 300), 0],
    ["a commit that somebody else replayed", pair(180, 1, 60, BEA), 0],
    ["a merge that GitHub made in those years", pair(180, 1).map((each) => ({ ...each, mergedOnWeb: true })), 0],
    [
      "a server between them hides nothing",
      [pair(180, 2)[0]!, { author: ADA, authoredAt: DAY + 1, offset: 0 }, pair(180, 2)[1]!],
      1,
    ],
  ])("identity: %s", (_, commits, count) => {
    const { clockJumps } = tracesIn([commits]);
    expect(clockJumps).toMatchObject({ count, refs: { length: 2 * count } });
    expect(clockJumps.lastAt).toBe(clockJumps.refs.at(-1)?.at);
  });
});

describe("keys and machines", () => {
  const HOST = "rare-host-one.local";
  const onHost = (name: string, user: string): string => `${name} <${user}@${HOST}>`;

  test("identity: a key that others use too is shown with its other users, and who verified it", () => {
    const commits = [
      { author: ADA, key: "ssh:1", committedAt: 2 * DAY },
      { author: ADA, key: "ssh:1", committedAt: 3 * DAY },
      { author: BEA, key: "ssh:1", committedAt: DAY },
    ];
    const shared = {
      commitCount: 2,
      firstAt: "1970-01-03T00:00:00.000Z",
      others: [{ relation: "unrelated", commitCount: 1, firstAt: "1970-01-02T00:00:00.000Z", acrossOwners: false }],
      refs: { length: 2 },
    };
    expect(tracesIn([commits]).sharedKeys).toMatchObject([{ ...shared, verified: false }]);
    expect(tracesIn([commits], { pushed: true }).sharedKeys).toMatchObject([{ ...shared, verified: true }]);
  });

  test.each<[string, readonly TableCommit[]]>([
    [
      "a key of its own",
      [
        { author: ADA, key: "ssh:1" },
        { author: BEA, key: "ssh:2" },
      ],
    ],
    ["a key of others", [{ author: ADA }, { author: BEA, key: "ssh:1" }, { author: BOT, key: "ssh:1" }]],
    [
      "a key of whoever replayed its commit",
      [
        { author: ADA, committer: BEA, key: "ssh:1" },
        { author: BEA, key: "ssh:1" },
      ],
    ],
    [
      "a machine that comes with an image",
      [{ author: ADA, committer: "Ada Example <ada@ubuntu.local>" }, { author: "Bea Sample <bea@ubuntu.local>" }],
    ],
  ])("identity: %s is not shared", (_, commits) => {
    expect(tracesIn([commits])).toMatchObject({ sharedKeys: [], sharedMachines: [] });
  });

  test("identity: a rare machine that others use too is shown, and its name is not", () => {
    const found = tracesIn([
      [{ author: ADA }, { author: onHost("Ada Example", "ada") }, { author: onHost("Bea Sample", "bea") }],
    ]);
    expect(found.sharedMachines).toMatchObject([
      { commitCount: 1, others: [{ relation: "unrelated", commitCount: 1 }] },
    ]);
    expect(JSON.stringify(found)).not.toContain("rare-host");
  });

  test.each<[string, readonly number[], boolean]>([
    ["of another owner", [7, 9], true],
    ["of the same owner", [7, 7], false],
  ])("identity: a key used by somebody else in a repository %s", (_, owners, acrossOwners) => {
    const { sharedKeys } = tracesIn([[{ author: ADA, key: "ssh:1" }], [{ author: BEA, key: "ssh:1" }]], { owners });
    expect(sharedKeys[0]?.others).toMatchObject([{ acrossOwners }]);
  });
});

describe("bridges", () => {
  const own = [
    { author: ADA, authoredAt: DAY },
    { author: ADA, authoredAt: 3 * DAY },
  ];
  const bea = (day: number): TableCommit => ({ author: BEA, authoredAt: day * DAY });

  test.each<[string, readonly TableCommit[], number]>([
    ["another account", [bea(2)], 1],
    ["somebody without an account", [{ author: "Bea Sample <bea@example.org>" }], 0],
    ["an automation", [{ author: BOT }], 0],
    ["another account on GitHub's pages", [{ ...bea(2), committer: WEB }], 0],
    ["another account's commit that the subject replayed", [{ ...bea(2), committer: ADA }], 0],
  ])("identity: %s in a repository of the subject", (_, commits, count) => {
    expect(tracesIn([[...own, ...commits]]).bridges).toHaveLength(count);
  });

  test("identity: another account in repositories that are not the subject's is no bridge", () => {
    expect(tracesIn([own, [bea(2)]], { owners: [7, 8] }).bridges).toEqual([]);
    expect(tracesIn([own, [bea(2)], [bea(2), bea(4)]])).toMatchObject({
      bridges: [{ relation: "unrelated", commitCount: 3, repositoryCount: 2 }],
    });
  });

  test.each([
    ["between two of its own", 2, true],
    ["at the moment of its first", 1, false],
    ["at the moment of its last", 3, false],
    ["later", 4, false],
  ])("identity: a commit of another account %s", (_, on, interleaved) => {
    expect(tracesIn([[...own, bea(on)]]).bridges).toMatchObject([{ interleaved }]);
  });

  test.each<[string, Partial<KnownRepository>, boolean | null]>([
    ["the account is among those who acted", { actedIds: [7, 8] }, true],
    ["only others are", { actedIds: [7, 9], othersActed: true }, false],
    ["others acted, whoever they are", { othersActed: true }, null],
    ["nobody but the owner acted", { othersActed: false }, false],
    ["nobody said", {}, null],
  ])("identity: whether that account acted there, where %s", (_, known, acted) => {
    expect(tracesIn([[...own, bea(2)]], { known }).bridges).toMatchObject([{ acted }]);
  });
});

test("identity: what is left out is said only where something is", () => {
  expect(tracesIn([[{ author: ADA }]]).leftOut).toBeUndefined();
  const others = Array.from({ length: 101 }, (_, at) => ({
    author: `Some Body <${at + 100}+o${at}@users.noreply.github.com>`,
  }));
  expect(tracesIn([[{ author: ADA }, ...others]]).leftOut).toEqual({
    ...{ sharedKeys: 0, sharedMachines: 0, bridges: 1, rotations: 0, renames: 0 },
  });
});

describe("names", () => {
  /** Each list of names is one identity. */
  function people(...identities: readonly (readonly string[])[]) {
    const names = identities.flat();
    let next = 0;
    const list = identities.map((its) => ({
      members: its.map(() => next++),
      accountIds: [],
      automated: false,
      joinedBy: [] as const,
    }));
    const all = names.map((name) => ({ name, address: "", kind: "ordinary" as const, host: null, noreply: null }));
    const uses = new Int32Array(names.length).fill(2);
    return { people: all, uses, identities: { list, of: new Int32Array(names.length), accountOf: () => null } };
  }

  test.each<[readonly string[], readonly string[], NameRelation]>([
    [["Ada Example"], ["Example, Ada"], "same"],
    [["Ada Example"], ["Ada Sample"], "related"],
    [["Ada Example"], ["Bea Sample"], "unrelated"],
    [["Ada Example"], ["bea42"], "unknown"],
    [["Ada Example"], [], "unknown"],
    [["Ada Example", "Cai Pattern"], ["Bea Sample", "Cai Pattern"], "same"],
    [["Ada Example", "Cai Pattern"], ["Bea Sample", "Cai Model"], "related"],
    [["Ada Example", "ada42"], ["Bea Sample"], "unrelated"],
  ])("identity: %s and %s: %s", (first, second, relation) => {
    expect(relationOf(people(first, second), 0, 1)).toBe(relation);
    expect(relationOf(people(first, second), 1, 0)).toBe(relation);
  });

  test("identity: a commit that somebody made with another's name relates nobody, a habit does", () => {
    const given = people(["Ada Example", "Bea Sample"], ["Bea Sample"]);
    const withUses = (...uses: readonly number[]) => relationOf({ ...given, uses: Int32Array.from(uses) }, 0, 1);
    expect(withUses(30, 1, 30)).toBe("unrelated");
    expect(withUses(30, 2, 30)).toBe("same");
    // Two among a hundred are a slip, or somebody else's.
    expect(withUses(100, 2, 30)).toBe("unrelated");
    // Where nothing is used twice every name counts.
    expect(withUses(1, 1, 1)).toBe("same");
  });

  test("identity: sixteen names of one identity are compared, each once and none that is empty", () => {
    const many = Array.from({ length: 17 }, (_, at) => `Name ${String.fromCharCode(97 + at)}`);
    expect(namesOf(people(["", "Ada Example", "Ada Example"]), 0)).toEqual(["Ada Example"]);
    expect(namesOf(people(many), 0)).toEqual(many.slice(0, 16));
    expect(namesOf(people([]), 5)).toEqual([]);
  });
});
