import { sql } from "kysely";
import type { Instant } from "../../clock.ts";
import type { DeliveryProgress } from "../store.ts";
import type { Database } from "./engine/database.ts";

/** A moment the program remembers under a name. */
type Mark = "reconciled_until" | "newest_delivery_made" | "delivery_log_read";

export async function readMark(database: Database, name: Mark): Promise<Instant | null> {
  const row = await database.query((db) =>
    db.selectFrom("program_state").select("value").where("name", "=", name).executeTakeFirst(),
  );
  return row?.value ?? null;
}

export async function writeMark(database: Database, name: Mark, at: Instant): Promise<void> {
  await database.query((db) =>
    db
      .insertInto("program_state")
      .values({ name, value: at })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: at }))
      .execute(),
  );
}

export async function noteDeliveryLog(database: Database, newest: Instant | null, readAt: Instant): Promise<void> {
  if (newest !== null) await writeMark(database, "newest_delivery_made", newest);
  await writeMark(database, "delivery_log_read", readAt);
}

export async function deliveryProgress(database: Database): Promise<DeliveryProgress> {
  const { rows } = await database.query((db) =>
    sql<{ at: Instant | null }>`select max(received_at) as at from delivery`.execute(db),
  );
  return {
    receivedAt: rows[0]?.at ?? null,
    madeAt: await readMark(database, "newest_delivery_made"),
    logReadAt: await readMark(database, "delivery_log_read"),
  };
}
