import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import { installationWebhook } from "@sallyport/simulator/src/payload/installation.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import { createWorld } from "@sallyport/simulator/src/world/world.ts";
import { installationId } from "../../../src/ids.ts";
import { silentLog } from "../../../src/log.ts";
import { openStore } from "../../../src/store/postgres/open.ts";
import { eventually } from "../../store/eventually.ts";
import { type AppProcess, startAppProcess } from "../../support/app-process.ts";
import { afterAll, beforeAll, expect, test } from "../../support/jest.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  key,
  PERMISSIONS,
  seededRandom,
  UNLIMITED,
  WEBHOOK_SECRET,
  writePolicy,
} from "../../support/running-app.ts";

/** After so many pages of repositories the process is killed, one time after the other. */
const KILLED_AFTER = [1, 4, 8];
const REPOSITORIES = 600;
const PAGES = 12;
/** The machine is off this long after a kill, past the lease of the job. */
const OFF_MS = 61_000;

const world = createWorld();
const dataDirectory = mkdtempSync(join(tmpdir(), "sallyport-audit-"));
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs).toISOString() };
const at = "2016-01-01T00:00:00Z";
const owner = addUser(world, { login: "olga-example", createdAt: at });
const organization = addOrganization(world, { login: "octo-org", createdAt: at, owners: [owner] });
for (let each = 0; each < REPOSITORIES; each++)
  addRepository(world, { owner: organization, name: `place-${each}`, createdAt: at });
writePolicy(world, organization, "version: 1\nmode: shadow\n");
const app = registerApp(world, {
  ...{ slug: "sallyport", owner, publicKey: key.publicKey, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET },
  ...{ webhookSecret: WEBHOOK_SECRET, createdAt: clock.now(), permissions: PERMISSIONS },
});
const installation = installApp(world, app, { account: organization, at: clock.now() });
installation.singleFilePaths = [".github/sallyport.yml"];

let sim: Simulator;
let running: AppProcess | null = null;
const pages = (): number =>
  sim.ledger.entries.filter(({ operation, status }) => operation === "graphql/OrgRepos" && status === 200).length;

beforeAll(async () => {
  sim = createSimulator({ world, clock, random: seededRandom("github"), limits: UNLIMITED });
});

afterAll(async () => {
  await running?.end("SIGKILL");
  await sim.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
});

test("kill -9 between the pages of an audit: each is asked for once but those under way, and there is one report", async () => {
  const githubHost = new URL(await sim.listen()).host;
  const start = async (): Promise<AppProcess> => {
    running = startAppProcess({ appId: app.id, githubHost, dataDirectory, aheadMs });
    const addresses = await running.started;
    if (addresses === null) throw new Error(`the app did not start:\n${running.output.join("\n")}`);
    app.hookUrl = `${addresses.webUrl}/api/github/webhooks`;
    return running;
  };
  for (const [kill, count] of KILLED_AFTER.entries()) {
    const process = await start();
    if (kill === 0)
      await sim.deliver(installationWebhook(sim.stage, { installation, action: "created", sender: owner }));
    await eventually(() => pages() >= count);
    await process.end("SIGKILL");
    aheadMs += OFF_MS;
  }
  const process = await start();
  await process.printed('"audit.completed"');
  await process.end("SIGKILL");
  aheadMs += OFF_MS;
  // The job may not have been told that it was done, and GitHub may tell of the installation twice.
  const last = await start();
  await sim.deliver(installationWebhook(sim.stage, { installation, action: "created", sender: owner }));
  await last.printed('"audit-organization"');
  await last.end("SIGTERM");
  running = null;

  expect(pages()).toBeGreaterThanOrEqual(PAGES);
  // The one that was asked for, and one that had come and was not on the disk yet.
  expect(pages()).toBeLessThanOrEqual(PAGES + 2 * KILLED_AFTER.length);
  const store = await openStore({ databaseUrl: null, dataDir: join(dataDirectory, "data"), clock, log: silentLog });
  const tenant = store.tenant(installationId(installation.id));
  expect(await tenant.auditHeads(5)).toHaveLength(1);
  expect((await tenant.latestSnapshot(clock.now()))?.repositories).toHaveLength(REPOSITORIES + 1);
  expect(await tenant.readingProgress()).toBeNull();
  await store.stop();
  sim.expectNoViolations();
});
