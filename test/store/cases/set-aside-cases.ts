import { plusDays } from "../../../src/clock.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import type { Job } from "../../../src/job/job.ts";
import type { Outcome } from "../../../src/job/outcome.ts";
import { silentLog } from "../../../src/log.ts";
import { openQueue } from "../../../src/store/postgres/queue/queue.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { afterEach, expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { eventually } from "../eventually.ts";
import { aDelivery, closing, NOW, triage } from "../samples.ts";

const DONE: Outcome = { kind: "completed" };
const UPSTREAM: Outcome = { kind: "held", by: "installation", because: "upstream_error" };

const opened = ({ database }: Subject, secondMs: number, pollMs = 5) =>
  openQueue(database, { clock: fixedClock(NOW), log: silentLog, tuning: { pollMs, secondMs } });

async function giveUp(subject: Subject, jobs: readonly Job[], outcome: Outcome): Promise<void> {
  // Five attempts wait for half an hour, here for two seconds.
  const queue = opened(subject, 1, 50);
  await queue.enqueue(jobs);
  const work = await queue.work({ concurrency: 4 }, async () => outcome);
  await eventually(async () => (await queue.counts()).discarded === jobs.length);
  await work.stop(5_000);
}

/** Circuits, and what was given up. */
export function describeSetAside(given: () => Subject): void {
  afterEach(async () => {
    await given().database.query(async (db) => {
      for (const table of ["job", "delivery", "circuit"] as const) await db.deleteFrom(table).execute();
    });
  });

  describeCircuits(given);
  describePartOutage(given);
  describeGivingUp(given);
  describeReturning(given);
}

function describeCircuits(given: () => Subject): void {
  test("circuit: one failure holds what an installation would ask, now and later, and nothing else", async () => {
    const queue = opened(given(), 1_000);
    await queue.enqueue([triage(1, 1), triage(1, 2)]);
    const seen: Job[] = [];
    const probed: (number | null)[] = [];
    const probe = async (installation: number | null) => {
      probed.push(installation);
      return false;
    };
    const work = await queue.work({ concurrency: 1, probe }, async (job) => {
      seen.push(job);
      return "installationId" in job && job.installationId === 1 && job.kind === "triage-pull-request"
        ? UPSTREAM
        : DONE;
    });
    await eventually(async () => (await queue.counts()).snoozed === 2);
    await queue.enqueue([triage(1, 3), triage(2), closing(1)]);
    await eventually(async () => seen.length === 3 && (await queue.counts()).running === 0);
    expect(seen).toEqual([triage(1, 1), triage(2), closing(1)]);
    expect(await given().store.circuits()).toMatchObject([{ installationId: 1, because: "upstream_error" }]);
    await given().database.query((db) => db.updateTable("circuit").set({ probe_at: NOW }).execute());
    await eventually(() => probed.length === 1);
    await given().database.query((db) => db.updateTable("circuit").set({ probe_at: NOW }).execute());
    await eventually(() => probed.length === 2);
    await work.stop(5_000);
    expect([seen.length, probed]).toEqual([3, [1, 1]]);
    expect((await queue.counts()).snoozed).toBe(3);
  });

  test("circuit: when the probe is answered everything goes on in its order, with the attempts it had", async () => {
    const queue = opened(given(), 1_000);
    const jobs = [1, 2, 3, 4].map((number) => triage(1, number));
    await queue.enqueue(jobs);
    let answers = false;
    const seen: (readonly [Job, number])[] = [];
    const work = await queue.work({ concurrency: 1, probe: async () => answers }, async (job, attempt) => {
      seen.push([job, attempt]);
      return seen.length === 1 ? UPSTREAM : DONE;
    });
    await eventually(async () => (await queue.counts()).snoozed === 4);
    answers = true;
    await given().database.query((db) => db.updateTable("circuit").set({ probe_at: NOW }).execute());
    await eventually(() => seen.length === 5);
    await work.stop(5_000);
    expect(seen.slice(1)).toEqual(jobs.map((job) => [job, 1]));
    expect(await given().store.circuits()).toEqual([]);
  });

  test("circuit: while all of GitHub is away no installation is asked for", async () => {
    const queue = opened(given(), 1_000);
    await queue.enqueue([triage(1), triage(2)]);
    const probed: (number | null)[] = [];
    const probe = async (installation: number | null) => {
      probed.push(installation);
      return installation === null;
    };
    const work = await queue.work({ concurrency: 2, probe }, async (job) =>
      "installationId" in job && job.installationId === 1 ? UPSTREAM : { ...UPSTREAM, by: "github" as const },
    );
    await eventually(async () => (await given().store.circuits()).length === 2);
    await given().database.query((db) => db.updateTable("circuit").set({ probe_at: NOW }).execute());
    await eventually(() => probed.length >= 2);
    await work.stop(5_000);
    expect(probed.slice(0, 2)).toEqual([null, 1]);
  });
}

function describePartOutage(given: () => Subject): void {
  test("part of GitHub is out: who fails alike waits as long, and another one finds out each time", async () => {
    const queue = opened(given(), 1_000);
    const jobs = [1, 2, 3].map((number) => triage(1, number));
    await queue.enqueue(jobs);
    const seen: Job[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      seen.push(job);
      return { kind: "held", by: "job", because: "upstream_error" };
    });
    const dueNow = () =>
      given().database.query((db) =>
        db.updateTable("job").set({ due_at: NOW }).where("state", "=", "waiting").execute(),
      );
    await eventually(async () => seen.length === 2 && (await queue.counts()).running === 0);
    // The second one failed alike: the third waits with them.
    expect((await queue.counts()).waiting).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(seen).toEqual(jobs.slice(0, 2));
    await dueNow();
    await eventually(async () => seen.length >= 3);
    await work.stop(5_000);
    const waits = await given().database.query((db) => db.selectFrom("job").select("waits").orderBy("id").execute());
    expect(Math.max(...waits.map((row) => row.waits))).toBe(seen.length);
  });
}

function describeGivingUp(given: () => Subject): void {
  test("set aside: what was given up is listed with its place and why, by installation", async () => {
    await giveUp(given(), [triage(1), { kind: "sweep-retention" }], { kind: "retry", because: "unexpected error" });
    const { store } = given();
    expect(await store.setAside(null)).toHaveLength(2);
    expect(await store.setAside(installationId(1))).toEqual([
      {
        id: expect.stringMatching(/^job:\d+$/),
        what: "job",
        state: "set_aside",
        kind: "triage-pull-request",
        installationId: 1,
        repository: "example-org/demo",
        since: expect.any(String),
        because: "unexpected error",
      },
    ]);
    expect(await store.setAside(installationId(2))).toEqual([]);
  });

  test("set aside: it is tried again with all its attempts, and not by another installation's hand", async () => {
    await giveUp(given(), [triage(1)], { kind: "retry", because: "unexpected error" });
    const { store } = given();
    const ids = (await store.setAside(null)).map(({ id }) => id);
    expect(await store.tryAgain(ids, installationId(2))).toEqual([]);
    expect(await store.tryAgain([...ids, "job:0", "nonsense"], installationId(1))).toEqual(ids);
    const attempts: number[] = [];
    const queue = opened(given(), 1_000);
    const work = await queue.work({ concurrency: 1 }, async (_job, attempt) => {
      attempts.push(attempt);
      return DONE;
    });
    await eventually(() => attempts.length === 1);
    await work.stop(5_000);
    expect(attempts).toEqual([1]);
    expect(await store.setAside(null)).toEqual([]);
  });

  test("set aside: what looks for missing work does not ask for it again, but for another head's or account's", async () => {
    const head = "a".repeat(40);
    const { pullRequest, ...rest } = triage(1, 1, head);
    const holder = (account: number): Job => ({
      kind: "assess-holder",
      installationId: installationId(1),
      accountId: accountId(account),
    });
    // It was given up for another base; the head is the same.
    await giveUp(given(), [{ ...triage(1, 1, head), newBase: true }, holder(7)], {
      kind: "discarded",
      because: "validation",
    });
    const { queue } = given().store;
    const others: Job[] = [
      { ...rest, pullRequest: { ...pullRequest, headSha: "b".repeat(40) } },
      triage(1, 2, head),
      triage(2, 1, head),
      holder(8),
      closing(1),
    ];
    expect(await queue.notSetAside([triage(1, 1, head), ...others, holder(7)])).toEqual(others);
    const ids = (await given().store.setAside(null)).map(({ id }) => id);
    await given().store.tryAgain(ids, null);
    expect(await queue.notSetAside([triage(1, 1, head), holder(7)])).toHaveLength(2);
  });
}

function describeReturning(given: () => Subject): void {
  test("set aside: one whose twin waits meanwhile becomes one with it, and the newer head stays", async () => {
    const { pullRequest, ...rest } = triage(1, 1, "b".repeat(40));
    const newer: Job = { ...rest, pullRequest: { ...pullRequest, updatedAt: "2026-03-02T11:00:00.000Z" } };
    await giveUp(given(), [newer], { kind: "discarded", because: "validation" });
    const queue = opened(given(), 1_000);
    await queue.enqueue([triage(1)]);
    const { store } = given();
    const ids = (await store.setAside(null)).map(({ id }) => id);
    expect(await store.tryAgain(ids, null)).toEqual(ids);
    const seen: Job[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      seen.push(job);
      return DONE;
    });
    await eventually(async () => seen.length === 1 && (await queue.counts()).running === 0);
    await work.stop(5_000);
    expect(seen).toEqual([newer]);
  });

  test("set aside: a delivery that could not be planned is listed and planned when it is tried again", async () => {
    const { store, database } = given();
    await store.inbox.accept(aDelivery("set-aside-delivery"));
    await database.query((db) =>
      db.updateTable("delivery").set({ state: "discarded", because: "unexpected error", attempt: 5 }).execute(),
    );
    const [found] = await store.setAside(installationId(1));
    expect(found).toMatchObject({ id: "delivery:set-aside-delivery@1", kind: "member", because: "unexpected error" });
    expect(await store.tryAgain(["delivery:set-aside-delivery@1"], null)).toHaveLength(1);
    const planned: string[] = [];
    const work = await store.inbox.work(async ({ guid }) => {
      planned.push(guid);
      return [];
    });
    await eventually(() => planned.length === 1);
    await work.stop(5_000);
  });

  test("set aside: it stays for thirty days after it was given up, however long it had waited before", async () => {
    await giveUp(given(), [closing(1)], { kind: "discarded", because: "validation" });
    const { store, database } = given();
    await database.query((db) =>
      db
        .updateTable("job")
        .set({ created_at: plusDays(NOW, -90), due_at: NOW })
        .execute(),
    );
    expect(await store.sweep(plusDays(NOW, 29))).toMatchObject({ job: 0 });
    expect(await store.sweep(plusDays(NOW, 31))).toMatchObject({ job: 1 });
  });
}
