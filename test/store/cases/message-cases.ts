import { plusDays } from "../../../src/clock.ts";
import { installationId } from "../../../src/ids.ts";
import type { JobOf } from "../../../src/job/job.ts";
import type { Outcome } from "../../../src/job/outcome.ts";
import { REFUSED } from "../../../src/job/set-aside.ts";
import { silentLog } from "../../../src/log.ts";
import { testNotice, urgentNotice } from "../../../src/notification/notices.ts";
import { openQueue } from "../../../src/store/postgres/queue/queue.ts";
import { aFlag, NO_PUSHES, OCCASION } from "../../notification/samples.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { afterEach, expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { eventually } from "../eventually.ts";
import { NOW, newTenant, triage } from "../samples.ts";

const DONE: Outcome = { kind: "completed" };
const AWAY: Outcome = { kind: "held", by: "job", because: "destination_away" };

const message = (installation: number, destination: string, days = 0): JobOf<"send-notice"> => ({
  kind: "send-notice",
  installationId: installationId(installation),
  destination,
  notice: testNotice({ ...OCCASION, now: plusDays(NOW, days), ref: `ref-${days}` }),
});

/** What waits for one server, and what that holds up: nothing else. */
export function describeMessages(given: () => Subject): void {
  const opened = () =>
    openQueue(given().database, { clock: fixedClock(NOW), log: silentLog, tuning: { pollMs: 5, secondMs: 1_000 } });
  afterEach(async () => {
    await given().database.query((db) => db.deleteFrom("job").execute());
  });

  test("messages: one that hangs holds neither other places nor any other work of its installation", async () => {
    const queue = opened();
    const hanging = Promise.withResolvers<Outcome>();
    const done: string[] = [];
    const work = await queue.work({ concurrency: 8 }, async (job) => {
      if (job.kind === "send-notice" && job.destination === "hangs") return hanging.promise;
      done.push(job.kind === "send-notice" ? job.destination : job.kind);
      return DONE;
    });
    const audit = { kind: "audit-organization", installationId: installationId(1), first: false } as const;
    const urgent = urgentNotice(OCCASION, { flags: [aFlag({ band: "high" })], pushes: NO_PUSHES });
    if (urgent === null) throw new Error("one is urgent");
    await queue.enqueue([message(1, "hangs"), message(2, "hangs")]);
    await eventually(async () => (await queue.counts()).running === 1);
    await queue.enqueue([audit, message(1, "answers"), { ...message(1, "hangs"), notice: urgent }]);
    await eventually(async () => done.length === 2 && (await queue.counts()).running === 1);
    // Of those that wait for the one that hangs none began: it has one slot, however many organisations it is told of.
    expect(done.toSorted()).toEqual(["answers", "audit-organization"]);
    expect(await queue.counts()).toMatchObject({ running: 1, waiting: 2 });
    hanging.resolve(AWAY);
    await eventually(async () => (await queue.counts()).running === 0);
    await work.stop(5_000);
  });

  test("messages: many that hang hold two slots of eight, and checks, reports and audits begin beside them", async () => {
    const queue = opened();
    const hanging = Promise.withResolvers<Outcome>();
    const done: string[] = [];
    let most = 0;
    const work = await queue.work({ concurrency: 8 }, async (job) => {
      if (job.kind !== "send-notice") return done.push(job.kind) > 0 ? DONE : AWAY;
      most = Math.max(most, (await queue.counts()).running);
      return hanging.promise;
    });
    await queue.enqueue(["one", "two", "three", "four"].map((name) => message(1, name)));
    await eventually(async () => (await queue.counts()).running === 2);
    const others = [1, 2, 3].map((installation) => triage(installation));
    await queue.enqueue([...others, { kind: "sweep-retention" }]);
    await eventually(async () => done.length === 4 && (await queue.counts()).running === 2);
    expect(await queue.counts()).toMatchObject({ running: 2, waiting: 2 });
    hanging.resolve(DONE);
    await eventually(async () => (await queue.counts()).waiting === 0 && (await queue.counts()).running === 0);
    await work.stop(5_000);
    expect(most).toBe(2);
  });

  test("messages: of one kind the newer one takes the place of one that waits, with its own id", async () => {
    const queue = opened();
    await queue.enqueue([message(1, "team")]);
    await queue.enqueue([message(1, "team", 7)]);
    await queue.enqueue([message(1, "team", 1)]);
    const sent: string[] = [];
    const work = await queue.work({ concurrency: 1 }, async (job) => {
      if (job.kind === "send-notice") sent.push(job.notice.id);
      return DONE;
    });
    await eventually(async () => sent.length > 0 && (await queue.counts()).running === 0);
    await work.stop(5_000);
    expect(sent).toEqual(["msg_ref-7"]);
  });

  test("messages: what was refused stands with its organisation's work, and goes with it", async () => {
    const [it, neighbour] = [newTenant(given().store), newTenant(given().store)];
    const queue = opened();
    await queue.enqueue([message(it.id, "team"), message(neighbour.id, "team")]);
    const work = await queue.work({ concurrency: 1 }, async () => ({ kind: "discarded", because: REFUSED }));
    await eventually(async () => (await queue.counts()).discarded === 2);
    await work.stop(5_000);
    const { store } = given();
    expect(await store.setAside(it.id)).toMatchObject([
      { kind: "send-notice", installationId: it.id, because: REFUSED },
    ]);
    await queue.enqueue([message(it.id, "mail")]);
    await it.purge();
    expect(await store.setAside(null)).toMatchObject([{ installationId: neighbour.id }]);
    expect((await queue.counts()).waiting).toBe(0);
  });
}
