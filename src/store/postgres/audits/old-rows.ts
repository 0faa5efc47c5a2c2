import { sql } from "kysely";
import { plusDays } from "../../../clock.ts";
import type { AsTenant } from "./rows.ts";

/**
 * Snapshots are kept that a later audit can be compared with: those of the last day, which may be one audit taken
 * twice, and the one before. Of the others the reports stay. What a crash left half stored goes altogether; `stored`
 * is the audit that was just completed.
 */
export async function dropOldRows(asTenant: AsTenant, stored: string): Promise<void> {
  const audits = await asTenant((db) =>
    db.selectFrom("audit").select(["id", "taken_at", "stage"]).orderBy("taken_at", "desc").execute(),
  );
  const whole = audits.filter(({ stage }) => stage === "whole");
  const dayBefore = plusDays(whole[0]?.taken_at ?? "", -1);
  const lastBefore = whole.find(({ taken_at }) => taken_at <= dayBefore);
  for (const { id, taken_at, stage } of audits) {
    if (stage === "report" || id === stored || id === lastBefore?.id) continue;
    if (stage === "whole" && taken_at > dayBefore) continue;
    // Whoever reads meanwhile sees no half snapshot.
    if (stage === "whole")
      await asTenant((db) => db.updateTable("audit").set({ stage: "report" }).where("id", "=", id).execute());
    for (const table of SNAPSHOT) await emptyOf(asTenant, table, id);
    if (stage === "storing") await asTenant((db) => db.deleteFrom("audit").where("id", "=", id).execute());
  }
}

const SNAPSHOT = ["audit_holder", "audit_grant", "audit_account", "audit_repository", "audit_setting"] as const;

/** Rows of one statement. */
const BATCH = 2_000;

async function emptyOf(asTenant: AsTenant, table: (typeof SNAPSHOT)[number], audit: string): Promise<void> {
  for (let deleted = BATCH; deleted >= BATCH; )
    deleted = await asTenant(async (db) => {
      const name = sql.table(table);
      const { numAffectedRows } = await sql`delete from ${name} where ctid = any (array(
        select ctid from ${name} where audit_id = ${audit} limit ${BATCH}))`.execute(db);
      return Number(numAffectedRows ?? 0n);
    });
}
