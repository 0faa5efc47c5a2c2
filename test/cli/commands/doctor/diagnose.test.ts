import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { saidByRunning } from "../../../../src/cli/commands/doctor/ask-running.ts";
import { type DoctorInput, diagnose } from "../../../../src/cli/commands/doctor/diagnose.ts";
import { type Environment, type FileRead, readConfig } from "../../../../src/config.ts";
import { installationId } from "../../../../src/ids.ts";
import { expect, test } from "../../../support/jest.ts";

const config = (env: Environment = {}) => readConfig(env, () => ({ state: "missing" }));
const inputWith = (change: Partial<DoctorInput> = {}): DoctorInput => ({
  readConfig: () => config(),
  apps: () => null,
  openStore: async () => ({ ping: async () => {}, brokenTrails: async () => [], stop: async () => {} }),
  room: () => null,
  health: async () => null,
  wanted: { default_events: [], default_permissions: {} },
  now: () => "2026-11-20T12:00:00.000Z",
  ...change,
});
const process = async (change: Partial<DoctorInput>) =>
  (await diagnose(inputWith(change))).find(({ id }) => id === "process");

test("doctor: what the running process says of its proxies, disk and clock is said here, with how to mend it", async () => {
  const said = ["ok", "disk: 900 MiB free", "proxies: TRUSTED_PROXY_HOPS is 0; to mend: set it to 1", ""];
  expect(await process({ health: async () => said })).toEqual({
    id: "process",
    state: "missing",
    found: "TRUSTED_PROXY_HOPS is 0",
    mend: "set it to 1",
  });
});

test("doctor: a process that finds nothing, and none at all, are nothing to mend", async () => {
  expect(await process({ health: async () => ["ok", "disk: 900 MiB free", ""] })).toMatchObject({ state: "ok" });
  expect(await process({})).toMatchObject({ state: "ok", found: "none answers here" });
});

test("doctor: a trail that somebody changed is named with its entry, and the store is closed", async () => {
  let stopCount = 0;
  const broken = [{ installationId: installationId(7), seq: 5 }];
  const opened = { ping: async () => {}, brokenTrails: async () => broken, stop: async () => void stopCount++ };
  const checks = await diagnose(inputWith({ openStore: async () => opened }));
  expect(checks.find(({ id }) => id === "trail")).toMatchObject({
    state: "missing",
    found: "installation 7: entry 5",
    mend: expect.stringContaining("compare with a backup"),
  });
  expect(stopCount).toBe(1);
});

test("doctor: asks the process at the operators' address, and takes no answer as none", async () => {
  const server = createServer((_request, response) => response.end("ok\ndisk: 900 MiB free\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const at = config({ OPERATIONS_HOST: "0.0.0.0", OPERATIONS_PORT: String(port) });
  expect(await saidByRunning(at)).toEqual(["ok", "disk: 900 MiB free", ""]);
  await new Promise((resolve) => server.close(resolve));
  expect(await saidByRunning(at)).toBeNull();
});

const told = async (text: string | null, at: string | null = "https://sallyport.example") => {
  const env = { NOTIFY_FILE: "notify.yml", ...(at !== null && { PUBLIC_URL: at }) };
  const read = () => readConfig(text === null ? {} : env, () => given(text));
  return (await diagnose(inputWith({ readConfig: read }))).find(({ id }) => id === "notify");
};
const given = (text: string | null): FileRead =>
  text === null ? { state: "missing" } : { state: "read", text, worldReadable: false };

test("doctor: says how many are told by message, and what is wrong with their file", async () => {
  expect(await told(null)).toMatchObject({ state: "ok", found: expect.stringContaining("nobody is told") });
  const entry = "{ name: team, organization: octo-org, kind: slack, url: https://hooks.example/s3cr3t }";
  expect(await told(`destinations:\n  - ${entry}\n`)).toMatchObject({
    ...{ state: "ok", found: expect.stringMatching(/^1 destination;/), mend: null },
  });
  expect(await told(`destinations:\n  - ${entry}\n`, null)).toMatchObject({
    ...{ state: "missing", found: "links in messages lead to http://localhost:3000" },
  });
  const wrong = await told(`destinations:\n  - ${entry.replace("https:", "http:")}\n`);
  expect(wrong).toMatchObject({ state: "missing", found: expect.stringContaining("destinations[0].url not https") });
  expect(JSON.stringify(wrong)).not.toContain("s3cr3t");
});
