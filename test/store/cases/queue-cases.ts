import { sql } from "kysely";
import type { Clock } from "../../../src/clock.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import type { Job } from "../../../src/job/job.ts";
import type { Outcome } from "../../../src/job/outcome.ts";
import { silentLog } from "../../../src/log.ts";
import { type OpenQueue, openQueue } from "../../../src/store/postgres/queue/queue.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { afterEach, expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { eventually } from "../eventually.ts";
import { closing, NOW, REPOSITORY, triage } from "../samples.ts";

const DONE: Outcome = { kind: "completed" };
const sealed = (installation: number): Job => ({
  kind: "publish-sealed-check",
  installationId: installationId(installation),
  repository: REPOSITORY,
  headSha: "a".repeat(40),
  pullRequestNumber: 1,
  updatedAt: NOW,
});
const IDLE = { waiting: 0, running: 0, snoozed: 0, discarded: 0 };

const opened = ({ database }: Subject, secondMs: number, clock: Clock = fixedClock(NOW)): OpenQueue =>
  openQueue(database, { clock, log: silentLog, tuning: { pollMs: 10, secondMs } });
/** Leases and back-off of real length: nothing here may end a lease early. */
const slowQueue = (subject: Subject, clock?: Clock): OpenQueue => opened(subject, 1_000, clock);
/** A hundred times faster, where the end of a lease or a back-off is the point. */
const fastQueue = (subject: Subject): OpenQueue => opened(subject, 10);

export function describeQueue(given: () => Subject): void {
  afterEach(async () => {
    await given().database.query((db) => db.deleteFrom("job").execute());
  });

  describeOrder(given);
  describeNewerHeads(given);
  describeWaiting(given);
  describeLimits(given);
  describeEnds(given);
  describeTwins(given);
}

function describeOrder(given: () => Subject): void {
  test("queue: jobs of an installation run in the order they came, and are gone when done", async () => {
    const { queue } = given().store;
    await queue.enqueue([closing(1, 1), closing(1, 2)]);
    await queue.enqueue([closing(1, 3)]);
    const seen: Job[] = [];
    const work = await queue.work({ concurrency: 4 }, async (job) => {
      seen.push(job);
      return DONE;
    });
    await eventually(() => seen.length === 3);
    await work.stop(5_000);
    expect(seen).toEqual([closing(1, 1), closing(1, 2), closing(1, 3)]);
    expect(await queue.counts()).toEqual(IDLE);
  });

  test("queue: two workers never run two jobs of one installation at once, and others go on beside it", async () => {
    const queues = [given().store.queue, slowQueue(given())] as const;
    const running = new Map<number, number>();
    let most = 0;
    let lanes = 0;
    let done = 0;
    await queues[0].enqueue(Array.from({ length: 40 }, (_, index) => closing(index % 2, index)));
    const run = async (job: Job): Promise<Outcome> => {
      const lane = "installationId" in job ? job.installationId : -1;
      running.set(lane, (running.get(lane) ?? 0) + 1);
      most = Math.max(most, running.get(lane) ?? 0);
      lanes = Math.max(lanes, [...running.values()].filter((count) => count > 0).length);
      await new Promise((resolve) => setImmediate(resolve));
      running.set(lane, (running.get(lane) ?? 0) - 1);
      done += 1;
      return DONE;
    };
    const works = [await queues[0].work({ concurrency: 4 }, run), await queues[1].work({ concurrency: 4 }, run)];
    await eventually(() => done >= 40);
    await Promise.all(works.map((work) => work.stop(5_000)));
    expect({ most, lanes, done }).toEqual({ most: 1, lanes: 2, done: 40 });
  });

  test("queue: a tenant with a thousand jobs does not keep another one waiting", async () => {
    const { queue } = given().store;
    await queue.enqueue(Array.from({ length: 1_000 }, (_, index) => closing(1, index)));
    await queue.enqueue([closing(2)]);
    const order: number[] = [];
    const work = await queue.work({ concurrency: 2 }, async (job) => {
      order.push("installationId" in job ? job.installationId : 0);
      return DONE;
    });
    await eventually(() => order.includes(2));
    await work.stop(5_000);
    expect(order.indexOf(2)).toBeLessThan(10);
  });
}

function describeNewerHeads(given: () => Subject): void {
  test("queue: a waiting job is not added twice when it reads the state afresh, else every one counts", async () => {
    const { queue } = given().store;
    const pause: Job = { kind: "set-installation-paused", installationId: installationId(1), paused: true };
    await queue.enqueue([triage(1), triage(1), triage(2), pause, pause]);
    await queue.enqueue([triage(1)]);
    expect((await queue.counts()).waiting).toBe(4);
  });

  test("queue: of the heads of a pull request the newest waits, in the place of the first, whatever comes last", async () => {
    const queue = slowQueue(given());
    const pushed = (head: string, minute: number): ReturnType<typeof triage> => {
      const job = triage(1, 1, head.repeat(40));
      const pullRequest = { ...job.pullRequest, updatedAt: `2026-03-02T10:0${minute}:00Z` };
      return { ...job, pullRequest };
    };
    await queue.enqueue([pushed("a", 1), pushed("b", 2), closing(1)]);
    await queue.enqueue([pushed("d", 4)]);
    // Delivered late.
    await queue.enqueue([pushed("c", 3)]);
    await queue.enqueue([
      { ...pushed("a", 1), force: true },
      { ...pushed("a", 1), newBase: true },
    ]);
    const seen: Job[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      seen.push(job);
      return DONE;
    });
    await eventually(() => seen.length === 4);
    await work.stop(5_000);
    expect(seen.slice(0, 2)).toEqual([pushed("d", 4), closing(1)]);
    expect(seen.slice(2)).toEqual([
      { ...pushed("a", 1), force: true },
      { ...pushed("a", 1), newBase: true },
    ]);
  });

  test("queue: a newer head begins anew, whatever became of the one before", async () => {
    const queue = slowQueue(given());
    const { pullRequest, ...job } = triage(1);
    const newer: Job = { ...job, pullRequest: { ...pullRequest, updatedAt: "2026-03-02T11:00:00.000Z" } };
    await queue.enqueue([triage(1)]);
    const seen: (readonly [Job, number])[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job, attempt) => {
      seen.push([job, attempt]);
      return seen.length === 1 ? { kind: "retry", because: "timeout" } : DONE;
    });
    await eventually(async () => seen.length === 1 && (await queue.counts()).waiting === 1);
    await queue.enqueue([newer]);
    await eventually(() => seen.length === 2);
    await work.stop(5_000);
    expect(seen).toEqual([
      [triage(1), 1],
      [newer, 1],
    ]);
  });
}

function describeWaiting(given: () => Subject): void {
  test("queue: what waits for its time keeps it when a newer head takes its place", async () => {
    const clock = fixedClock(NOW);
    const queue = slowQueue(given(), clock);
    const newer = triage(1, 1, "b".repeat(40));
    await queue.enqueue([triage(1)]);
    const until = new Date(Date.parse(NOW) + 60_000).toISOString();
    const seen: Job[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      seen.push(job);
      return { kind: "snooze", until, because: "pushed lately" };
    });
    await eventually(async () => (await queue.counts()).snoozed === 1);
    await queue.enqueue([newer, closing(1)]);
    await eventually(() => seen.length === 2);
    await work.stop(5_000);
    expect(seen).toEqual([triage(1), closing(1)]);
    const { rows } = await given().database.query((db) =>
      sql<{ payload: string }>`select payload from job where kind = 'triage-pull-request'`.execute(db),
    );
    expect(rows.map(({ payload }) => JSON.parse(payload))).toEqual([newer]);
  });

  test("queue: a retry waits, counts its attempts, and the last one discards the job", async () => {
    const queue = fastQueue(given());
    const attempts: number[] = [];
    await queue.enqueue([{ kind: "reconcile-deliveries" }]);
    const work = await queue.work({ concurrency: 1 }, async (_job, attempt) => {
      attempts.push(attempt);
      return { kind: "retry", because: "timeout" };
    });
    await eventually(async () => (await queue.counts()).discarded === 1);
    await work.stop(5_000);
    expect(attempts).toEqual([1, 2]);
    expect(await queue.counts()).toEqual({ ...IDLE, discarded: 1 });
  });

  test("queue: snoozing spends no attempt and ends when it is time", async () => {
    const clock = fixedClock(NOW);
    const queue = slowQueue(given(), clock);
    const attempts: number[] = [];
    await queue.enqueue([closing(1)]);
    const work = await queue.work({ concurrency: 1 }, async (_job, attempt) => {
      attempts.push(attempt);
      const until = new Date(Date.parse(clock.now()) + 20).toISOString();
      return attempts.length < 9 ? { kind: "snooze", until, because: "rate_limited" } : DONE;
    });
    await eventually(async () => attempts.length >= 9 && (await queue.counts()).running === 0);
    await work.stop(5_000);
    expect(attempts).toEqual(Array(9).fill(1));
    expect(await queue.counts()).toEqual(IDLE);
  });

  test("queue: a snooze outlives the worker that wrote it", async () => {
    const first = slowQueue(given());
    await first.enqueue([closing(1)]);
    const until = "2026-03-02T11:00:00.000Z";
    const work = await first.work({ concurrency: 1 }, async () => ({ kind: "snooze", until, because: "rate_limited" }));
    await eventually(async () => (await first.counts()).snoozed === 1);
    await work.stop(5_000);
    let ran = false;
    const second = slowQueue(given());
    const next = await second.work({ concurrency: 1 }, async () => {
      ran = true;
      return DONE;
    });
    await second.enqueue([closing(2)]);
    await eventually(() => ran);
    await next.stop(5_000);
    expect(await second.counts()).toEqual({ ...IDLE, snoozed: 1 });
  });
}

function describeLimits(given: () => Subject): void {
  test("queue: a limit parks what an installation would ask GitHub, now and later, and nothing else", async () => {
    const queue = slowQueue(given());
    const heads = [1, 2, 3, 4, 5, 6].map((number) => triage(1, number));
    await queue.enqueue([...heads, sealed(1)]);
    const until = "2026-03-02T11:00:00.000Z";
    const seen: Job[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      seen.push(job);
      return job.kind === "triage-pull-request" && job.installationId === 1
        ? { kind: "snooze", until, because: "rate_limited" }
        : DONE;
    });
    await eventually(async () => (await queue.counts()).waiting === 0 && (await queue.counts()).running === 0);
    const withdrawn: Job = { kind: "end-sessions", accountId: accountId(7) };
    await queue.enqueue([triage(1, 9), triage(2), closing(1), withdrawn]);
    await eventually(async () => (await queue.counts()).waiting === 0 && (await queue.counts()).running === 0);
    await work.stop(5_000);
    // The check run's own lane may have been quicker than the limit.
    const later = seen.filter(({ kind }) => kind !== "publish-sealed-check");
    expect(later[0]).toEqual(heads[0]);
    expect(later.slice(1)).toHaveLength(3);
    expect(later.slice(1)).toEqual(expect.arrayContaining([triage(2), closing(1), withdrawn]));
    expect((await queue.counts()).snoozed).toBe(8 - (seen.length - later.length));
  });

  test("queue: a limit parks nobody for longer than it lasts", async () => {
    const clock = fixedClock(NOW);
    const queue = slowQueue(given(), clock);
    await queue.enqueue([triage(1), triage(1, 2)]);
    const seen: Job[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      seen.push(job);
      const until = new Date(Date.parse(clock.now()) + 300).toISOString();
      return seen.length === 1 ? { kind: "snooze", until, because: "rate_limited" } : DONE;
    });
    await eventually(async () => seen.length === 3);
    await work.stop(5_000);
    expect(await queue.counts()).toEqual(IDLE);
    await queue.enqueue([triage(1)]);
    expect((await queue.counts()).waiting).toBe(1);
  });
}

function describeEnds(given: () => Subject): void {
  test("queue: cancelled jobs go, discarded ones stay to be seen", async () => {
    const { queue } = given().store;
    await queue.enqueue([closing(1, 1), closing(2, 2)]);
    let runs = 0;
    const work = await queue.work({ concurrency: 2 }, async (job) => {
      runs += 1;
      return "installationId" in job && job.installationId === 1
        ? { kind: "cancelled", because: "installation_gone" }
        : { kind: "discarded", because: "validation" };
    });
    await eventually(async () => runs === 2 && (await queue.counts()).running === 0);
    await work.stop(5_000);
    expect(await queue.counts()).toEqual({ ...IDLE, discarded: 1 });
  });

  test("queue: a job whose worker died is taken over when its lease ends, and the dead one's word no longer counts", async () => {
    const dead = fastQueue(given());
    await dead.enqueue([closing(1)]);
    let wakeTheDead: (outcome: Outcome) => void = () => {};
    let begun = false;
    const asks: (() => Promise<boolean>)[] = [];
    const hung = await dead.work({ concurrency: 1 }, (_job, _attempt, _waited, isOurs) => {
      begun = true;
      asks.push(isOurs);
      return new Promise<Outcome>((resolve) => {
        wakeTheDead = resolve;
      });
    });
    await eventually(() => begun);
    await hung.stop(0);
    const attempts: number[] = [];
    const living = slowQueue(given());
    let finish: (outcome: Outcome) => void = () => {};
    const work = await living.work({ concurrency: 1 }, (_job, attempt, _waited, isOurs) => {
      attempts.push(attempt);
      asks.push(isOurs);
      return new Promise<Outcome>((resolve) => {
        finish = resolve;
      });
    });
    await eventually(() => attempts.length === 1);
    expect(await Promise.all(asks.map((isOurs) => isOurs()))).toEqual([false, true]);
    wakeTheDead(DONE);
    // Another job of the dead worker's kind comes after its word in every queue there is.
    await living.enqueue([closing(2)]);
    const witness = await living.work({ concurrency: 1 }, async () => DONE);
    await eventually(async () => (await living.counts()).waiting === 0);
    await witness.stop(5_000);
    expect((await living.counts()).running).toBe(1);
    finish(DONE);
    await eventually(async () => (await living.counts()).running === 0);
    await work.stop(5_000);
    expect(attempts).toEqual([1]);
    expect(await living.counts()).toEqual(IDLE);
  });
}

function describeTwins(given: () => Subject): void {
  test("queue: a job that goes back finds its twin waiting and leaves the work to it", async () => {
    const queue = slowQueue(given());
    await queue.enqueue([triage(1)]);
    let runs = 0;
    const work = await queue.work({ concurrency: 1 }, async () => {
      runs += 1;
      if (runs > 1) return DONE;
      await queue.enqueue([triage(1)]);
      return { kind: "retry", because: "timeout" };
    });
    await eventually(async () => runs === 2 && (await queue.counts()).running === 0);
    await work.stop(5_000);
    expect(await queue.counts()).toEqual(IDLE);
  });

  test("queue: stopping waits for what runs", async () => {
    const { queue } = given().store;
    await queue.enqueue([closing(1)]);
    let finish = () => {};
    let begun = false;
    const work = await queue.work({ concurrency: 1 }, async () => {
      begun = true;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return DONE;
    });
    await eventually(() => begun);
    const stopped = work.stop(30_000);
    finish();
    await stopped;
    expect(await queue.counts()).toEqual(IDLE);
  });
}
