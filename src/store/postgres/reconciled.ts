import type { Reconciled } from "../store.ts";
import type { Database } from "./engine/database.ts";
import { readMark, writeMark } from "./marks.ts";

/** How far GitHub's log of deliveries was read; null before the first time. */
export async function readReconciled(database: Database): Promise<Reconciled | null> {
  const until = await readMark(database, "reconciled_until");
  // Earlier releases kept one moment for both.
  return until === null ? null : { until, lookedAt: (await readMark(database, "delivery_log_read")) ?? until };
}

export async function writeReconciled(database: Database, { until, lookedAt }: Reconciled): Promise<void> {
  await writeMark(database, "reconciled_until", until);
  await writeMark(database, "delivery_log_read", lookedAt);
}
