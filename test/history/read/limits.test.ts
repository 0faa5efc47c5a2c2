import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { countCommits, findRepository, type ReadOptions } from "../../../src/history/read/read.ts";
import { referencesOf } from "../../../src/history/read/references.ts";
import { describe, expect, test } from "../../support/jest.ts";
import type { MadeCommit } from "../../support/made-repository.ts";
import { git, readRepository, repository } from "../loaded.ts";

const seconds = (instant: string): number => Date.parse(instant) / 1_000;

const read = async (path: string, more: Partial<ReadOptions> = {}) =>
  readRepository(await findRepository(path, git), { ...git, ...more });

/** Writes loose references, each to one of the commits. */
function point(path: string, refs: Readonly<Record<string, string | undefined>>): void {
  for (const [name, oid] of Object.entries(refs)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), `${oid}\n`);
  }
}

describe("since", () => {
  const dated = (...instants: readonly string[]): readonly MadeCommit[] =>
    instants.map((instant) => ({ at: seconds(instant) }));

  test.each<[string, readonly MadeCommit[], string, number]>([
    ["a moment before 1970 leaves out nothing", dated("1970-01-02", "2001-01-01", "2020-01-01"), "1960-05-01", 3],
    ["a moment after 2100 leaves out what is older", dated("2020-01-01", "2101-01-01", "2102-01-01"), "2101-06-01", 1],
    ["the day itself stays in", dated("2020-01-01", "2021-01-01"), "2021-01-01", 1],
    [
      "a child with a wrong clock hides nothing behind it",
      dated("2020-01-01", "2021-01-01", "1999-01-01"),
      "2020-06-01",
      1,
    ],
    ["a date that is no moment is not before anything", [{ at: "99999999999999999999" }, { at: 10 }], "2020-01-01", 1],
  ])("since: %s", async (_, commits, since, count) => {
    const { path } = repository(commits);
    const { summary, table } = await read(path, { since: seconds(since) });
    expect(summary).toMatchObject({ commitCount: count, olderCount: commits.length - count });
    expect([...table.read].filter((each) => each === 1)).toHaveLength(count);
  });

  test("since: the end of the progress bar is what is looked through, and people of what is left out are not kept", async () => {
    const { path } = repository([
      { at: 1_000_000_000, author: "Bo Sample <bo@sample.org>" },
      { at: 1_100_000_000 },
      { at: 1_200_000_000 },
    ]);
    const place = await findRepository(path, git);
    const limits = { ...git, since: 1_100_000_000 };
    const { summary, table } = await readRepository(place, limits);
    expect(await countCommits(place, limits)).toBe(summary.commitCount + summary.olderCount);
    expect(await countCommits(place, { ...git, rev: "nothing" })).toBeNull();
    expect(table.people).toEqual(["Ada Example <ada@example.org>"]);
  });
});

describe("references", () => {
  /** A main line, and one commit each that a reference of another kind alone reaches. */
  function mirror() {
    const made = repository(Array.from({ length: 9 }, (_, index) => (index === 0 ? {} : { parents: [0] })));
    const [, branch, tag, remote, pull, change, note, fetched, stash] = made.oids;
    point(made.path, {
      "refs/heads/main": made.oids[0],
      "refs/heads/side": branch,
      "refs/tags/v1": tag,
      "refs/remotes/origin/main": remote,
      "refs/pull/12/head": pull,
      "refs/pull/13/head": pull,
      "refs/changes/34/1234/1": change,
      "refs/notes/commits": note,
      "refs/remotes/origin/pr/14": fetched,
      "refs/stash": stash,
    });
    return made;
  }

  test("refs: branches, tags and remote branches are read, and no pull request heads, notes or stash", async () => {
    const { path } = mirror();
    expect((await read(path, { refs: "branches" })).summary.commitCount).toBe(4);
    expect((await read(path, { refs: "all" })).summary.commitCount).toBe(9);
    const place = await findRepository(path, git);
    expect(await countCommits(place, { ...git, refs: "branches" })).toBe(4);
    expect(await referencesOf(place, git)).toEqual({ branches: 4, requests: 4, others: 2, replaced: 0 });
  });

  test("refs: a HEAD that is on no branch is read, and one without a commit breaks nothing", async () => {
    const { path, oids } = repository([{}, { parents: [] }]);
    point(path, { "refs/heads/main": oids[0], HEAD: oids[1] });
    expect((await read(path, { refs: "branches" })).summary.commitCount).toBe(2);
    const empty = repository([]);
    expect((await read(empty.path, { refs: "branches" })).summary.commitCount).toBe(0);
    expect(await countCommits(await findRepository(empty.path, git), { ...git, refs: "branches" })).toBe(0);
  });
});

test("find: replaced commits and grafts are named, and what is read is what was written", async () => {
  const { path, oids } = repository([{}, {}, {}]);
  expect(await findRepository(path, git)).toMatchObject({ grafted: false });
  point(path, { [`refs/replace/${oids[1]}`]: oids[0] });
  mkdirSync(join(path, "info"), { recursive: true });
  writeFileSync(join(path, "info/grafts"), `${oids[2]}\n`);
  const place = await findRepository(path, git);
  expect(place).toMatchObject({ grafted: true });
  expect(await referencesOf(place, git)).toMatchObject({ replaced: 1 });
  expect((await read(path, { refs: "branches" })).summary.commitCount).toBe(3);
});
