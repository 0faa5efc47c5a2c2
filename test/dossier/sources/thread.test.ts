import type { SaidInThread, ThreadComment } from "../../../src/dossier/gateway.ts";
import { changeThread } from "../../../src/dossier/sources/thread.ts";
import { expect, test } from "../../support/jest.ts";
import { aPullRequest, NOW, no, playedGateway, yes } from "../played-gateway.ts";

const hoursAgo = (hours: number): string => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
const comment = (by: number | null, hours: number, association = "NONE"): ThreadComment => ({
  ...{ nodeId: `IC_${by}_${hours}`, at: hoursAgo(hours), accountId: by, association },
});
const presses = (nodeId: string, acts: number | null): SaidInThread => ({
  ...{ nodeId, link: `https://github.com/o/r/pull/7#${nodeId}`, pressesFor: ["merge"], acts },
});

async function read(
  comments: readonly ThreadComment[] | null,
  answer: (nodeId: string) => SaidInThread | null = (nodeId) => presses(nodeId, 1),
) {
  const questions: (readonly string[])[] = [];
  const { gateway } = playedGateway({
    threadComments: async (nodeIds) => {
      questions.push(nodeIds);
      return yes(nodeIds.flatMap((nodeId) => answer(nodeId) ?? []));
    },
  });
  const found = await changeThread(gateway, aPullRequest({ comments }));
  return { questions, found };
}

test.each<[string, readonly ThreadComment[]]>([
  ["there are none", []],
  ["one account alone speaks", [comment(1, 9), comment(1, 5)]],
  ["one speaks beside the opener", [comment(12, 9), comment(1, 5)]],
  ["one speaks beside a bot", [comment(null, 9), comment(1, 5)]],
  ["one speaks beside a member", [comment(2, 9, "MEMBER"), comment(1, 5)]],
  ["two of a standing that is not known yet", [comment(2, 9, "FRIEND"), comment(1, 5, "FRIEND")]],
  ["two are more than three days apart", [comment(2, 80), comment(1, 5)]],
])("thread: no text is asked for where %s", async (_, comments) => {
  const { questions, found } = await read(comments);
  expect(questions).toEqual([]);
  expect(found).toEqual(yes({ pressing: [], unread: 0 }));
});

test("thread: comments that GitHub did not list, or does not show, are a missing section", async () => {
  expect((await read(null)).found).toEqual(no("incomplete"));
  const { gateway } = playedGateway({ threadComments: async () => no("timeout") });
  expect(await changeThread(gateway, aPullRequest({ comments: [comment(1, 9), comment(2, 5)] }))).toEqual(
    no("timeout"),
  );
});

test("thread: of each account what came before, its comments here not among it, and who it is not at all", async () => {
  const { found } = await read([comment(771, 30), comment(772, 20), comment(771, 5)], (nodeId) =>
    presses(nodeId, nodeId.startsWith("IC_771") ? 5 : null),
  );
  expect(found).toMatchObject({
    value: {
      pressing: [{ priorActs: 3, comments: [{ at: hoursAgo(30) }, { at: hoursAgo(5) }] }, { priorActs: null }],
      unread: 0,
    },
  });
  expect(JSON.stringify(found)).not.toMatch(/accountId|"77/);
});

test("thread: the newest twenty comments of outsiders are read, and what else they said is counted", async () => {
  const comments = Array.from({ length: 26 }, (_, index) => comment(index + 100, 60 - index));
  const { questions, found } = await read([...comments, comment(1, 1, "OWNER")], (nodeId) =>
    nodeId === "IC_125_35" ? null : presses(nodeId, 0),
  );
  expect(questions).toEqual([comments.slice(6).map(({ nodeId }) => nodeId)]);
  expect(found).toMatchObject({ value: { unread: 7 } });
});

test("thread: who says something else presses nothing", async () => {
  const { found } = await read([comment(1, 9), comment(2, 5)], (nodeId) => ({ ...presses(nodeId, 0), pressesFor: [] }));
  expect(found).toEqual(yes({ pressing: [], unread: 0 }));
});
