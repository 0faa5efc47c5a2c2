import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { pushOfMerge, pushToBranch } from "../src/build/build-push.ts";
import { addedFile } from "../src/build/build-work.ts";
import { loadContract } from "../src/http/contract.ts";
import { checkSuiteRequestedWebhook, pushWebhook } from "../src/payload/push.ts";
import { call, installationToken, NOW, type Stand, stand } from "./stand.ts";

let scene: Stand;
let url: string;

beforeEach(async () => {
  scene = stand();
  url = await scene.simulator.listen();
});
afterEach(async () => {
  scene.simulator.expectNoViolations();
  await scene.simulator.stop();
});

const pushed = (count: number, to = scene.wallet) =>
  pushToBranch(scene.world, to, {
    ...{ author: scene.ada, at: NOW, message: "Update" },
    files: Array.from({ length: count }, (_, index) => addedFile(`src/${index}.ts`, "export {};\n")),
  });

test("both events of a push fit GitHub's schemas", () => {
  const push = pushed(2);
  const problems = (name: string, payload: unknown) => loadContract().webhookProblems(name, payload);
  expect(problems("push", pushWebhook(scene.simulator.stage, push).payload)).toEqual([]);
  expect(problems("check-suite-requested", checkSuiteRequestedWebhook(scene.simulator.stage, push).payload)).toEqual(
    [],
  );
});

test("compare: three hundred files on the first page and none on the second; of private ones with contents alone", async () => {
  const compare = async (push: ReturnType<typeof pushed>, name: string, page = 1) =>
    call(url, `/api/v3/repos/octo-org/${name}/compare/${push.before}...${push.after}?page=${page}`, {
      token: installationToken(scene),
    });
  const push = pushed(301);
  const first = await compare(push, "wallet");
  expect(first).toMatchObject({ status: 200, body: { status: "ahead", total_commits: 1 } });
  const filesOf = ({ body }: { readonly body: unknown }) => (body as { files?: readonly unknown[] }).files?.length;
  expect([filesOf(first), filesOf(await compare(push, "wallet", 2))]).toEqual([300, undefined]);
  expect((await compare({ ...push, after: "f".repeat(40) }, "wallet")).status).toBe(404);
  expect((await compare(pushed(1, scene.vault), "vault")).status).toBe(403);
});

test("pull requests of a commit: what a merge made and what it brought, and nothing of a push", async () => {
  const merged = pushOfMerge(scene.world, scene.pullRequest, { by: scene.ada, at: NOW, way: "merge" });
  const numbers = async (sha: string): Promise<readonly number[]> => {
    const token = installationToken(scene);
    const { body } = await call(url, `/api/v3/repos/octo-org/wallet/commits/${sha}/pulls`, { token });
    return (body as { number: number; merged_at: string | null }[]).map(({ number }) => number);
  };
  for (const { sha } of merged.commits) expect(await numbers(sha)).toEqual([scene.pullRequest.number]);
  expect(await numbers(pushed(1).after)).toEqual([]);
});
