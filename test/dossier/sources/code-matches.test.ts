import type { BroughtBlob } from "../../../src/change/code-index/found.ts";
import type { PushLog, RequestLog, TreeHolder } from "../../../src/dossier/scan-gateway.ts";
import { codeMatchesOf } from "../../../src/dossier/sources/code-matches.ts";
import type { ScanSummary } from "../../../src/history/traces/scan.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import { historyOfRows } from "../../history/made-table.ts";
import { expect, test } from "../../support/jest.ts";
import { no, playedGateway, yes } from "../played-gateway.ts";

const SUBJECT = accountId(12);
const ORGANIZATION = accountId(30);
/** Seconds since 1970 at which GitHub received the commits. */
const RECEIVED = Date.parse("2026-05-01T00:00:00Z") / 1_000;
const BEFORE = "2026-04-01T00:00:00Z";
const AFTER = "2026-06-01T00:00:00Z";

const { table } = historyOfRows([
  [
    { author: "Ada Example <ada@example.org>", authoredAt: RECEIVED },
    { author: "Ada Example <ada@example.org>", authoredAt: RECEIVED, parentCount: 2 },
  ],
]);
const [PLAIN, MERGE] = [0, 1].map((row) => table.oid(row)) as [string, string];
const own = {
  table: { ...table, tree: (row: number) => `tree ${row}` },
  receivedAt: new Float64Array(2).fill(RECEIVED),
};

const blobs = (count: number, more: Partial<BroughtBlob> = {}): readonly BroughtBlob[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ oid: `${more.commit ?? PLAIN} ${index}`, path: `src/${String(index).padStart(2, "0")}.ts`, commit: PLAIN },
    ...{ parentCount: 1, atFirst: false, ...more },
  }));

const push = (at: string, more: Partial<PushLog["pushes"][number]> = {}): PushLog["pushes"][number] => ({
  ...{ at, actorId: SUBJECT, branch: "main", merged: false, before: "0".repeat(40), after: MERGE, ...more },
});
const request = (authorId: number, openedAt: string): RequestLog["requests"][number] => ({
  ...{ authorId: accountId(authorId), openedAt, commits: [], complete: true },
});
const holder = (ownerId: number, isPrivate: boolean): TreeHolder => ({
  ...{ repositoryId: repositoryId(77), ownerId: accountId(ownerId), owner: "octo-org", name: "site", fork: false },
  ...{ isPrivate, personal: false, commit: PLAIN, author: { accountId: null, name: "", address: "" } },
});

const SUMMARY: ScanSummary["repositories"][number] = {
  ...{ repository: 1, state: "read", because: null, commitCount: 2, byteCount: 1, cached: false, attested: true },
};

interface Given {
  readonly matched?: readonly (readonly BroughtBlob[] | null)[];
  readonly pushes?: PushLog | null;
  readonly requests?: RequestLog;
  readonly holders?: readonly TreeHolder[] | null;
  /** False when GitHub has more hits than it showed. */
  readonly complete?: boolean;
}

const LOG: PushLog = { pushes: [push("2026-05-01T00:00:00Z")], complete: true };

async function compared({ matched = [blobs(25)], pushes = LOG, requests, holders = [], complete = true }: Given) {
  const { gateway, asked } = playedGateway({
    repositoriesWithTree: async () => (holders === null ? no("rate_limited") : yes({ holders, complete })),
  });
  const read = matched.map((_, index) => ({
    repository: { id: repositoryId(index + 1) } as never,
    log: pushes === null ? no("forbidden") : yes(pushes),
    requests: yes(requests ?? { requests: [], complete: true }),
  }));
  const found = await codeMatchesOf(gateway, {
    ...{ own, read, account: { id: SUBJECT }, organization: { id: ORGANIZATION }, summaries: read.map(() => SUMMARY) },
    code: matched.map((each) => each && { blobCount: 100, matched: each }),
  });
  return { found, asked };
}

test("code matches: what the account's own commits brought counts, with where and by which, at most twenty paths", async () => {
  const { found, asked } = await compared({});
  expect(asked).toEqual(["repositoriesWithTree"]);
  expect(found).toMatchObject({ comparedCount: 1, uncomparedCount: 0, countedCount: 25 });
  const [repository] = found.repositories;
  expect(repository).toMatchObject({ matchedCount: 25, pushedCount: 25, published: false });
  expect(repository?.refs).toEqual([{ commit: PLAIN, at: "2026-05-01T00:00:00.000Z", attested: true }]);
  expect(repository?.paths.map(({ path }) => path)).toEqual(blobs(20).map(({ path }) => path));
});

test("code matches: what no own commit brought does not count, and nothing is asked about it", async () => {
  const { found, asked } = await compared({ matched: [blobs(25, { commit: "f".repeat(40) })] });
  expect(found).toMatchObject({ repositories: [{ matchedCount: 25, pushedCount: 0, paths: [] }], countedCount: 0 });
  expect(asked).toEqual([]);
});

const merged = [blobs(25, { commit: MERGE, parentCount: 2 })];
test.each<[string, number, Given]>([
  ["nobody else had a hand in it", 25, {}],
  ["others came later", 25, { requests: { requests: [request(9, AFTER)], complete: true } }],
  ["its own requests were open", 25, { requests: { requests: [request(SUBJECT, BEFORE)], complete: true } }],
  ["somebody had opened a request", 0, { requests: { requests: [request(9, BEFORE)], complete: true } }],
  ["somebody had pushed", 0, { pushes: { pushes: [push(BEFORE, { actorId: accountId(9) })], complete: true } }],
  ["an account that is gone had pushed", 0, { pushes: { pushes: [push(BEFORE, { actorId: null })], complete: true } }],
  [
    "a request had been merged by a button",
    0,
    { pushes: { pushes: [push(BEFORE, { merged: true })], complete: true } },
  ],
  ["the log has no beginning", 0, { pushes: { ...LOG, complete: false } }],
  ["the log could not be read", 0, { pushes: null }],
  ["not all requests are known", 0, { requests: { requests: [], complete: false } }],
])("code matches: of what a merge brought, where %s, %i count", async (_, counted, given) => {
  expect((await compared({ ...given, matched: merged })).found.countedCount).toBe(counted);
});

test("code matches: what both sides began with does not count, and what only one of them did does", async () => {
  const both = blobs(25, { atFirst: true, parentCount: 0 });
  expect((await compared({ matched: [both] })).found).toMatchObject({
    repositories: [{ pushedCount: 25, begunWithCount: 25 }],
    countedCount: 0,
  });
  expect((await compared({ matched: [blobs(25, { atFirst: true })] })).found.countedCount).toBe(25);
  expect((await compared({ matched: [blobs(25, { parentCount: 0 })] })).found.countedCount).toBe(25);
});

test.each<[string, readonly TreeHolder[] | null, boolean | null, complete?: boolean]>([
  ["the organisation has it in public", [holder(30, false)], true],
  ["more have it than GitHub shows", [holder(31, false)], null, false],
  ["the organisation has it in private alone", [holder(30, true)], false],
  ["somebody else has it in public", [holder(31, false)], false],
  ["nobody could say", null, null],
])("code matches: where %s, published is said so", async (_, holders, published, complete = true) => {
  const { found } = await compared({ holders, complete });
  expect(found.repositories[0]?.published).toBe(published);
  expect(found.countedCount).toBe(published === false ? 25 : 0);
});

test("code matches: the same content in two repositories counts once, and three repositories are asked about", async () => {
  const { found, asked } = await compared({ matched: [blobs(25), blobs(30), null, blobs(21), blobs(22)] });
  expect(asked).toHaveLength(3);
  expect(found.repositories.map(({ repository, published }) => [repository, published])).toEqual([
    [2, false],
    [1, false],
    [5, false],
    [4, null],
  ]);
  expect(found).toMatchObject({ countedCount: 30, comparedCount: 4, uncomparedCount: 1 });
  expect(found.repositories.flatMap(({ paths }) => paths)).toHaveLength(20);
});
