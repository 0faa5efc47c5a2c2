import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { accountId } from "../../../src/ids.ts";
import { silentLog } from "../../../src/log.ts";
import type { Random } from "../../../src/random.ts";
import type { Database } from "../../../src/store/postgres/engine/database.ts";
import { storeOver } from "../../../src/store/postgres/open.ts";
import type { Store } from "../../../src/store/store.ts";
import { makeWebServer, type WebOptions } from "../../../src/web/server.ts";
import { freshDatabase } from "../../support/database.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { earlierAudits, storedAudit } from "./audits.ts";
import { Client } from "./client.ts";
import { TestGitHub } from "./github.ts";
import {
  collaboratorReport,
  door,
  flag,
  INSTALLATION,
  NOW,
  OTHER_INSTALLATION,
  report,
  SIGNALS,
  WALLET,
} from "./reports.ts";
import { type Route, routeRecorder } from "./routes.ts";

export const ORIGIN = "https://sallyport.example";
export const OWNER = accountId(801);
export const MAINTAINER = accountId(802);
export const READER = accountId(803);
export const STRANGER = accountId(899);
/** Owner of the other organisation. */
export const NEIGHBOUR = accountId(901);
/** The account the pull request report is about; it can write too. */
export const AUTHOR = accountId(4711);

export interface TestSite {
  readonly app: FastifyInstance;
  readonly routes: readonly Route[];
  readonly store: Store;
  readonly github: TestGitHub;
  readonly clock: ReturnType<typeof fixedClock>;
  /** Milliseconds that 404 answers waited. */
  readonly waits: number[];
  readonly database: Database;
  client(): Client;
  signedIn(account: number): Promise<Client>;
  close(): Promise<void>;
}

interface TestSiteOptions {
  readonly seed?: (store: Store) => Promise<void>;
  readonly origin?: string;
  readonly githubUrl?: string;
  /** Waiting for GitHub on behalf of a stranger. */
  readonly patience?: WebOptions["patience"];
  readonly health?: WebOptions["health"];
  readonly forwarding?: WebOptions["forwarding"];
}

/** The web server on a real store, with one organisation that has everything and one beside it. */
export async function openTestSite({
  seed = seedStory,
  origin = ORIGIN,
  githubUrl = "https://github.com",
  patience,
  health,
  forwarding,
}: TestSiteOptions = {}): Promise<TestSite> {
  const clock = fixedClock(NOW);
  const database = await freshDatabase();
  const store = storeOver(database, { clock, log: silentLog });
  await seed(store);
  const github = peopledGitHub(githubUrl);
  const waits: number[] = [];
  const { plugin, routes } = routeRecorder();
  const app = await makeWebServer({
    store,
    apps: github.apps,
    login: github.login,
    clock,
    random: countingRandom(),
    log: silentLog,
    signals: SIGNALS,
    publicUrl: origin,
    githubUrl,
    sessionSecret: "a secret of the tests, longer than 32 bytes",
    ingest: plugin,
    wait: async (ms) => void waits.push(ms),
    ...(patience && { patience }),
    ...(health && { health }),
    ...(forwarding && { forwarding }),
  });
  const client = (): Client => new Client(app, origin);
  return {
    app,
    routes,
    store,
    github,
    clock,
    waits,
    database,
    client,
    async signedIn(account) {
      const browser = client();
      await browser.signIn(account);
      return browser;
    },
    async close() {
      await app.close();
      await store.stop();
    },
  };
}

export function peopledGitHub(url: string): TestGitHub {
  const github = new TestGitHub(url);
  github.person(OWNER, "owner-example");
  github.person(MAINTAINER, "maintainer-example");
  github.person(READER, "reader-example");
  github.person(STRANGER, "stranger-example");
  github.person(NEIGHBOUR, "neighbour-example");
  github.person(AUTHOR, "newcomer-example");
  github.owners.add("owner-example octo-org").add("neighbour-example other-org");
  github.repositories.set("octo-org/wallet", WALLET);
  github.grant("owner-example", "octo-org/wallet", "admin");
  github.grant("maintainer-example", "octo-org/wallet", "maintain");
  github.grant("newcomer-example", "octo-org/wallet", "maintain");
  github.grant("reader-example", "octo-org/wallet", "triage");
  github.grant("neighbour-example", "other-org/thing", "admin");
  return github;
}

async function seedStory(store: Store): Promise<void> {
  const tenant = store.tenant(INSTALLATION);
  const organization = { accountType: "Organization", permissions: {}, createdAt: NOW };
  await tenant.saveInstallation({ ...organization, accountId: accountId(7001), accountLogin: "octo-org" });
  await store
    .tenant(OTHER_INSTALLATION)
    .saveInstallation({ ...organization, accountId: accountId(7002), accountLogin: "other-org" });
  await tenant.openDoor(door());
  await tenant.saveReport(report());
  await tenant.saveReport(collaboratorReport());
  await tenant.raiseFlag(flag());
  for (const audit of [...earlierAudits(), storedAudit()]) await tenant.saveAudit(audit);
}

/** Not random at all, but different each time, so that what must differ differs. */
export function countingRandom(): Random {
  let count = 0;
  return {
    bytes: (length) => {
      count += 1;
      return createHash("sha512").update(String(count)).digest().subarray(0, length);
    },
  };
}
