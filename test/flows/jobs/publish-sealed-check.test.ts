import { sql } from "kysely";
import { publishSealedCheckFlow } from "../../../src/flows/jobs/publish-sealed-check.ts";
import type { FlowContext } from "../../../src/flows/steps/context.ts";
import { installationId } from "../../../src/ids.ts";
import type { JobOf } from "../../../src/job/job.ts";
import type { Outcome } from "../../../src/job/outcome.ts";
import { silentLog } from "../../../src/log.ts";
import type { Database } from "../../../src/store/postgres/engine/database.ts";
import { storeOver } from "../../../src/store/postgres/open.ts";
import type { Store } from "../../../src/store/store.ts";
import { eventually } from "../../store/eventually.ts";
import { NOW, REPOSITORY } from "../../store/samples.ts";
import { freshDatabase } from "../../support/database.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "../../support/jest.ts";
import { seededRandom } from "../../support/running-app.ts";

type Seam = "door" | "post" | "answer";

const clock = fixedClock(NOW);
const tuning = { pollMs: 10, secondMs: 1_000 };
let database: Database;
let store: Store;
let installation = installationId(0);

beforeAll(async () => {
  database = await freshDatabase();
  store = storeOver(database, { clock, log: silentLog, tuning });
});
afterAll(() => store.stop());

beforeEach(async () => {
  installation = installationId(installation + 1);
  const tenant = store.tenant(installation);
  const account = { accountId: REPOSITORY.ownerId, accountLogin: REPOSITORY.owner, accountType: "Organization" };
  await tenant.saveInstallation({ ...account, permissions: {}, createdAt: NOW });
  await tenant.setPublication("live");
  const noFile = { file: {}, source: null, sourceSha: null, fetchedAt: NOW, problems: [] };
  for (const place of [null, REPOSITORY.id]) await tenant.savePolicy(place, noFile);
});

/** GitHub's side: one list of check runs, each with the external id it came with. */
class Checks {
  readonly runs: { readonly id: number; readonly externalId: string }[] = [];
  post(externalId: string): number {
    const id = this.runs.length + 1;
    this.runs.push({ id, externalId });
    return id;
  }
  newest = (externalId: string): number | null =>
    this.runs.findLast((run) => run.externalId === externalId)?.id ?? null;
}

/** A worker that works as long as nobody stops it at a seam: as SIGSTOP does, between two of its steps. */
async function startWorker(checks: Checks, stopAt?: { readonly seam: Seam; readonly until: Promise<void> }) {
  const reached = Promise.withResolvers<void>();
  const at = async (seam: Seam): Promise<void> => {
    if (stopAt?.seam !== seam) return;
    reached.resolve();
    await stopAt.until;
  };
  const gateway = {
    findCheckRun: async ({ externalId }: { externalId: string }) => ({ ok: true, value: checks.newest(externalId) }),
    createSealedCheck: async ({ externalId }: { externalId: string }) => {
      await at("post");
      const id = checks.post(externalId);
      await at("answer");
      return id;
    },
  };
  const tenant: Store["tenant"] = (id) => {
    const real = store.tenant(id);
    const openDoor: typeof real.openDoor = async (door) => {
      const opened = await real.openDoor(door);
      await at("door");
      return opened;
    };
    return { ...real, openDoor };
  };
  const context = {
    store: { ...store, tenant },
    apps: { installation: async () => gateway },
    clock,
    random: seededRandom(`late ${installation}`),
    log: silentLog,
    publicUrl: "https://sallyport.example",
  } as unknown as FlowContext;
  const ends: Outcome[] = [];
  const work = await store.queue.work({ concurrency: 1 }, async (job, _attempt, _waited, isOurs) => {
    const outcome = await publishSealedCheckFlow({ ...context, isOurs }, job as JobOf<"publish-sealed-check">);
    ends.push(outcome);
    return outcome;
  });
  return { work, reached: reached.promise, ends };
}

/** A stops at a seam, its lease ends, B does the work, A goes on. */
async function overtaken(seam: Seam, checks: Checks): Promise<void> {
  const head = { headSha: "a".repeat(40), pullRequestNumber: 1, updatedAt: NOW };
  const goOn = Promise.withResolvers<void>();
  const late = await startWorker(checks, { seam, until: goOn.promise });
  await store.queue.enqueue([
    { kind: "publish-sealed-check", installationId: installation, repository: REPOSITORY, ...head },
  ]);
  await late.reached;
  await late.work.stop(0);
  await database.query((db) =>
    sql`update job set lease_until = clock_timestamp() - interval '1 second' where state = 'running'`.execute(db),
  );
  const other = await startWorker(checks);
  await eventually(() => other.ends.length === 1);
  await other.work.stop(5_000);
  goOn.resolve();
  await eventually(() => late.ends.length === 1);
}

const door = async () => (await store.tenant(installation).doorsOfRepository(REPOSITORY.id))[0];

test("a worker that was stopped before its POST and goes on after its lease posts nothing", async () => {
  const checks = new Checks();
  await overtaken("door", checks);
  expect(checks.runs).toHaveLength(1);
  expect(await door()).toMatchObject({ checkRunId: 1 });
});

test("a POST that was under way when the worker was stopped: the door leads to the run that GitHub shows", async () => {
  const checks = new Checks();
  await overtaken("post", checks);
  expect(checks.runs).toHaveLength(2);
  expect(await door()).toMatchObject({ checkRunId: 2 });
});

test("an answer that comes late, of a run older than the other worker's: the newest one stays the door's", async () => {
  const checks = new Checks();
  // The other worker did not see it: GitHub had it only after it was asked.
  checks.newest = () => null;
  await overtaken("answer", checks);
  expect(checks.runs).toHaveLength(2);
  expect(await door()).toMatchObject({ checkRunId: 2 });
});
