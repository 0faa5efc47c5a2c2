import {
  listOpen,
  type SweepPosition,
  type SweepStep,
  withOverlap,
} from "../../../../src/flows/jobs/sweep/list-open.ts";
import type { InstallationGateway } from "../../../../src/github/gateway.ts";
import type { PullRequestLists } from "../../../../src/github/listing-gateway.ts";
import { repositoryId } from "../../../../src/ids.ts";
import type { PullRequestRef } from "../../../../src/job/job.ts";
import { REPOSITORY } from "../../../store/samples.ts";
import { expect, test } from "../../../support/jest.ts";
import { played } from "../../played.ts";

const START: SweepPosition = { page: 1, repository: null, after: null };
const day = (number: number): string => `2026-03-${String(number).padStart(2, "0")}T00:00:00.000Z`;
const changedOn = (on: number): PullRequestRef => ({
  ...{ nodeId: `PR_${on}`, number: on, headSha: "a".repeat(40), updatedAt: day(on), author: null },
});

/** The steps over so many repositories, a hundred a page; the first has three pages of pull requests. */
async function steps(count: number, from: SweepPosition = START, since: string | null = null, hidden = -1) {
  const asked: string[] = [];
  const ids = Array.from({ length: count }, (_, index) => repositoryId(index + 1));
  const listed = (open: PullRequestLists["open"]): PullRequestLists => ({
    ...{ openCount: 3, open, closed: { items: [], next: null } },
  });
  const gateway = played<InstallationGateway>({
    coveredRepositories: async (page) => {
      asked.push(`page ${page}`);
      const items = ids.slice(100 * (page - 1), 100 * page).map((id) => ({ ...REPOSITORY, id, nodeId: `R_${id}` }));
      return { ok: true, value: { items, next: 100 * page < count ? String(page + 1) : null } };
    },
    pullRequestsOf: async (nodeIds) => {
      asked.push(`lists ${nodeIds.length}`);
      const shown = nodeIds.filter((id) => id !== `R_${hidden}`);
      const first = { items: [changedOn(22), changedOn(20)], next: "second" };
      return {
        ok: true,
        value: new Map(shown.map((id) => [id, listed(id === "R_1" ? first : { items: [], next: null })])),
      };
    },
    moreOpen: async (_repository, after) => {
      asked.push(after);
      const [on, next] = after === "second" ? [15, "third"] : [10, null];
      return { ok: true, value: { items: [changedOn(on)], next } };
    },
  });
  const found: SweepStep[] = [];
  for await (const step of listOpen(gateway, { from, since })) found.push(step);
  return { asked, found };
}

test.each<[string, Parameters<typeof steps>, readonly string[], number]>([
  ["all of one repository", [1], ["page 1", "lists 1", "second", "third"], 3],
  ["as far as what is known", [1, START, day(15)], ["page 1", "lists 1", "second", "third"], 3],
  ["not beyond it", [1, START, day(16)], ["page 1", "lists 1", "second"], 2],
  ["no further page where all is known", [1, START, day(21)], ["page 1", "lists 1"], 1],
  ["twenty-five repositories at once", [25], ["page 1", "lists 25", "second", "third"], 27],
  ["one more", [26], ["page 1", "lists 25", "second", "third", "lists 1"], 28],
  ["from the middle of a list on", [1, { page: 1, repository: 1, after: "third" }], ["page 1", "lists 1", "third"], 1],
  ["from a repository on", [3, { page: 1, repository: 2, after: null }], ["page 1", "lists 2"], 2],
  [
    "the next page of repositories",
    [101, { page: 1, repository: 100, after: null }],
    ["page 1", "lists 1", "page 2", "lists 1"],
    2,
  ],
])("listing open ones: %s", async (_, given, asked, count) => {
  const found = await steps(...given);
  expect(found.asked).toEqual(asked);
  expect(found.found).toHaveLength(count);
});

test("listing open ones: each step says where to go on, and nothing is left out or told twice from there", async () => {
  const { found } = await steps(3);
  expect(found.at(-1)?.next).toBeNull();
  const told = (all: typeof found) =>
    all.map(({ repository, open }) => [repository.id, ...open.map((one) => one.number)]);
  expect(told(found)).toEqual([[1, 22, 20], [1, 15], [1, 10], [2], [3]]);
  for (const [index, { next }] of found.entries())
    if (next !== null) expect(told((await steps(3, next)).found)).toEqual(told(found.slice(index + 1)));
});

test("listing open ones: a repository whose list GitHub did not show is said to be unread", async () => {
  const { found } = await steps(2, START, null, 2);
  expect(found.map(({ unread, first }) => [unread, first === null])).toEqual([
    [false, false],
    [false, true],
    [false, true],
    [true, true],
  ]);
});

test("listing open ones: an hour before what is known is read again", () => {
  expect(withOverlap(day(2))).toBe("2026-03-01T23:00:00.000Z");
});
