import { type Selectable, sql } from "kysely";
import type { InstallationId } from "../../../ids.ts";
import type { TenantDoors } from "../../doors.ts";
import type { Door } from "../../store.ts";
import type { Database } from "../engine/database.ts";
import type { DoorTable } from "../schema.ts";

/** Public addresses of heads. */
export function doorsOf(database: Database, id: InstallationId): TenantDoors {
  return {
    openDoor: (door) =>
      database.asTenant(id, async (db) => {
        const inserted = await db
          .insertInto("door")
          .values({
            ref: door.ref,
            installation_id: id,
            repository_id: door.repositoryId,
            repository_owner: door.repositoryOwner,
            repository_name: door.repositoryName,
            head_sha: door.headSha,
            pull_request_number: door.pullRequestNumber,
            check_run_id: null,
            opened_at: door.openedAt,
          })
          .onConflict((conflict) => conflict.columns(["installation_id", "repository_id", "head_sha"]).doNothing())
          .returningAll()
          .executeTakeFirst();
        if (inserted) return { door: toDoor(inserted), opened: true };
        const row = await db
          .selectFrom("door")
          .selectAll()
          .where("installation_id", "=", id)
          .where("repository_id", "=", door.repositoryId)
          .where("head_sha", "=", door.headSha)
          .executeTakeFirstOrThrow();
        return { door: toDoor(row), opened: false };
      }),
    recordCheckRun: (ref, checkRunId) =>
      database.asTenant(id, async (db) => {
        const mine = sql<boolean>`installation_id = ${id} and ref = ${ref}`;
        const before = await db.selectFrom("door").select("check_run_id").where(mine).forUpdate().executeTakeFirst();
        const newest = Math.max(checkRunId, before?.check_run_id ?? 0);
        await db.updateTable("door").set({ check_run_id: newest }).where(mine).execute();
        return before?.check_run_id ?? null;
      }),
    checksSince: (head, since) =>
      database.asTenant(id, async (db) => {
        const rows = await db
          .selectFrom("door")
          .select("opened_at")
          .where("installation_id", "=", id)
          .where("repository_id", "=", head.repositoryId)
          .where("pull_request_number", "=", head.pullRequestNumber)
          .where("head_sha", "<>", head.headSha)
          .where("opened_at", ">=", since)
          .where("check_run_id", "is not", null)
          .execute();
        return { ofPullRequest: rows.map((row) => row.opened_at), ofAuthor: [] };
      }),
    doorsOfRepository: (repository, page) =>
      database.asTenant(id, async (db) => {
        const all = db
          .selectFrom("door")
          .selectAll()
          .where("installation_id", "=", id)
          .where("repository_id", "=", repository)
          .orderBy("ref");
        const wanted = page ? all.where("ref", ">", page.after).limit(page.limit) : all;
        return (await wanted.execute()).map(toDoor);
      }),
  };
}

/** Whose door an address opens; as the program, because the address is all that a visitor brings. */
export async function findDoor(database: Database, ref: string): Promise<Door | null> {
  const row = await database.query((db) => db.selectFrom("door").selectAll().where("ref", "=", ref).executeTakeFirst());
  return row ? toDoor(row) : null;
}

const toDoor = (row: Selectable<DoorTable>): Door => ({
  ref: row.ref,
  installationId: row.installation_id,
  repositoryId: row.repository_id,
  repositoryOwner: row.repository_owner,
  repositoryName: row.repository_name,
  headSha: row.head_sha,
  pullRequestNumber: row.pull_request_number,
  checkRunId: row.check_run_id,
  openedAt: row.opened_at,
});
