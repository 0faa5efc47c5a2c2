import { accountId, installationId } from "../../../src/ids.ts";
import type { Job } from "../../../src/job/job.ts";
import { silentLog } from "../../../src/log.ts";
import { openQueue } from "../../../src/store/postgres/queue/queue.ts";
import { bringCursorsBack, runDueSchedules } from "../../../src/store/postgres/queue/schedules.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { afterEach, expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { eventually } from "../eventually.ts";

const AUDIT: Job = { kind: "audit-organization", installationId: installationId(7), first: false };
const MONDAY_MORNING = 6 * 60 + 7;
const WEEKLY = { period: "week", minute: MONDAY_MORNING, timezone: "Europe/Vienna" } as const;

export function describeSchedules(given: () => Subject): void {
  const waiting = async () => (await given().store.queue.counts()).waiting;
  const tick = (now: string) => runDueSchedules(given().database, now, () => {});
  const empty = () => given().database.query((db) => db.deleteFrom("job").execute());

  afterEach(async () => {
    await given().store.queue.unschedule("audit-7");
    await empty();
  });

  test("schedule: a job is added once when its time comes, and not again before the next time", async () => {
    await given().store.queue.schedule("audit-7", WEEKLY, AUDIT);
    await tick("2026-03-09T05:06:59.000Z");
    expect(await waiting()).toBe(0);
    await tick("2026-03-09T05:07:00.000Z");
    expect(await waiting()).toBe(1);
    await empty();
    await tick("2026-03-09T05:08:00.000Z");
    expect(await waiting()).toBe(0);
  });

  test("schedule: a clock that ran a day ahead for a while costs no run after it was set right", async () => {
    await given().store.queue.schedule("audit-7", { ...WEEKLY, period: "day" }, AUDIT);
    await tick("2026-03-10T05:07:00.000Z");
    await empty();
    const rightAgain = "2026-03-09T04:00:00.000Z";
    expect(await bringCursorsBack(given().database, rightAgain)).toBe(1);
    expect(await bringCursorsBack(given().database, rightAgain)).toBe(0);
    await tick(rightAgain);
    expect(await waiting()).toBe(0);
    await tick("2026-03-09T05:07:00.000Z");
    expect(await waiting()).toBe(1);
  });

  test("schedule: the hour that comes twice in autumn runs once", async () => {
    await given().store.queue.schedule("audit-7", { ...WEEKLY, minute: 6 * 1_440 + 150 }, AUDIT);
    await tick("2026-10-24T23:00:00.000Z");
    await empty();
    for (const at of ["2026-10-25T00:30:00.000Z", "2026-10-25T01:00:00.000Z", "2026-10-25T01:30:00.000Z"]) {
      await tick(at);
      expect(await bringCursorsBack(given().database, at)).toBe(0);
    }
    expect(await waiting()).toBe(1);
  });

  test("schedule: two programs that look at the same time add one job", async () => {
    await given().store.queue.schedule(
      "audit-7",
      { ...WEEKLY, period: "five_minutes", minute: 2 },
      { kind: "end-sessions", accountId: accountId(1) },
    );
    await Promise.all([1, 2, 3, 4].map(() => tick("2026-03-09T05:07:00.000Z")));
    expect(await waiting()).toBe(1);
  });

  test("schedule: runs missed while nothing ran are made up for by one, also when the program schedules anew", async () => {
    await given().store.queue.schedule("audit-7", WEEKLY, AUDIT);
    const clock = fixedClock("2026-04-20T12:00:00.000Z");
    const queue = openQueue(given().database, { clock, log: silentLog, tuning: { pollMs: 10, secondMs: 1_000 } });
    await queue.schedule("audit-7", WEEKLY, AUDIT);
    const ran: Job[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      ran.push(job);
      return { kind: "completed" };
    });
    await eventually(async () => ran.length > 0 && (await queue.counts()).running === 0);
    await work.stop(5_000);
    expect(ran).toEqual([AUDIT]);
  });

  test("schedule: the same key replaces, a removed one adds nothing", async () => {
    const { queue } = given().store;
    await queue.schedule("audit-7", WEEKLY, AUDIT);
    await queue.schedule("audit-7", { ...WEEKLY, minute: MONDAY_MORNING + 1_440 }, AUDIT);
    await tick("2026-03-03T12:00:00.000Z");
    expect(await waiting()).toBe(1);
    await empty();
    await queue.unschedule("audit-7");
    await tick("2026-03-11T12:00:00.000Z");
    expect(await waiting()).toBe(0);
  });

  test("schedule: a time zone nobody knows is refused with what to write instead", async () => {
    const { queue } = given().store;
    await expect(queue.schedule("audit-7", { ...WEEKLY, timezone: "Mars" }, AUDIT)).rejects.toThrow(/IANA/);
  });
}
