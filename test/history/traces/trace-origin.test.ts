import type { KnownRepository } from "../../../src/history/people/known.ts";
import { originTraces } from "../../../src/history/traces/trace-origin.ts";
import type { OriginTraces } from "../../../src/history/traces/traces.ts";
import { expect, test } from "../../support/jest.ts";
import { historyOfRows, ownedRepository, subjectIn, type TableCommit } from "../made-table.ts";

const ADA = "Ada Example <7+ada@users.noreply.github.com>";
const BEA = "Bea Sample <bea@example.org>";
const CAI = "Cai Pattern <cai@example.org>";
const BOT = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>";

/** What one repository of the account 7 says, whose newest issue or pull request is number 10. */
function originIn(
  commits: readonly TableCommit[],
  { pushed = false, ...known }: Partial<KnownRepository> & { readonly pushed?: boolean } = {},
): OriginTraces["repositories"][number] | undefined {
  const history = historyOfRows([commits]);
  const repositories = [{ ...ownedRepository(1, 7), highestNumber: 10, ...known }];
  const receivedAt = pushed ? new Float64Array(commits.length) : null;
  return originTraces(history, subjectIn(history, { repositories, receivedAt })).repositories[0];
}

test.each<[string, TableCommit, Parameters<typeof originIn>[1], number | null]>([
  ["a number beyond all that GitHub gave", { author: ADA, reference: 11 }, {}, 1],
  ["the highest number that GitHub gave", { author: ADA, reference: 10 }, {}, 0],
  ["no number", { author: ADA }, {}, 0],
  ["any number where nobody said which is highest", { author: ADA, reference: 11 }, { highestNumber: null }, null],
  ["where nothing has a number", { author: ADA, reference: 1 }, { highestNumber: 0 }, 1],
  ["the word of somebody else", { author: BEA, reference: 11 }, {}, 0],
  ["the word of somebody else that the account committed", { author: BEA, committer: ADA, reference: 11 }, {}, 1],
  ["the word of somebody else in what the account pushed", { author: BEA, reference: 11 }, { pushed: true }, 1],
])("origin: impossible references: %s", (_, commit, known, count) => {
  const found = originIn([{ author: ADA }, commit], known);
  expect([found?.impossibleReferenceCount, found?.referenceRefs.length]).toEqual([count, count ?? 0]);
});

test("origin: other authors are people, each once, and a commit of one of them is shown", () => {
  const found = originIn([
    { author: ADA },
    { author: BOT },
    { author: BEA, authoredAt: 86_400 },
    { author: CAI, authoredAt: 86_400 },
    { author: BEA, authoredAt: 86_400 },
  ]);
  expect(found).toMatchObject({ repository: 1, otherAuthorCount: 2, subjectShare: 0.2 });
  expect(found?.ref?.at).toBe("1970-01-02T00:00:00.000Z");
  expect(originIn([{ author: ADA }, { author: BOT }])).toMatchObject({
    ...{ otherAuthorCount: 0, subjectShare: 0.5, ref: null },
  });
});

test.each([[true], [false], [null]])("origin: what GitHub says of a repository stands as it is: %s", (othersActed) => {
  for (const declared of [true, false])
    expect(originIn([{ author: ADA }], { othersActed, declared })).toMatchObject({ othersActed, declared });
});

test("origin: only repositories of the account's own are looked at, each by its own commits", () => {
  const history = historyOfRows([[{ author: ADA }], [{ author: BEA }], [{ author: BEA }, { author: ADA }]]);
  const repositories = [ownedRepository(1, 7), ownedRepository(2, 8), ownedRepository(3, 7)];
  const found = originTraces(history, subjectIn(history, { repositories })).repositories;
  expect(found.map(({ repository, otherAuthorCount }) => [repository, otherAuthorCount])).toEqual([
    [1, 0],
    [3, 1],
  ]);
  expect(originTraces(history, subjectIn(history))).toEqual({ repositories: [] });
});

test.each<[string, readonly TableCommit[], number]>([
  ["of no commits", [], 0],
  ["of one commit of its own", [{ author: ADA }], 1],
  ["of one commit of somebody else's", [{ author: BEA }], 0],
])("origin: the share that is the account's, %s", (_, commits, subjectShare) => {
  const history = historyOfRows([[{ author: ADA }], commits]);
  const repositories = [ownedRepository(1, 8), ownedRepository(2, 7)];
  expect(originTraces(history, subjectIn(history, { repositories })).repositories).toMatchObject([{ subjectShare }]);
});
