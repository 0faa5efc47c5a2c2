import type { Job } from "../../../src/job/job.ts";
import type { Outcome } from "../../../src/job/outcome.ts";
import { silentLog } from "../../../src/log.ts";
import { type InboxOptions, openInbox } from "../../../src/store/postgres/queue/inbox.ts";
import { insertJobs } from "../../../src/store/postgres/queue/insert-jobs.ts";
import { type OpenQueue, openQueue } from "../../../src/store/postgres/queue/queue.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { afterEach, expect, test } from "../../support/jest.ts";
import { inCampaigns } from "../../support/rows.ts";
import type { Subject } from "../conformance.ts";
import { eventually } from "../eventually.ts";
import { aDelivery, closing, NOW, nextNumber, triage } from "../samples.ts";

const DONE: Outcome = { kind: "completed" };

const opened = ({ database }: Subject, secondMs: number): OpenQueue =>
  openQueue(database, { clock: fixedClock(NOW), log: silentLog, tuning: { pollMs: 5, secondMs } });
const slowQueue = (subject: Subject): OpenQueue => opened(subject, 1_000);
const fastQueue = (subject: Subject): OpenQueue => opened(subject, 1);

/** A process that ends while it runs what it claimed first; resolves to that job. Its lease ends at once. */
async function crash(subject: Subject, concurrency = 1): Promise<readonly Job[]> {
  const dying = fastQueue(subject);
  const claimed: Job[] = [];
  const hung = await dying.work({ concurrency }, (job) => {
    claimed.push(job);
    return new Promise<Outcome>(() => {});
  });
  await eventually(() => claimed.length > 0);
  await hung.stop(0);
  return claimed;
}

/** What must not be lost: work whose process dies, and the newest of two heads. */
export function describeLosses(given: () => Subject): void {
  afterEach(async () => {
    await given().database.query(async (db) => {
      await db.deleteFrom("job").execute();
      await db.deleteFrom("delivery").execute();
    });
  });

  describeCrashes(given);
  describeBacklogs(given);
  describeNewestHead(given);
}

function describeCrashes(given: () => Subject): void {
  test("crash: five kills while a job runs spend none of its attempts, and it is done", async () => {
    const job = triage(1);
    await slowQueue(given()).enqueue([job]);
    for (let kill = 0; kill < 5; kill++) expect(await crash(given())).toEqual([job]);
    const attempts: number[] = [];
    const living = fastQueue(given());
    const work = await living.work({ concurrency: 1 }, async (_job, attempt) => {
      attempts.push(attempt);
      return DONE;
    });
    await eventually(() => attempts.length === 1);
    await work.stop(5_000);
    expect(attempts).toEqual([1]);
  });

  test("crash: what took three processes down runs when nothing runs beside it, and nothing begins until it ends", async () => {
    const [before, guilty, after] = [closing(1), closing(2), closing(3)];
    const queue = slowQueue(given());
    const begun: Job[] = [];
    const ends: (() => void)[] = [];
    await queue.enqueue([before]);
    const work = await queue.work({ concurrency: 4 }, async (job) => {
      begun.push(job);
      await new Promise<void>((resolve) => void ends.push(resolve));
      return DONE;
    });
    await eventually(() => begun.length === 1);
    await given().database.transaction(async (db) => {
      await insertJobs(db, [guilty]);
      await db.updateTable("job").set({ crashes: 3 }).where("state", "=", "waiting").execute();
    });
    await queue.enqueue([after]);
    /** Twenty looks of the worker. */
    const aWhile = () => new Promise((resolve) => setTimeout(resolve, 100));
    await aWhile();
    expect(begun).toEqual([before]);
    ends[0]?.();
    await eventually(() => begun.length > 1);
    await aWhile();
    expect(begun).toEqual([before, guilty]);
    ends[1]?.();
    await eventually(() => begun.length > 2);
    ends[2]?.();
    await work.stop(30_000);
    expect(begun).toEqual([before, guilty, after]);
  });
}

function describeBacklogs(given: () => Subject): void {
  inCampaigns(
    "crash: a job that ends the process again and again, alone too, is set aside at last, and can be seen",
    async () => {
      await slowQueue(given()).enqueue([closing(1)]);
      for (let kill = 0; kill < 10; kill++) await crash(given());
      const queue = fastQueue(given());
      const work = await queue.work({ concurrency: 1 }, async () => DONE);
      await eventually(async () => (await queue.counts()).discarded === 1);
      await work.stop(5_000);
      const rows = await given().database.query((db) => db.selectFrom("job").select(["state", "because"]).execute());
      expect(rows).toEqual([{ state: "discarded", because: "crashed" }]);
    },
  );

  test("crash: thirty kills while a backlog waits to be planned lose none of it", async () => {
    const options: InboxOptions = {
      log: silentLog,
      tuning: { pollMs: 5, secondMs: 1 },
      enqueue: insertJobs,
      enqueued: () => {},
    };
    const living = openInbox(given().database, options);
    for (let index = 0; index < 60; index++) await living.accept(aDelivery(`guid-${nextNumber()}`));
    for (let kill = 0; kill < 30; kill++) {
      let begun = false;
      const hung = await openInbox(given().database, options).work(() => {
        begun = true;
        return new Promise(() => {});
      });
      await eventually(() => begun);
      await hung.stop(0);
    }
    const work = await living.work(async () => [closing(1, nextNumber())]);
    await eventually(async () => (await living.counts()).waiting === 0);
    await work.stop(5_000);
    expect(await living.counts()).toEqual({ waiting: 0, discarded: 0 });
    expect((await slowQueue(given()).counts()).waiting).toBe(60);
  });
}

function describeNewestHead(given: () => Subject): void {
  const older = triage(1, 1, "a".repeat(40));
  const newest: Job = {
    ...triage(1, 1, "b".repeat(40)),
    pullRequest: { ...triage(1, 1, "b".repeat(40)).pullRequest, updatedAt: "2026-03-02T10:00:07.000Z" },
  };

  test("newest head: it is kept when an older one was delivered late, and its own run goes back", async () => {
    const queue = fastQueue(given());
    await queue.enqueue([newest]);
    const seen: Job[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      seen.push(job);
      if (seen.length > 1) return DONE;
      await queue.enqueue([older]);
      return { kind: "retry", because: "unexpected error" };
    });
    await eventually(async () => seen.length >= 2 && (await queue.counts()).running === 0);
    await work.stop(5_000);
    expect(seen).toEqual([newest, newest]);
    expect((await queue.counts()).waiting).toBe(0);
  });

  test("newest head: it is kept when an older one was delivered late, and its process dies", async () => {
    const queue = fastQueue(given());
    await queue.enqueue([newest]);
    await crash(given());
    await queue.enqueue([older]);
    const seen: Job[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      seen.push(job);
      return DONE;
    });
    await eventually(async () => seen.length >= 1 && (await queue.counts()).running === 0);
    await work.stop(5_000);
    expect(seen).toEqual([newest]);
  });

  test("newest head: of two heads of one second the job says that GitHub has to be asked, whichever came first", async () => {
    const twin = triage(1, 1, "c".repeat(40));
    for (const heads of [[[older, twin]], [[older], [twin]], [[older], [older], [twin], [older]]]) {
      const queue = slowQueue(given());
      for (const delivered of heads) await queue.enqueue(delivered);
      const seen: Job[] = [];
      const work = await queue.work({ concurrency: 1 }, async (job) => {
        seen.push(job);
        return DONE;
      });
      await eventually(async () => seen.length === 1 && (await queue.counts()).running === 0);
      await work.stop(5_000);
      expect(seen).toEqual([expect.objectContaining({ contested: true })]);
    }
  });

  test("newest head: one head that is delivered twice is not contested, nor one that a newer one replaced", async () => {
    const queue = slowQueue(given());
    await queue.enqueue([older, older]);
    await queue.enqueue([older]);
    await queue.enqueue([{ ...triage(1, 1, "c".repeat(40)) }, newest]);
    const seen: Job[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      seen.push(job);
      return DONE;
    });
    await eventually(() => seen.length === 1);
    await work.stop(5_000);
    expect(seen).toEqual([newest]);
  });
}
