import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { closeIssue, editText, rename } from "../src/build/build-edit.ts";
import { openIssue, openPullRequest } from "../src/build/build-work.ts";
import { call, installationToken, NOW, type Stand, stand } from "./stand.ts";

let scene: Stand;
let url: string;
beforeEach(async () => {
  scene = stand();
  url = await scene.simulator.listen();
});
afterEach(async () => {
  await scene.simulator.stop();
  scene.simulator.expectNoViolations();
});

const ask = async (query: string, variables: Readonly<Record<string, unknown>>) => {
  const body = { query, variables };
  return (await call(url, "/api/graphql", { token: installationToken(scene), method: "POST", body })).body;
};

test("edits: none says nothing; the first of them is the text as it was written", async () => {
  const { world, wallet: repository, ada: owner, newcomer: member } = scene;
  const issue = openIssue(world, repository, { author: member, title: "Question", at: NOW });
  const text = `query($id: ID!) { node(id: $id) { ... on Comment { lastEditedAt userContentEdits(first: 5) {
    totalCount nodes { editor { login } } } } } }`;
  const edits = () => ask(text, { id: issue.nodeId });
  expect(await edits()).toEqual({
    data: { node: { lastEditedAt: null, userContentEdits: { totalCount: 0, nodes: [] } } },
  });
  editText(issue, { by: owner, at: NOW });
  const nodes = [member, owner].map(({ login }) => ({ editor: { login } }));
  expect(await edits()).toMatchObject({ data: { node: { userContentEdits: { totalCount: 2, nodes } } } });
});

test("titles: who gave a pull request another one", async () => {
  const { world, wallet: repository, ada: owner, newcomer: member } = scene;
  const pullRequest = openPullRequest(world, repository, { author: member, title: "Before", at: NOW });
  rename(pullRequest, { by: owner, at: NOW, title: "After" });
  const text = `query($id: ID!) { node(id: $id) { ... on PullRequest { title
    timelineItems(itemTypes: [RENAMED_TITLE_EVENT], last: 1) { nodes { ... on RenamedTitleEvent { actor { login } } } } } } }`;
  expect(await ask(text, { id: pullRequest.nodeId })).toEqual({
    data: { node: { title: "After", timelineItems: { nodes: [{ actor: { login: owner.login } }] } } },
  });
});

test("issues: a duplicate is told to whoever asks for duplicates, and is not planned to others", async () => {
  const { world, wallet: repository, newcomer: member } = scene;
  const issue = openIssue(world, repository, { author: member, title: "Question", at: NOW });
  const text = `query($id: ID!) { node(id: $id) { ... on Issue { plain: stateReason told: stateReason(enableDuplicate: true) } } }`;
  expect(await ask(text, { id: issue.nodeId })).toEqual({ data: { node: { plain: null, told: null } } });
  closeIssue(issue, { at: NOW, reason: "duplicate" });
  expect(await ask(text, { id: issue.nodeId })).toEqual({
    data: { node: { plain: "NOT_PLANNED", told: "DUPLICATE" } },
  });
});
