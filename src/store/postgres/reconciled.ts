import type { Reconciled } from "../store.ts";
import type { Database } from "./database.ts";

const UNTIL = "reconciled_until";
const LOOKED_AT = "delivery_log_read";

/** How far GitHub's log of deliveries was read; null before the first time. */
export async function readReconciled(database: Database): Promise<Reconciled | null> {
  const rows = await database.query((db) =>
    db.selectFrom("program_state").selectAll().where("name", "in", [UNTIL, LOOKED_AT]).execute(),
  );
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  const until = values.get(UNTIL);
  // Earlier releases kept one moment for both.
  return until === undefined ? null : { until, lookedAt: values.get(LOOKED_AT) ?? until };
}

export async function writeReconciled(database: Database, { until, lookedAt }: Reconciled): Promise<void> {
  await database.query((db) =>
    db
      .insertInto("program_state")
      .values([
        { name: UNTIL, value: until },
        { name: LOOKED_AT, value: lookedAt },
      ])
      .onConflict((conflict) => conflict.column("name").doUpdateSet((row) => ({ value: row.ref("excluded.value") })))
      .execute(),
  );
}
