import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseEnv } from "node:util";
import { addOrganization, addUser } from "@sallyport/simulator/src/build/build.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import { createWorld } from "@sallyport/simulator/src/world/world.ts";
import { systemClock } from "../../src/clock.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { seededRandom } from "../support/running-app.ts";

const main = resolve(import.meta.dirname, "../../src/main.ts");
const directory = mkdtempSync(join(tmpdir(), "sallyport-first-start-"));
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });

let github: Simulator;
let serve: ChildProcess;
const printed: string[] = [];

beforeAll(async () => {
  github = createSimulator({ world, clock: systemClock, random: seededRandom("first-start") });
  await github.listen();
});

afterAll(async () => {
  serve.kill("SIGKILL");
  await github.stop();
  rmSync(directory, { recursive: true, force: true });
});

test("first start: creates the App through GitHub's form, keeps its keys in .env and goes on serving", async () => {
  serve = start(await freePort());
  const { address, back } = await createApp(() => whenThere(join(directory, ".data/postgres/PG_VERSION")));
  expect(back.status).toBe(200);

  await line(/"service\.started"/);
  const file = join(directory, ".env");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const kept = parseEnv(readFileSync(file, "utf8"));
  expect(Object.keys(kept).sort()).toEqual([
    "APP_ID",
    "GITHUB_CLIENT_ID",
    "GITHUB_CLIENT_SECRET",
    "PRIVATE_KEY",
    "WEBHOOK_SECRET",
  ]);
  const unsigned = await fetch(new URL("/api/github/webhooks", address), { method: "POST", body: "{}" });
  expect([401, 415]).toContain(unsigned.status);
  expect(printed.join("\n")).not.toContain(kept.WEBHOOK_SECRET);
  expect([...world.apps.values()][0]?.permissions).toMatchObject({ checks: "write", members: "read" });

  await end();
  github.expectNoViolations();
});

test("where nothing can be written: says so first, shows the keys once, and starts with what was shown", async () => {
  printed.length = 0;
  world.apps.clear();
  chmodSync(directory, 0o555);
  rmSync(join(directory, ".env"), { force: true });
  serve = start(await freePort(), NOBODY);
  const { form, back } = await createApp();
  expect(form).toMatch(/The keys cannot be kept here: \.env cannot be written here \(E(ACCES|PERM)\)/);
  const shown = /<textarea[^>]*>([^<]*)<\/textarea>/.exec(await back.text())?.[1] ?? "";
  const variables = parseEnv(unescaped(shown));
  expect([existsSync(join(directory, ".env")), variables.APP_ID]).toEqual([
    false,
    String([...world.apps.keys()].at(-1)),
  ]);
  expect(printed.join("\n")).not.toContain(variables.WEBHOOK_SECRET);
  await end();

  printed.length = 0;
  const dataDirectory = mkdtempSync(join(tmpdir(), "sallyport-first-data-"));
  chmodSync(dataDirectory, 0o777);
  serve = start(await freePort(), { ...NOBODY, variables: { ...variables, DATA_DIR: join(dataDirectory, "data") } });
  await line(/"service\.started"/);
  await end();
  rmSync(dataDirectory, { recursive: true, force: true });
});

/** Does what a person does on the set-up page and on GitHub's. */
async function createApp(
  before = async () => {},
): Promise<{ readonly address: string; readonly form: string; readonly back: Response }> {
  const address = await line(/http:\/\/localhost:\d+\/setup\/\S+/);
  const form = await (await fetch(`${address}?organization=octo-org`)).text();
  await before();
  const action = unescaped(/<form method="post" action="([^"]+)"/.exec(form)?.[1] ?? "");
  const manifest = unescaped(/name="manifest" value="([^"]*)"/.exec(form)?.[1] ?? "");
  const state = new URL(action).searchParams.get("state") ?? "";
  const created = await fetch(action, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ manifest, state, confirmed: "yes" }),
  });
  expect(created.status).toBe(302);
  return { address, form, back: await fetch(created.headers.get("location") ?? "") };
}

/** The database is made while somebody is on the set-up page. */
async function whenThere(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((done) => setTimeout(done, 50));
}

async function end(): Promise<void> {
  const ended = new Promise((done) => serve.once("exit", done));
  serve.kill("SIGTERM");
  expect(await ended).toBe(0);
}

interface Start {
  /** Another account than ours, which may write nothing; only root may start a process as another. */
  readonly uid?: number;
  readonly variables?: Readonly<Record<string, string | undefined>>;
}
const NOBODY: Start = process.getuid?.() === 0 ? { uid: 65_534 } : {};

function start(port: number, { uid, variables = {} }: Start = {}): ChildProcess {
  const child = spawn(process.execPath, [main, "serve"], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      GHE_HOST: new URL(github.url).host,
      GHE_PROTOCOL: "http",
      PORT: String(port),
      OPERATIONS_PORT: "0",
      ...variables,
    },
    ...(uid === undefined ? {} : { uid }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (text) => printed.push(text));
  return child;
}

/** What the program printed that matches; the test's own time limit ends the wait. */
async function line(pattern: RegExp): Promise<string> {
  for (;;) {
    for (const text of printed) {
      const found = pattern.exec(text);
      if (found) return found[0];
    }
    if (serve.exitCode !== null) throw new Error(`serve ended with ${serve.exitCode}:\n${printed.join("\n")}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const unescaped = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
