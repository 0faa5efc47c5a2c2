import { sql } from "kysely";
import type { InstallationId } from "../../ids.ts";
import type { TenantTold } from "../tenant.ts";
import type { Database } from "./engine/database.ts";

/** Alerts that one message tells of; the next one tells of the others. */
const MOST_ALERTS = 2_000;

/** What those who are told at once were told of. A push that joins an alert is told of with it. */
export const toldOf = (database: Database, id: InstallationId): TenantTold => ({
  untold: () =>
    database.asTenant(id, async (db) => {
      const flags = await db
        .selectFrom("flag")
        .select("id")
        .where("installation_id", "=", id)
        .where("stage", "=", "open")
        .where("told_at", "is", null)
        .orderBy("id")
        .execute();
      const { rows: alerts } = await sql<{ alert_id: string }>`select alert_id from unreviewed_push
        where installation_id = ${id} and stage = 'open' group by alert_id having count(told_at) = 0
        order by alert_id limit ${MOST_ALERTS}`.execute(db);
      return { flags: flags.map((row) => row.id), alerts: alerts.map(({ alert_id }) => alert_id) };
    }),
  markTold: ({ flags, alerts }, at) =>
    database.asTenant(id, async (db) => {
      const of = { told_at: at };
      const one = db.updateTable("flag").set(of).where("installation_id", "=", id).where("told_at", "is", null);
      const other = db.updateTable("unreviewed_push").set(of).where("installation_id", "=", id);
      if (flags.length > 0) await one.where("id", "in", flags).execute();
      if (alerts.length > 0) await other.where("told_at", "is", null).where("alert_id", "in", alerts).execute();
    }),
});
