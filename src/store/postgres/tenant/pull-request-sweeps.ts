import { sql } from "kysely";
import { type Instant, plusDays } from "../../../clock.ts";
import type { InstallationId } from "../../../ids.ts";
import type { TenantSweeps } from "../../store.ts";
import type { Database } from "../engine/database.ts";

/** What a sweep of one installation needs to know, and how far it is. */
export function pullRequestSweepsOf(database: Database, id: InstallationId): TenantSweeps {
  return {
    pullRequestSweep: () =>
      database.asTenant(id, async (db) => {
        const row = await db
          .selectFrom("pull_request_sweep")
          .selectAll()
          .where("installation_id", "=", id)
          .executeTakeFirst();
        if (row === undefined) return null;
        const { under_way: underWay, open_count: openCount } = row;
        return { underWay, openCount, completeUntil: row.complete_until, wholeAt: row.whole_at };
      }),
    savePullRequestSweep: ({ underWay, openCount, completeUntil, wholeAt }, nextDueAt) =>
      database.asTenant(id, async (db) => {
        const values = {
          under_way: underWay && JSON.stringify(underWay),
          open_count: openCount,
          complete_until: completeUntil,
          whole_at: wholeAt,
        };
        await db
          .insertInto("pull_request_sweep")
          .values({ installation_id: id, due_at: nextDueAt ?? AT_ONCE, ...values })
          .onConflict((conflict) =>
            conflict.column("installation_id").doUpdateSet({ ...values, ...(nextDueAt && { due_at: nextDueAt }) }),
          )
          .execute();
      }),
    openPullRequests: () =>
      database.asTenant(id, async (db) => {
        const rows = await db
          .selectFrom("report")
          .select(["repository_id", "pull_request_number"])
          .select((row) => row.fn.min("created_at").as("first"))
          .where("installation_id", "=", id)
          .where("closed_at", "is", null)
          .where("pull_request_number", "is not", null)
          .groupBy(["repository_id", "pull_request_number"])
          .execute();
        return rows.map((row) => ({
          repository: row.repository_id,
          number: Number(row.pull_request_number),
          firstReportAt: row.first,
        }));
      }),
    headsDone: (repository, heads) =>
      database.asTenant(id, async (db) => {
        if (heads.length === 0) return { reports: [], checks: [] };
        const mine = sql<boolean>`installation_id = ${id} and repository_id = ${repository}
          and head_sha = any (${[...heads]}::text[])`;
        const reports = await db
          .selectFrom("report")
          .select(["pull_request_number", "head_sha", "created_at"])
          .where(mine)
          .where("closed_at", "is", null)
          .execute();
        const checks = await db
          .selectFrom("door")
          .select("head_sha")
          .where(mine)
          .where("check_run_id", "is not", null)
          .execute();
        return {
          reports: reports.map((row) => ({
            ...{ number: Number(row.pull_request_number), headSha: row.head_sha ?? "", at: row.created_at },
          })),
          checks: checks.map((row) => row.head_sha),
        };
      }),
  };
}

const AT_ONCE = "1970-01-01T00:00:00Z";

/** A sweep due later than this was put there by a clock that was wrong. */
const LONGEST_WAIT_DAYS = 1;

/** Installations to look at now, the longest due first; those that were never looked at before all others. */
export async function dueForSweep(database: Database, now: Instant, limit: number): Promise<readonly InstallationId[]> {
  const rows = await database.query((db) =>
    db
      .selectFrom("installation")
      .leftJoin("pull_request_sweep as swept", "swept.installation_id", "installation.installation_id")
      .select("installation.installation_id as id")
      .where("paused", "=", false)
      .where((or) =>
        or.or([
          or("swept.due_at", "is", null),
          or("swept.due_at", "<=", now),
          or("swept.due_at", ">", plusDays(now, LONGEST_WAIT_DAYS)),
        ]),
      )
      .orderBy("swept.due_at", (order) => order.asc().nullsFirst())
      .orderBy("id")
      .limit(limit)
      .execute(),
  );
  return rows.map(({ id }) => id);
}

/** Makes the next sweep of every installation due. */
export async function hastenSweeps(database: Database, now: Instant): Promise<void> {
  await database.query((db) =>
    db.updateTable("pull_request_sweep").set({ due_at: now }).where("due_at", ">", now).execute(),
  );
}
