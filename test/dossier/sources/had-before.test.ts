import type { Fetched } from "../../../src/absence.ts";
import type { HistoryPage, PushLog } from "../../../src/dossier/scan-gateway.ts";
import { hadBefore } from "../../../src/dossier/sources/had-before.ts";
import { accountId } from "../../../src/ids.ts";
import { expect, test } from "../../support/jest.ts";
import { no, playedGateway, yes } from "../played-gateway.ts";

const MOMENT = "2022-01-01T00:00:00.000Z";
const EARLIER = "2021-06-01T00:00:00.000Z";
const LATER = "2022-06-01T00:00:00.000Z";
const PLACE = { owner: "zoe-example", name: "project", pushedAt: LATER };
const TREE = "c".repeat(40);

const push = (at: string, after: string): PushLog["pushes"][number] => ({
  ...{ at, actorId: accountId(1), branch: "main", merged: false, before: "0".repeat(40), after },
});
const person = { name: "Zoe", email: "zoe@fremd.example", date: EARLIER };
const page = (treeOid: string, next: string | null): Fetched<HistoryPage> =>
  yes({
    commits: [
      { oid: "a".repeat(40), parentOids: [], author: person, committer: person, treeOid, message: "", signature: null },
    ],
    ...{ totalCount: 1, next },
  });

/** What comes out of such a log and such a history from each head, and what was asked. */
async function asked(
  log: Fetched<PushLog>,
  pages: Readonly<Record<string, readonly Fetched<HistoryPage>[]>> = {},
  pushedAt: string | null = LATER,
) {
  const left = new Map(Object.entries(pages).map(([head, list]) => [head, [...list]]));
  const { gateway, asked: questions } = playedGateway({
    pushes: async () => log,
    commitHistory: async ({ headSha }) => left.get(headSha)?.shift() ?? no("not_found"),
  });
  return { had: await hadBefore(gateway, { ...PLACE, pushedAt }, { treeSha: TREE, moment: MOMENT }), questions };
}

test("had before: nobody has pushed since, and nothing more is asked", async () => {
  expect(await asked(no("timeout"), {}, EARLIER)).toEqual({ had: true, questions: [] });
  expect(await asked(no("timeout"), {}, null)).toEqual({ had: "unanswered", questions: [] });
});

test("had before: the newest head of the time before leads to it, on its first pages", async () => {
  const log = yes({
    pushes: [push(LATER, "new"), push("2021-07-01T00:00:00.000Z", "mid"), push(EARLIER, "old")],
    complete: true,
  });
  const other = page("d".repeat(40), "on");
  expect((await asked(log, { mid: [page(TREE, null)] })).had).toBe(true);
  expect((await asked(log, { mid: [other, other, page(TREE, null)] })).had).toBe(true);
  expect((await asked(log, { mid: [other, page("d".repeat(40), null)] })).had).toBe(false);
  expect(await asked(log, { mid: [other, other, other, page(TREE, null)] })).toEqual({
    had: "unanswered",
    questions: ["pushes", "commitHistory", "commitHistory", "commitHistory"],
  });
  expect((await asked(log, { new: [page(TREE, null)] })).had).toBe("unanswered");
});

test("had before: it was filled afterwards, or nobody knows", async () => {
  const filled = [push(LATER, "new")];
  expect((await asked(yes({ pushes: filled, complete: true }))).had).toBe(false);
  expect((await asked(yes({ pushes: filled, complete: false }))).had).toBe("unanswered");
  expect((await asked(no("forbidden"))).had).toBe("unanswered");
});
