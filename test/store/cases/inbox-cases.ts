import { installationId } from "../../../src/ids.ts";
import { silentLog } from "../../../src/log.ts";
import { type InboxOptions, openInbox } from "../../../src/store/postgres/queue/inbox.ts";
import { insertJobs } from "../../../src/store/postgres/queue/insert-jobs.ts";
import { afterEach, expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { eventually } from "../eventually.ts";
import { aDelivery, closing, nextNumber } from "../samples.ts";

const guid = (): string => `guid-${nextNumber()}`;

const fastOptions = (): InboxOptions => ({
  log: silentLog,
  tuning: { pollMs: 10, secondMs: 1 },
  enqueue: insertJobs,
  enqueued: () => {},
});

export function describeInbox(given: () => Subject): void {
  afterEach(async () => {
    await given().database.query(async (db) => {
      await db.deleteFrom("delivery").execute();
      await db.deleteFrom("job").execute();
    });
  });

  describeAccepting(given);
  describePlanning(given);
}

function describeAccepting(given: () => Subject): void {
  test("inbox: a delivery is stored once, whoever else brings it at the same moment", async () => {
    const { inbox } = given().store;
    const same = guid();
    const answers = await Promise.all(Array.from({ length: 100 }, () => inbox.accept(aDelivery(same))));
    expect(answers.filter((answer) => answer === "stored")).toHaveLength(1);
    expect(await inbox.accept(aDelivery(same))).toBe("duplicate");
    expect(await inbox.counts()).toEqual({ waiting: 1, discarded: 0 });
  });

  test("inbox: one GUID told to two installations is two deliveries, and each is planned as it came", async () => {
    const { inbox } = given().store;
    const same = guid();
    const told = [aDelivery(same, installationId(1)), aDelivery(same, installationId(2))];
    for (const one of told) expect(await inbox.accept(one)).toBe("stored");
    for (const one of told) expect(await inbox.accept(one)).toBe("duplicate");
    const seen: unknown[] = [];
    const work = await inbox.work(async (delivery) => {
      seen.push(delivery);
      return [];
    });
    await eventually(async () => (await inbox.counts()).waiting === 0);
    await work.stop(5_000);
    expect(seen).toEqual(told);
  });

  test("inbox: each of many concurrent deliveries gets its own answer when some are known", async () => {
    const { inbox } = given().store;
    const known = Array.from({ length: 40 }, guid);
    await Promise.all(known.map((one) => inbox.accept(aDelivery(one))));
    const mixed = known.flatMap((one) => [one, guid()]);
    const answers = await Promise.all(mixed.map((one) => inbox.accept(aDelivery(one))));
    expect(answers).toEqual(known.flatMap(() => ["duplicate", "stored"]));
  });

  test("inbox: deliveries are planned oldest first, as they came, and their jobs are there when they are done", async () => {
    const { inbox, queue } = given().store;
    const guids = Array.from({ length: 120 }, guid);
    for (const one of guids) await inbox.accept(aDelivery(one));
    const seen: string[] = [];
    const work = await inbox.work(async (delivery) => {
      expect(delivery).toEqual(aDelivery(delivery.guid));
      seen.push(delivery.guid);
      return [closing(1, nextNumber())];
    });
    await eventually(async () => (await inbox.counts()).waiting === 0);
    await work.stop(5_000);
    expect(seen).toEqual(guids);
    expect((await queue.counts()).waiting).toBe(120);
  });
}

function describePlanning(given: () => Subject): void {
  test("inbox: a planned delivery keeps its GUID and loses its payload", async () => {
    const { store, database } = given();
    const one = guid();
    await store.inbox.accept(aDelivery(one));
    const work = await store.inbox.work(async () => []);
    await eventually(async () => (await store.inbox.counts()).waiting === 0);
    await work.stop(5_000);
    expect(await store.inbox.accept(aDelivery(one))).toBe("duplicate");
    const rows = await database.query((db) => db.selectFrom("delivery").select(["guid", "payload"]).execute());
    expect(rows).toEqual([{ guid: `${one}@1`, payload: null }]);
  });

  test("inbox: a plan that throws is tried five times, then the delivery is discarded and the next ones go on", async () => {
    const inbox = openInbox(given().database, fastOptions());
    const [bad, good] = [guid(), guid()];
    await inbox.accept(aDelivery(bad));
    await inbox.accept(aDelivery(good));
    const tries: string[] = [];
    const work = await inbox.work(async (delivery) => {
      tries.push(delivery.guid);
      if (delivery.guid === bad) throw new Error("this plan fails");
      return [closing(1)];
    });
    await eventually(async () => (await inbox.counts()).discarded === 1);
    await work.stop(5_000);
    expect(tries.filter((one) => one === bad)).toHaveLength(5);
    expect(await inbox.counts()).toEqual({ waiting: 0, discarded: 1 });
    expect((await given().store.queue.counts()).waiting).toBe(1);
  });

  test("inbox: a delivery whose planner died is planned by the next one", async () => {
    const one = guid();
    const dead = openInbox(given().database, fastOptions());
    await dead.accept(aDelivery(one));
    let begun = false;
    const hung = await dead.work(() => {
      begun = true;
      return new Promise(() => {});
    });
    await eventually(() => begun);
    await hung.stop(0);
    const living = openInbox(given().database, fastOptions());
    const work = await living.work(async () => [closing(1)]);
    await eventually(async () => (await living.counts()).waiting === 0);
    await work.stop(5_000);
    expect((await given().store.queue.counts()).waiting).toBe(1);
  });

  test("inbox: deliveries are accepted while a plan takes its time", async () => {
    const { inbox } = given().store;
    await inbox.accept(aDelivery(guid()));
    let finish = () => {};
    let begun = false;
    const work = await inbox.work(async () => {
      begun = true;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return [];
    });
    await eventually(() => begun);
    expect(await inbox.accept(aDelivery(guid()))).toBe("stored");
    const stopped = work.stop(5_000);
    finish();
    await stopped;
  });
}
