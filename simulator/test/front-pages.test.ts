import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { call, type Stand, stand } from "./stand.ts";

let scene: Stand;
let url: string;

beforeEach(async () => {
  scene = stand();
  scene.simulator.world.introductions.set(scene.ada.id, "owns everything");
  url = await scene.simulator.listen();
});
afterEach(async () => {
  await scene.simulator.stop();
  scene.simulator.expectNoViolations();
});

const open = (fields: Readonly<Record<string, string>>, repository = "octo-org/wallet") =>
  call(url, `/${repository}/pulls`, {
    method: "POST",
    body: String(new URLSearchParams({ author: "newcomer-example", change: "editor", title: "", ...fields })),
  });

test("pages: those that links lead to are there, and private repositories are not", async () => {
  const shown = async (path: string) => (await call(url, path)).status;
  for (const path of [
    "/",
    "/ada-example",
    "/octo-org",
    "/octo-org/wallet",
    "/octo-org/wallet/pulls",
    "/octo-org/wallet/settings/access",
    "/octo-org/wallet/blob/HEAD/README.md",
    `/octo-org/wallet/blob/${scene.pullRequest.commits[0]?.sha}/docs/hello.md`,
  ])
    expect([path, await shown(path)]).toEqual([path, 200]);
  for (const path of [
    "/octo-org/vault",
    "/octo-org/vault/settings/access",
    "/nobody",
    "/octo-org/wallet/blob/HEAD/none",
  ])
    expect([path, await shown(path)]).toEqual([path, 404]);
  expect((await open({}, "octo-org/vault")).status).toBe(404);
});

test("sign-in: the people of the story come first, with a word each, and the others behind a fold", async () => {
  const query = new URLSearchParams({ client_id: scene.app.clientId });
  const { body } = await call(url, `/login/oauth/authorize?${query}`);
  const text = String(body);
  expect(text.indexOf("owns everything")).toBeGreaterThan(text.indexOf("Continue as ada-example"));
  expect(text.indexOf("<details>")).toBeGreaterThan(text.indexOf("owns everything"));
  expect(text.indexOf("Continue as newcomer-example")).toBeGreaterThan(text.indexOf("<details>"));
});

test("a visitor opens a pull request: from a fork where he may not push, from a branch where he may, and the App is told", async () => {
  const { world } = scene.simulator;
  const first = await open({ title: "Mine <b>" });
  expect(first.status).toBe(302);
  const shown = await call(url, first.headers.get("location") ?? "");
  expect(shown.body).toContain("Mine &lt;b&gt;");
  expect(shown.body).toContain(".vscode/tasks.json");
  await open({ change: "words" });
  await open({ author: "ada-example", change: "code" });
  const opened = [...world.pullRequests.values()].slice(-3);
  const heads = opened.map(({ head }) => world.repositories.get(head.repositoryId ?? 0));
  expect(heads.map((head) => [head?.ownerId, head?.parentId])).toEqual([
    [scene.newcomer.id, scene.wallet.id],
    [scene.newcomer.id, scene.wallet.id],
    [scene.wallet.ownerId, null],
  ]);
  expect(heads[0]).toBe(heads[1]);
});

test.each([[{ author: "nobody" }], [{ change: "everything" }], [{ title: "x".repeat(257) }]])(
  "a form that does not fit opens nothing: %j",
  async (fields) => {
    const before = scene.simulator.world.pullRequests.size;
    expect((await open(fields)).status).toBe(422);
    expect(scene.simulator.world.pullRequests.size).toBe(before);
  },
);
