import { sql } from "kysely";
import { accountId } from "../../../src/ids.ts";
import { type LogEvent, silentLog } from "../../../src/log.ts";
import { REAL_TIME } from "../../../src/store/postgres/engine/tuning.ts";
import { bringBack } from "../../../src/store/postgres/queue/bring-back.ts";
import { afterEach, expect, test } from "../../support/jest.ts";
import type { Subject } from "../conformance.ts";
import { aDelivery, nextNumber } from "../samples.ts";

/** What a clock that ran a day ahead for some seconds leaves behind. */
export function describeClock(given: () => Subject): void {
  const logged: LogEvent[] = [];
  const log = { ...silentLog, warn: (event: LogEvent) => void logged.push(event) };
  const look = () => bringBack(given().database, { now: new Date().toISOString(), secondMs: REAL_TIME.secondMs, log });
  const run = (statement: string) => given().database.query((db) => sql.raw(statement).execute(db));
  const seconds = async (column: string, table: string): Promise<number | null> => {
    const { rows } = await given().database.query((db) =>
      sql<{ seconds: number | null }>`select case when ${sql.ref(column)} < 'infinity' then
        extract(epoch from ${sql.ref(column)} - clock_timestamp())::integer end as seconds from ${sql.table(table)}`.execute(
        db,
      ),
    );
    return rows[0]?.seconds ?? null;
  };
  const addJob = () => given().store.queue.enqueue([{ kind: "end-sessions", accountId: accountId(nextNumber()) }]);

  afterEach(async () => {
    logged.length = 0;
    for (const table of ["job", "delivery", "session"]) await run(`delete from ${table}`);
  });

  test("clock: a job that waits longer than anybody asked for is due now, and that is said once", async () => {
    await addJob();
    await run("update job set due_at = clock_timestamp() + interval '1 day'");
    await look();
    expect(await seconds("due_at", "job")).toBeLessThanOrEqual(0);
    await look();
    expect(logged).toEqual(["clock.stepped"]);
  });

  test.each(["65 minutes", "infinity"])("clock: a wait that somebody asked for, of %s, stays", async (wait) => {
    await addJob();
    const due = wait === "infinity" ? `'infinity'` : `clock_timestamp() + interval '${wait}'`;
    await run(`update job set due_at = ${due}`);
    const before = await seconds("due_at", "job");
    await look();
    const after = await seconds("due_at", "job");
    expect(before === null ? after : (after ?? 0) > 3_600).toBe(before === null ? null : true);
    expect(logged).toEqual([]);
  });

  test("clock: a lease ends as soon as one that was taken now, a delivery is planned, a session ends", async () => {
    await addJob();
    await run("update job set state = 'running', lease_until = clock_timestamp() + interval '1 day'");
    await given().store.inbox.accept(aDelivery(`clock-${nextNumber()}`));
    await run("update delivery set due_at = clock_timestamp() + interval '1 day'");
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    await given().store.sessions.write("ahead", "{}", { accountId: null, expiresAt: tomorrow });
    await look();
    expect(await seconds("lease_until", "job")).toBeLessThanOrEqual(600);
    expect(await seconds("due_at", "delivery")).toBeLessThanOrEqual(0);
    expect(await given().store.sessions.read("ahead", new Date().toISOString())).toBeNull();
  });
}
