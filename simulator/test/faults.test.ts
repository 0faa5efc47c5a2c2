import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { createFaults, primaryLimit, secondaryLimit } from "../src/http/faults.ts";
import { call, installationToken, NOW, type Stand, seconds, stand } from "./stand.ts";

let scene: Stand;
let url: string;
let token: string;

beforeEach(async () => {
  scene = stand();
  url = await scene.simulator.listen();
  token = installationToken(scene);
});

afterEach(async () => {
  await scene.simulator.stop();
});

const teams = () => call(url, "/api/v3/orgs/octo-org/teams", { token });
const createCheck = () =>
  call(url, "/api/v3/repos/octo-org/wallet/check-runs", {
    token,
    method: "POST",
    body: { name: "Sallyport", head_sha: scene.pullRequest.commits[0]?.sha },
  });

test("status: the named number of calls fail, after those to skip, and then no more", async () => {
  scene.simulator.faults.add("teams/*", { kind: "status", status: 500 }, { times: 1, skip: 1 });
  const statuses = [(await teams()).status, (await teams()).status, (await teams()).status];
  expect(statuses).toEqual([200, 500, 200]);
});

test("status: limits come with GitHub's headers", async () => {
  scene.simulator.faults.add("teams/list", secondaryLimit(17), { times: 1 });
  scene.simulator.faults.add("teams/list", primaryLimit("2026-11-23T12:30:00.000Z"), { skip: 1 });
  const secondary = await teams();
  expect([secondary.status, secondary.headers.get("retry-after")]).toEqual([429, "17"]);
  const { status, headers } = await teams();
  expect([status, headers.get("x-ratelimit-remaining"), headers.get("x-ratelimit-reset")]).toEqual([
    403,
    "0",
    String(seconds(NOW) + 1800),
  ]);
});

test("after_commit: the caller sees 502 although the check run exists", async () => {
  scene.simulator.faults.add("checks/create", { kind: "after_commit", status: 502 }, { times: 1 });
  expect((await createCheck()).status).toBe(502);
  expect(scene.world.checkRuns.size).toBe(1);
});

test("reset: the connection closes without an answer", async () => {
  scene.simulator.faults.add("teams/list", { kind: "reset" }, { times: 1 });
  await expect(teams()).rejects.toThrow("fetch failed");
  expect((await teams()).status).toBe(200);
});

test("delay: the answer comes after a client that waits less has gone", async () => {
  scene.simulator.faults.add("teams/list", { kind: "delay", ms: 200 });
  const impatient = fetch(`${url}/api/v3/orgs/octo-org/teams`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(20),
  });
  await expect(impatient).rejects.toThrow("aborted");
  expect((await teams()).status).toBe(200);
});

test("partial: GraphQL answers with a hole and the error beside it", async () => {
  scene.simulator.faults.add("graphql/Part", { kind: "partial", path: ["organization", "teams"] });
  const query = 'query Part { organization(login: "octo-org") { login teams(first: 1) { totalCount } } }';
  const { status, body } = await call(url, "/api/graphql", { token, method: "POST", body: { query } });
  expect([status, body]).toMatchObject([
    200,
    {
      data: { organization: { login: "octo-org", teams: null } },
      errors: [{ type: "RESOURCE_LIMITS_EXCEEDED", path: ["organization", "teams"] }],
    },
  ]);
});

test("switches: are gone after clear", () => {
  const faults = createFaults();
  faults.add("checks/create", { kind: "reset" });
  expect(faults.take("checks/create")).toEqual([{ kind: "reset" }]);
  expect(faults.take("checks/update")).toEqual([]);
  faults.clear();
  expect(faults.take("checks/create")).toEqual([]);
});
