import { expect, test } from "../support/jest.ts";
import { answerQuery, installationGateway, playGithub } from "./support/played.ts";

playGithub();

const ASKED = { repository: { owner: "octo-org", name: "wallet" }, headSha: "a".repeat(40) };
const blob = (text: string | null, isTruncated: boolean | null = false) => ({ text, isTruncated });
const REST = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`f${index + 3}`, {}]));

test("headFiles: whole texts by path; what is cut, no text or not there is left out", async () => {
  const gateway = await installationGateway();
  answerQuery("HeadFiles", {
    data: { repository: { f0: blob("on: push\n"), f1: blob("half", true), f2: null, ...REST } },
  });
  const answer = await gateway.headFiles({ ...ASKED, paths: ["ci.yml", "long.lock", "gone.yml"] });
  expect(answer).toEqual({ ok: true, value: new Map([["ci.yml", "on: push\n"]]) });
});

test("headFiles: a binary has no text, and an empty file has one", async () => {
  const gateway = await installationGateway();
  answerQuery("HeadFiles", {
    data: { repository: { f0: blob(null), f1: blob(""), f2: blob("x", null), ...REST } },
  });
  const answer = await gateway.headFiles({ ...ASKED, paths: ["a", "b", "c"] });
  expect(answer).toEqual({ ok: true, value: new Map([["b", ""]]) });
});

test("headFiles: what the App may not read is said", async () => {
  const gateway = await installationGateway();
  const errors = [{ type: "FORBIDDEN", path: ["repository", "f0"], message: "Resource not accessible by integration" }];
  answerQuery("HeadFiles", { data: { repository: null }, errors });
  expect(await gateway.headFiles({ ...ASKED, paths: ["a"] })).toMatchObject({ ok: false });
});
