import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { InvalidInput, OperatingError } from "../../../../src/errors.ts";
import type { CreatedApp } from "../../../../src/github/gateway.ts";
import { silentLog } from "../../../../src/log.ts";
import { MAX_CONNECTIONS } from "../../../../src/web/ingest.ts";
import { credentialLines } from "../../../../src/web/pages/setup/credentials.ts";
import { manifestFor, readAppFile, readTierFile } from "../../../../src/web/pages/setup/manifest.ts";
import { makeSetupServer } from "../../../../src/web/pages/setup/server.ts";
import { describe, expect, test } from "../../../support/jest.ts";
import { CREATED } from "../../support/created-app.ts";
import { countingRandom } from "../../support/desk.ts";

const APP_YML = await readFile(new URL("../../../../app.yml", import.meta.url), "utf8");
const AUDIT_YML = await readFile(new URL("../../../../app.audit.yml", import.meta.url), "utf8");
const PUBLIC_URL = "https://sallyport.example";

interface Stage {
  readonly open: (path: string) => Promise<{ readonly statusCode: number; readonly body: string }>;
  readonly path: string;
  readonly kept: CreatedApp[];
  readonly codes: string[];
  readonly instance: FastifyInstance;
}

interface Given {
  readonly answer?: Error;
  /** Why credentials cannot be kept: known before, or only found when they are there. */
  readonly whyNotKept?: string;
  readonly whyNotWritten?: string;
  readonly outOfReach?: string;
}

async function stage(given: Given = {}): Promise<Stage> {
  const kept: CreatedApp[] = [];
  const codes: string[] = [];
  const { server, address } = await makeSetupServer({
    app: readAppFile(APP_YML),
    tier: readTierFile(AUDIT_YML),
    publicUrl: PUBLIC_URL,
    webhookUrl: `${PUBLIC_URL}/api/github/webhooks`,
    outOfReach: given.outOfReach ?? null,
    githubUrl: "https://ghe.example",
    random: countingRandom(),
    log: silentLog,
    exchange: async (code) => {
      codes.push(code);
      if (given.answer) throw given.answer;
      return CREATED;
    },
    whyNotKept: async () => given.whyNotKept ?? null,
    keep: async (app) => {
      const why = given.whyNotKept ?? given.whyNotWritten ?? null;
      if (why === null) kept.push(app);
      return why;
    },
  });
  const open: Stage["open"] = (path) => server.inject({ url: path });
  return { open, path: new URL(address).pathname, kept, codes, instance: server };
}

const stateOf = (body: string): string => /state=([\w-]{22})"/.exec(body)?.[1] ?? "";

test("set-up server: gives slow senders no more time than the server that comes after it", async () => {
  const { headersTimeout, requestTimeout, maxConnections } = (await stage()).instance.server;
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
    expect(manifestFor(readAppFile(APP_YML), { publicUrl: PUBLIC_URL, webhookUrl: "https://smee.io/x" })).toMatchObject(
      {
        url: PUBLIC_URL,
        hook_attributes: { url: "https://smee.io/x", active: true },
        redirect_url: `${PUBLIC_URL}/setup/callback`,
        callback_urls: [`${PUBLIC_URL}/login/callback`],
      },
    );
  });

  test("is refused with every problem when keys are wrong", () => {
    expect(() => readAppFile("name: x\nsurprise: 1\n")).toThrow(InvalidInput);
  });
});

describe("app.audit.yml", () => {
  test("adds reading alone, and nothing to code", () => {
    const { default_permissions: added } = readTierFile(AUDIT_YML);
    expect(new Set(Object.values(added))).toEqual(new Set(["read"]));
    expect(Object.keys(added).filter((name) => ["contents", "workflows", "members"].includes(name))).toEqual([]);
  });

  test("a permission to write is refused", () => {
    expect(() => readTierFile("default_permissions:\n  administration: write\n")).toThrow("app.audit.yml");
  });

  test("is asked for by whoever chooses it on the page, and by nobody else", async () => {
    const { open, path } = await stage();
    const usual = (await open(`${path}?organization=octo-org`)).body;
    const audits = (await open(`${path}?organization=octo-org&tier=audits`)).body;
    expect([usual, audits].map((body) => body.includes("organization_secrets&quot;:&quot;read"))).toEqual([
      false,
      true,
    ]);
    expect(audits).toContain("<code>organization_secrets</code>");
    expect((await open(`${path}?organization=octo-org&tier=everything`)).body).not.toContain("Continue on GitHub");
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

  test("callback: says so and can be tried again when GitHub refuses", async () => {
    const { open, path, kept } = await stage({ answer: new OperatingError("not_found", "no such code") });
    const state = stateOf((await open(`${path}?organization=`)).body);
    expect((await open(`/setup/callback?code=abc&state=${state}`)).statusCode).toBe(502);
    expect(kept).toEqual([]);
    expect((await open(path)).statusCode).toBe(200);
  });
});

describe("what the set-up page promises", () => {
  test.each([
    ["is known before", { whyNotKept: ".env cannot be written here (EROFS)" }, true],
    ["is found when the App exists", { whyNotWritten: ".env cannot be written here (ENOSPC)" }, false],
  ])("credentials that cannot be kept are shown, once, and are not lost: %s", async (_when, given, said) => {
    const { open, path } = await stage(given);
    const page = await open(`${path}?organization=`);
    expect(page.body.includes("cannot be written here (EROFS)")).toBe(said);
    const callback = `/setup/callback?code=abc&state=${stateOf(page.body)}`;
    const shown = await open(callback);
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain(credentialLines(CREATED).join("\n"));
    expect([(await open(callback)).statusCode, (await open(path)).statusCode]).toEqual([400, 404]);
  });

  test("sends nobody to GitHub while GitHub cannot reach this server, and says why", async () => {
    const { open, path } = await stage({ outOfReach: "it means this machine" });
    for (const address of [path, `${path}?organization=octo-org`]) {
      const { body } = await open(address);
      expect([body.includes("it means this machine"), body.includes("<form"), body.includes("manifest")]).toEqual([
        true,
        false,
        false,
      ]);
    }
  });

  test("ends at once although somebody has sent half a request", async () => {
    const { instance } = await stage();
    const address = new URL(await instance.listen({ host: "127.0.0.1", port: 0 }));
    const slow = connect(Number(address.port), address.hostname);
    const arrived = once(instance.server, "connection");
    slow.on("error", () => {}).write("GET / HTTP/1.1\r\nHost: x\r\n");
    const [socket]: Socket[] = await arrived;
    while (socket?.bytesRead === 0) await pause(1);
    const ended = once(slow, "close");
    await instance.close();
    await ended;
  });
});
