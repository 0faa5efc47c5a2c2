import { required } from "../../src/errors.ts";
import { expect, test } from "../support/jest.ts";
import { answerQuery, installationGateway, playGithub } from "./support/played.ts";

playGithub();

const count = (totalCount: number) => ({ totalCount });
const node = {
  id: "IC_1",
  url: "https://github.com/octo-example/app/pull/7#issuecomment-1",
  body: "Please merge this, it is URGENT",
  author: { issueComments: count(3), issues: count(1), pullRequests: count(0), repositories: count(2) },
};

async function asked(nodes: readonly (object | null)[], more: object = {}) {
  const gateway = await installationGateway();
  answerQuery("ThreadComments", { data: { nodes }, ...more });
  return gateway.threadComments(["IC_1", "IC_2"]);
}

test("thread comments: what is pressed for and how much was done before; the text is dropped", async () => {
  const found = required("comments", await asked([node, { ...node, id: "IC_2", body: "Nice", author: {} }]));
  expect(found).toEqual([
    { nodeId: "IC_1", link: node.url, pressesFor: ["merge", "hurry"], acts: 6 },
    { nodeId: "IC_2", link: node.url, pressesFor: [], acts: null },
  ]);
  expect(JSON.stringify(found)).not.toMatch(/URGENT|Nice/);
});

test("thread comments: one that is gone costs itself alone, and none at all is no answer", async () => {
  const errors = [{ type: "NOT_FOUND", path: ["nodes", 1], message: "gone" }];
  expect(required("comments", await asked([node, null], { errors }))).toHaveLength(1);
  expect(await asked([null, null], { errors })).toMatchObject({ ok: false, reason: "incomplete" });
});

test("thread comments: a text that goes on for megabytes is read to its first page", async () => {
  const body = `${"x ".repeat(30_000)}please merge`;
  const endless = `${"please ".repeat(9_000)}${"why ".repeat(9_000)}`;
  const found = required(
    "comments",
    await asked([
      { ...node, body },
      { ...node, id: "IC_2", body: endless },
    ]),
  );
  expect(found.map(({ pressesFor }) => pressesFor)).toEqual([[], []]);
});
