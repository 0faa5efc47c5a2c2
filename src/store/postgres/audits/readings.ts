import { sql } from "kysely";
import type { Instant } from "../../../clock.ts";
import type { InstallationId } from "../../../ids.ts";
import type { TenantReadings } from "../../readings.ts";
import type { Database } from "../engine/database.ts";

/** Audits that are being read. A page of GitHub's answers is one row; nobody lists them. */
export function readingsOf(database: Database, id: InstallationId): TenantReadings {
  const own = sql<boolean>`installation_id = ${id}`;
  return {
    beginReading: (next, freshSince) =>
      database.asTenant(id, async (db) => {
        await db.deleteFrom("audit_reading").where(own).where("started_at", "<=", freshSince).execute();
        const values = { id: next.id, started_at: next.startedAt, repositories: 0 };
        await db
          .insertInto("audit_reading")
          .values({ installation_id: id, ...values, of_repositories: null, paused_until: null })
          .onConflict((conflict) => conflict.column("installation_id").doUpdateSet({ paused_until: null }))
          .execute();
        const row = await db.selectFrom("audit_reading").select(["id", "started_at"]).where(own).executeTakeFirst();
        return row === undefined ? next : { id: row.id, startedAt: row.started_at };
      }),
    keptAnswer: (question) =>
      database.asTenant(id, async (db) => {
        const kept = db.selectFrom("audit_answer").select("answer").where(own).where("question", "=", question);
        return (await kept.executeTakeFirst())?.answer ?? null;
      }),
    keepAnswer: (reading, { question, answer, repositories, ofRepositories }) =>
      database.asTenant(id, async (db) => {
        const said = { repositories, of_repositories: ofRepositories };
        const runs = await db.updateTable("audit_reading").set(said).where(own).where("id", "=", reading).execute();
        if (!runs.some(({ numUpdatedRows }) => numUpdatedRows > 0n)) return;
        await db
          .insertInto("audit_answer")
          .values({ installation_id: id, question, answer })
          .onConflict((conflict) => conflict.columns(["installation_id", "question"]).doUpdateSet({ answer }))
          .execute();
      }),
    pauseReading: (reading, until: Instant) =>
      database.asTenant(id, async (db) => {
        await db
          .updateTable("audit_reading")
          .set({ paused_until: until })
          .where(own)
          .where("id", "=", reading)
          .execute();
      }),
    readingProgress: () =>
      database.asTenant(id, async (db) => {
        const row = await db.selectFrom("audit_reading").selectAll().where(own).executeTakeFirst();
        if (row === undefined) return null;
        const { repositories, of_repositories: ofRepositories, paused_until: pausedUntil } = row;
        return { id: row.id, startedAt: row.started_at, repositories, ofRepositories, pausedUntil };
      }),
    endReading: () =>
      database.asTenant(id, async (db) => {
        await db.deleteFrom("audit_reading").where(own).execute();
      }),
  };
}
