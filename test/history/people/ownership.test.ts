import { type ForeignRequest, ownCommitSteps, type Provenance } from "../../../src/history/people/ownership.ts";
import { findRepository } from "../../../src/history/read/read.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { git, readRepository, repository } from "../loaded.ts";

const NOTHING = "0".repeat(40);

/** Six commits in a row, and which of them are the subject's own. */
async function six() {
  const { path, oids } = repository(Array.from({ length: 6 }, () => ({})));
  const { table } = await readRepository(await findRepository(path, git), git);
  const secondOf = (index: number): number => {
    for (let row = 0; row < table.rowCount; row++)
      if (table.oid(row) === oids[index]) return table.authoredAt[row] ?? 0;
    throw new Error("no such commit");
  };
  const push = (at: number, before: number | null, after: number, bySubject = true) => ({
    at,
    bySubject,
    before: before === null ? NOTHING : (oids[before] ?? ""),
    after: oids[after] ?? "",
    fromTheStart: true,
  });
  const own = (given: Partial<Provenance>): string => {
    const found = atOnce(ownCommitSteps(table, { pushes: [], requests: [], answered: new Set([0]), ...given })).table;
    const kept = Array.from({ length: found.rowCount }, (_, row) => oids.indexOf(found.oid(row)));
    return kept.sort().join("");
  };
  return { oids, secondOf, push, own };
}

const request = (openedAt: number, commits: ForeignRequest["commits"], complete = true): ForeignRequest => ({
  repository: 0,
  openedAt,
  commits,
  complete,
});

test("ownership: what the subject's own pushes brought, and not what others or a merge button pushed", async () => {
  const { push, own } = await six();
  expect(own({ pushes: [push(10, null, 1), push(20, 1, 3, false), push(30, 3, 5)] })).toBe("0145");
  expect(own({})).toBe("");
});

test("ownership: nothing where pushes or pull requests could not be read", async () => {
  const { push, own } = await six();
  expect(own({ pushes: [push(10, null, 5)], answered: new Set() })).toBe("");
});

test("ownership: a log that does not begin with the repository says nothing of what was there before", async () => {
  const { push, own } = await six();
  expect(own({ pushes: [{ ...push(10, null, 3), fromTheStart: false }, push(20, 3, 5)] })).toBe("45");
});

test("ownership: a commit of somebody's earlier pull request is not the subject's, by id or by author second", async () => {
  const { oids, secondOf, push, own } = await six();
  const pushes = [push(10, null, 3), push(20, 3, 5)];
  const byId = [{ oid: oids[4] ?? "", authoredAt: Number.NaN, beneath: false }];
  const bySecond = [{ oid: "a".repeat(40), authoredAt: secondOf(5), beneath: false }];
  expect(own({ pushes, requests: [request(15, byId)] })).toBe("01235");
  expect(own({ pushes, requests: [request(15, bySecond)] })).toBe("01234");
});

test("ownership: a pull request that was opened later takes nothing away", async () => {
  const { oids, secondOf, push, own } = await six();
  const commits = [{ oid: oids[4] ?? "", authoredAt: secondOf(4), beneath: true }];
  expect(own({ pushes: [push(10, null, 5)], requests: [request(11, commits, true)] })).toBe("012345");
});

test("ownership: below a head that was pushed over, the rest of the push is in doubt, and no earlier push", async () => {
  const { oids, push, own } = await six();
  const pushes = [push(10, null, 2), push(20, 2, 5)];
  const commits = [{ oid: oids[4] ?? "", authoredAt: Number.NaN, beneath: true }];
  expect(own({ pushes, requests: [request(5, commits)] })).toBe("0125");
});

test("ownership: a pull request of which not all is known may have brought anything since it was opened", async () => {
  const { push, own } = await six();
  expect(own({ pushes: [push(10, null, 2), push(20, 2, 5)], requests: [request(15, [], false)] })).toBe("012");
});
