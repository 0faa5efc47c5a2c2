import { expect, test } from "../support/jest.ts";
import { answerQuery, installationGateway, playGithub } from "./support/played.ts";

playGithub();

const file = (text: string | null, isTruncated = false) => ({ text, isTruncated });
const WALLET = { owner: "octo-org", name: "wallet" };
const ANSWER = {
  nameWithOwner: "octo-org/wallet",
  visibility: "PUBLIC",
  workflows: {
    entries: [
      { name: "ci.yml", object: file("on: push") },
      { name: "big.yaml", object: file("on", true) },
      { name: "bytes.yml", object: file(null) },
      { name: "README.md", object: file("x") },
      { name: "folder.yml", object: {} },
      { name: "module.yml", object: null },
    ],
  },
  actions: {
    entries: [
      {
        name: "say",
        object: {
          entries: [
            { name: "action.yml", object: file("runs: {}") },
            { name: "x.js", object: file("") },
          ],
        },
      },
      { name: "notes.md", object: {} },
    ],
  },
  actionYml: null,
  actionYaml: file("name: root"),
};

test("workflowFiles: what one answer holds, by path, and what it does not", async () => {
  const gateway = await installationGateway();
  answerQuery("WorkflowFiles", { data: { repository: ANSWER } });
  expect(await gateway.workflowFiles(WALLET)).toEqual({
    ok: true,
    value: {
      ...{ name: "octo-org/wallet", isPublic: true },
      files: [
        { path: ".github/actions/say/action.yml", text: "runs: {}" },
        { path: ".github/workflows/ci.yml", text: "on: push" },
        { path: "action.yaml", text: "name: root" },
      ],
      missing: [
        { path: ".github/workflows/big.yaml", reason: "GitHub shows only a part of it" },
        { path: ".github/workflows/bytes.yml", reason: "not text" },
      ],
    },
  });
});

test("workflowFiles: a repository without any, and none at all", async () => {
  const gateway = await installationGateway();
  const empty = { workflows: null, actions: null, actionYml: null, actionYaml: null };
  answerQuery("WorkflowFiles", { data: { repository: { ...ANSWER, ...empty, visibility: "PRIVATE" } } });
  expect(await gateway.workflowFiles(WALLET)).toMatchObject({
    ok: true,
    value: { isPublic: false, files: [], missing: [] },
  });
  answerQuery("WorkflowFiles", {
    data: { repository: null },
    errors: [{ type: "NOT_FOUND", path: ["repository"], message: "Could not resolve" }],
  });
  expect(await gateway.workflowFiles(WALLET)).toMatchObject({ ok: false, reason: "not_found" });
});
