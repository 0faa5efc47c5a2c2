import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { saidByRunning } from "../../../../src/cli/commands/doctor/ask-running.ts";
import { type DoctorInput, diagnose } from "../../../../src/cli/commands/doctor/diagnose.ts";
import { type Environment, type FileRead, readConfig } from "../../../../src/config.ts";
import { DataInUse } from "../../../../src/data-in-use.ts";
import { InvalidInput, OperatingError } from "../../../../src/errors.ts";
import type { AppGateway } from "../../../../src/github/gateway.ts";
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
  tier: { default_permissions: {} },
  now: () => "2026-11-20T12:00:00.000Z",
  ...change,
});
const stateOf = async (id: string, change: Partial<DoctorInput>) => {
  const { state, found } = (await diagnose(inputWith(change))).find((check) => check.id === id) ?? {};
  return { state, found };
};

const APP = {
  APP_ID: "5",
  PRIVATE_KEY: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
  WEBHOOK_SECRET: "6f1c2b9d4e8a7053c1b2d3e4f5a69788",
  GITHUB_CLIENT_ID: "Iv1.x",
  GITHUB_CLIENT_SECRET: "y",
};
/** An App that GitHub knows and sends events of to the address given. */
const registered = (webhookUrl: () => Promise<string | null>, env: Environment = {}): Partial<DoctorInput> => ({
  readConfig: () => config({ ...APP, ...env }),
  apps: () =>
    ({
      identity: async () => ({ appId: 5, githubNow: "2026-11-20T12:00:00.000Z", permissions: {}, events: [] }),
      installations: async () => [],
      webhookUrl,
    }) as Partial<AppGateway> as AppGateway,
});
const away = (): Promise<never> => Promise.reject(new OperatingError("github_unreachable", "no answer"));

test("doctor: the address that GitHub sends events to is compared with PUBLIC_URL", async () => {
  const env = { PUBLIC_URL: "https://sallyport.example", TRUSTED_PROXY_HOPS: "1" };
  const ours = "https://sallyport.example/api/github/webhooks";
  const webhook = (answer: () => Promise<string | null>) => stateOf("webhook", registered(answer, env));
  expect(await webhook(async () => ours)).toMatchObject({ state: "ok", found: expect.stringContaining(ours) });
  expect(await webhook(async () => "https://old.example/api/github/webhooks")).toMatchObject({
    state: "wrong",
    found: expect.stringMatching(/old\.example.*sallyport\.example.*PUBLIC_URL/),
  });
  expect(await webhook(async () => null)).toMatchObject({ state: "absent" });
  expect(await webhook(away)).toMatchObject({ state: "unreachable" });
});

test("doctor: tells what is absent from what is wrong and from what cannot be reached", async () => {
  const refused = (what: string) => () => {
    throw new InvalidInput([{ where: "APP_ID", what, mend: "copy it" }]);
  };
  expect(await stateOf("configuration", { readConfig: refused("not set") })).toMatchObject({ state: "absent" });
  expect(await stateOf("configuration", { readConfig: refused("not such a number") })).toMatchObject({
    state: "wrong",
  });
  expect(await stateOf("credentials", {})).toMatchObject({ state: "absent" });
  expect(
    await stateOf(
      "installations",
      registered(async () => null),
    ),
  ).toMatchObject({ state: "absent" });
  const known = registered(async () => null).apps?.(config(APP));
  const answering = (identity: () => Promise<never>) => ({
    readConfig: () => config(APP),
    apps: () => known && { ...known, identity },
  });
  expect(await stateOf("credentials", answering(away) as Partial<DoctorInput>)).toMatchObject({ state: "unreachable" });
  const forbidden = () => Promise.reject(new OperatingError("forbidden", "401"));
  expect(await stateOf("credentials", answering(forbidden) as Partial<DoctorInput>)).toMatchObject({ state: "wrong" });
  const down = () => Promise.reject(new OperatingError("database_unavailable", "no socket"));
  expect(await stateOf("database", { openStore: down })).toMatchObject({ state: "unreachable" });
});

test("doctor: a server that holds the embedded database is running, and nothing to mend", async () => {
  const openStore = () => Promise.reject(new DataInUse(".data", "process 7, started 2026-11-20T11:00:00.000Z"));
  const said = { openStore, health: async () => ["ok", ""] };
  expect(await stateOf("database", said)).toEqual({
    state: "running",
    found: "embedded, held by the server that runs (process 7, started 2026-11-20T11:00:00.000Z)",
  });
  expect(await stateOf("trail", said)).toMatchObject({ state: "running" });
  expect(await stateOf("process", said)).toMatchObject({ state: "ok" });
  expect(await stateOf("process", { openStore })).toMatchObject({ state: "unreachable" });
});

const process = async (change: Partial<DoctorInput>) =>
  (await diagnose(inputWith(change))).find(({ id }) => id === "process");

test("doctor: what the running process says of its proxies, disk and clock is said here, with how to mend it", async () => {
  const said = ["ok", "disk: 900 MiB free", "proxies: TRUSTED_PROXY_HOPS is 0; to mend: set it to 1", ""];
  expect(await process({ health: async () => said })).toEqual({
    id: "process",
    state: "wrong",
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
    state: "wrong",
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
    ...{ state: "wrong", found: "links in messages lead to http://localhost:3000" },
  });
  const wrong = await told(`destinations:\n  - ${entry.replace("https:", "http:")}\n`);
  expect(wrong).toMatchObject({ state: "wrong", found: expect.stringContaining("destinations[0].url not https") });
  expect(JSON.stringify(wrong)).not.toContain("s3cr3t");
});

test("doctor: the tier for audits is a choice: what it would add is said, and nothing is to mend", async () => {
  const permissions = { administration: "read", secrets: "read" };
  const look = (given: Readonly<Record<string, string>>) => {
    const identity = async () => ({ appId: 5, githubNow: "2026-11-20T12:00:00.000Z", permissions: given, events: [] });
    const app = registered(async () => null);
    const apps = () => ({ ...(app.apps?.(config()) as AppGateway), identity });
    return stateOf("audit_tier", { ...app, apps, tier: { default_permissions: permissions } });
  };
  expect(await look({ administration: "write", secrets: "read" })).toEqual({
    state: "ok",
    found: "all that app.audit.yml adds",
  });
  expect(await look({})).toEqual({
    state: "ok",
    found: "without administration: read, secrets: read; docs/permissions.md says what each would show the audit",
  });
});
