import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { InvalidInput, OperatingError } from "../../../../src/errors.ts";
import type { CreatedApp } from "../../../../src/github/gateway.ts";
import { silentLog } from "../../../../src/log.ts";
import { MAX_CONNECTIONS } from "../../../../src/web/ingest.ts";
import { writeEnv } from "../../../../src/web/pages/setup/env-file.ts";
import { manifestFor, readAppFile } from "../../../../src/web/pages/setup/manifest.ts";
import { credentialsOf, makeSetupServer } from "../../../../src/web/pages/setup/server.ts";
import { afterAll, describe, expect, test } from "../../../support/jest.ts";
import { countingRandom } from "../../support/desk.ts";

const APP_YML = await readFile(new URL("../../../../app.yml", import.meta.url), "utf8");
const PUBLIC_URL = "https://sallyport.example";
const CREATED: CreatedApp = {
  appId: 815,
  slug: "sallyport-octo",
  htmlUrl: "https://github.com/apps/sallyport-octo",
  clientId: "Iv1.0123456789abcdef",
  clientSecret: "c".repeat(40),
  webhookSecret: "w".repeat(40),
  privateKey: "-----BEGIN RSA PRIVATE KEY-----\nAAAA\nBBBB\n-----END RSA PRIVATE KEY-----\n",
};

interface Stage {
  readonly open: (path: string) => Promise<{ readonly statusCode: number; readonly body: string }>;
  readonly path: string;
  readonly kept: CreatedApp[];
  readonly codes: string[];
  readonly server: Server;
}

async function stage(given: { readonly answer?: Error; readonly keep?: () => Promise<void> } = {}): Promise<Stage> {
  const kept: CreatedApp[] = [];
  const codes: string[] = [];
  const { server, address } = await makeSetupServer({
    app: readAppFile(APP_YML),
    publicUrl: PUBLIC_URL,
    githubUrl: "https://ghe.example",
    random: countingRandom(),
    log: silentLog,
    exchange: async (code) => {
      codes.push(code);
      if (given.answer) throw given.answer;
      return CREATED;
    },
    onCreated: async (app) => {
      await given.keep?.();
      kept.push(app);
    },
  });
  const open: Stage["open"] = (path) => server.inject({ url: path });
  return { open, path: new URL(address).pathname, kept, codes, server: server.server };
}

const stateOf = (body: string): string => /state=([\w-]{22})"/.exec(body)?.[1] ?? "";

test("set-up server: gives slow senders no more time than the server that comes after it", async () => {
  const { headersTimeout, requestTimeout, maxConnections } = (await stage()).server;
  expect({ headersTimeout, requestTimeout, maxConnections }).toEqual({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    maxConnections: MAX_CONNECTIONS,
  });
});

describe("app.yml", () => {
  test("asks for reading, one check run, and the events that are handled", () => {
    const app = readAppFile(APP_YML);
    expect(app.default_permissions).toEqual({
      metadata: "read",
      pull_requests: "read",
      checks: "write",
      members: "read",
      single_file: "read",
    });
    expect(app.default_events).toEqual(["pull_request", "member", "membership", "team", "organization", "repository"]);
    expect([app.public, app.single_file_name]).toEqual([false, ".github/sallyport.yml"]);
  });

  test("becomes a manifest with this server's addresses", () => {
    expect(manifestFor(readAppFile(APP_YML), PUBLIC_URL)).toMatchObject({
      url: PUBLIC_URL,
      hook_attributes: { url: `${PUBLIC_URL}/api/github/webhooks`, active: true },
      redirect_url: `${PUBLIC_URL}/setup/callback`,
      callback_urls: [`${PUBLIC_URL}/login/callback`],
    });
  });

  test("is refused with every problem when keys are wrong", () => {
    expect(() => readAppFile("name: x\nsurprise: 1\n")).toThrow(InvalidInput);
  });
});

describe("set-up page", () => {
  test("is found only under the printed address", async () => {
    const { open, path } = await stage();
    expect((await open("/")).body).toContain("Open the address that was printed");
    expect((await open(path)).statusCode).toBe(200);
    for (const guess of [
      `/setup/${"A".repeat(22)}`,
      "/setup/",
      "/setup",
      "/probot",
      "/probot/setup",
      "/probot/import",
    ]) {
      const { statusCode, body } = await open(guess);
      expect([guess, statusCode]).toEqual([guess, 404]);
      expect(body).not.toContain("manifest");
    }
  });

  test("posts the manifest to the organisation's or the person's own page on GitHub", async () => {
    const { open, path } = await stage();
    expect((await open(path)).body).not.toContain('name="manifest"');
    const organization = await open(`${path}?organization=octo-org`);
    expect(organization.body).toContain('action="https://ghe.example/organizations/octo-org/settings/apps/new?state=');
    expect((await open(`${path}?organization=`)).body).toContain(
      'action="https://ghe.example/settings/apps/new?state=',
    );
    expect((await open(`${path}?organization=a/../b`)).body).not.toContain('name="manifest"');
  });

  test("keeps the credentials when the code comes back with the state, once", async () => {
    const { open, path, kept, codes } = await stage();
    const state = stateOf((await open(`${path}?organization=octo-org`)).body);
    const done = await open(`/setup/callback?code=abc123&state=${state}`);
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain("https://github.com/apps/sallyport-octo/installations/new");
    expect(done.body).not.toMatch(/BEGIN RSA|cccc|wwww/);
    expect(kept).toEqual([CREATED]);
    expect((await open(`/setup/callback?code=abc123&state=${state}`)).statusCode).toBe(400);
    expect((await open(path)).statusCode).toBe(404);
    expect(codes).toEqual(["abc123"]);
  });

  test.each(["", "?code=abc", "?code=abc&state=", `?code=abc&state=${"x".repeat(22)}`, "?code=../app&state=STATE"])(
    "callback%s: exchanges nothing",
    async (query) => {
      const { open, path, codes } = await stage();
      const state = stateOf((await open(`${path}?organization=`)).body);
      expect((await open(`/setup/callback${query.replace("STATE", state)}`)).statusCode).toBe(400);
      expect(codes).toEqual([]);
    },
  );

  test.each([
    ["GitHub refuses", { answer: new OperatingError("not_found", "no such code") }, 502],
    [
      "the file cannot take them",
      {
        keep: async () => {
          throw new InvalidInput([{ where: ".env, APP_ID", what: "is set already", mend: "remove it" }]);
        },
      },
      409,
    ],
  ])("callback: says so and can be tried again when %s", async (_when, given, status) => {
    const { open, path, kept } = await stage(given);
    const state = stateOf((await open(`${path}?organization=`)).body);
    expect((await open(`/setup/callback?code=abc&state=${state}`)).statusCode).toBe(status);
    expect(kept).toEqual([]);
    expect((await open(path)).statusCode).toBe(200);
  });
});

describe("env file", () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));
  const fresh = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), "sallyport-env-"));
    folders.push(folder);
    return join(folder, ".env");
  };

  test("is made with mode 0600 and reads back to the same values", async () => {
    const path = await fresh();
    await writeEnv(path, credentialsOf(CREATED));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const read = parseEnv(await readFile(path, "utf8"));
    expect(read).toEqual({
      APP_ID: "815",
      PRIVATE_KEY: CREATED.privateKey.trim(),
      WEBHOOK_SECRET: CREATED.webhookSecret,
      GITHUB_CLIENT_ID: CREATED.clientId,
      GITHUB_CLIENT_SECRET: CREATED.clientSecret,
    });
  });

  test("keeps what it says already, to the letter, and becomes private", async () => {
    const path = await fresh();
    await writeFile(path, "# mine\nPUBLIC_URL=https://sallyport.example\nAPP_ID=", { mode: 0o644 });
    await writeEnv(path, { APP_ID: "815" });
    expect(await readFile(path, "utf8")).toBe("# mine\nPUBLIC_URL=https://sallyport.example\nAPP_ID=\nAPP_ID=815\n");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("is left alone when a key has another value, and every such key is named", async () => {
    const path = await fresh();
    await writeEnv(path, { APP_ID: "1", GITHUB_CLIENT_ID: "Iv1.old" });
    const before = await readFile(path, "utf8");
    const refused = writeEnv(path, { APP_ID: "815", GITHUB_CLIENT_ID: "Iv1.new", WEBHOOK_SECRET: "w" });
    await expect(refused).rejects.toMatchObject({
      problems: [{ where: `${path}, APP_ID` }, { where: `${path}, GITHUB_CLIENT_ID` }],
    });
    expect(await readFile(path, "utf8")).toBe(before);
  });

  test("is not written twice when the values are there already", async () => {
    const path = await fresh();
    await writeEnv(path, { APP_ID: "815" });
    await writeEnv(path, { APP_ID: "815" });
    expect(await readFile(path, "utf8")).toBe("APP_ID=815\n");
  });
});
