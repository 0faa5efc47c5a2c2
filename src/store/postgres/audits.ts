import type { Transaction } from "kysely";
import type { Instant } from "../../clock.ts";
import type { InstallationId } from "../../ids.ts";
import type { TenantStore } from "../store.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

type Methods = Pick<TenantStore, "saveAudit" | "latestAudit" | "latestSnapshot" | "latestAuditAt" | "audits">;

/** Access audits with the snapshots they compare. */
export function auditsOf(database: Database, id: InstallationId): Methods {
  const newest = (db: Transaction<Tables>, takenBy?: Instant) => {
    const all = db.selectFrom("audit").where("installation_id", "=", id);
    const wanted = takenBy === undefined ? all : all.where("taken_at", "<=", takenBy);
    return wanted.orderBy("taken_at", "desc").limit(1);
  };
  return {
    saveAudit: ({ id: auditId, takenAt, snapshot, report }) =>
      database.asTenant(id, async (db) => {
        await db
          .insertInto("audit")
          .values({
            id: auditId,
            installation_id: id,
            taken_at: takenAt,
            snapshot: JSON.stringify(snapshot),
            report: JSON.stringify(report),
          })
          .execute();
      }),
    latestAudit: (takenBy) =>
      database.asTenant(id, async (db) => {
        const row = await newest(db, takenBy).selectAll().executeTakeFirst();
        return row ? { id: row.id, takenAt: row.taken_at, snapshot: row.snapshot, report: row.report } : null;
      }),
    latestSnapshot: (takenBy) =>
      database.asTenant(id, async (db) => {
        const row = await newest(db, takenBy).select(["taken_at", "snapshot"]).executeTakeFirst();
        return row ? { takenAt: row.taken_at, snapshot: row.snapshot } : null;
      }),
    latestAuditAt: () =>
      database.asTenant(id, async (db) => (await newest(db).select("taken_at").executeTakeFirst())?.taken_at ?? null),
    audits: (limit) =>
      database.asTenant(id, async (db) => {
        const rows = await db
          .selectFrom("audit")
          .select(["id", "taken_at", "report"])
          .where("installation_id", "=", id)
          .orderBy("taken_at", "desc")
          .limit(limit)
          .execute();
        return rows.map((row) => ({ id: row.id, takenAt: row.taken_at, report: row.report }));
      }),
  };
}
