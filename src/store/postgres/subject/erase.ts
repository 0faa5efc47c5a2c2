import { sql } from "kysely";
import type { AccountId, InstallationId } from "../../../ids.ts";
import type { ErasedBy } from "../../subject.ts";
import type { Db } from "../audits/rows.ts";
import { countAndDeleteReports } from "../tenant/expire-reports.ts";
import { append } from "../tenant/trail.ts";
import { HOLDINGS } from "./holdings.ts";
import { targetOf } from "./read.ts";

/** Erases an account from the tenant's own tables and records it, in the one transaction given. */
export async function eraseOwnRows(db: Db, id: InstallationId, account: AccountId, by: ErasedBy): Promise<void> {
  const mine = sql<boolean>`installation_id = ${id} and account_id = ${account}`;
  await countAndDeleteReports(
    db,
    id,
    sql<boolean>`${mine} and id not in (select report_id from flag where ${mine} and stage = 'open')`,
  );
  await db.deleteFrom("flag").where(mine).where("stage", "=", "grant_gone").execute();
  await db.updateTable("flag").set({ because: ERASED }).where(mine).where("stage", "=", "acknowledged").execute();
  await sql`delete from account_tie where installation_id = ${id}
    and ${account} in (account_id, author_id, merger_id)`.execute(db);
  // An audit that is being read begins anew.
  await db.deleteFrom("audit_reading").where("installation_id", "=", id).execute();
  // The pull request keeps its brake; whose it was goes.
  await db.updateTable("triage_run").set({ account_id: null }).where(mine).execute();
  for (const [table, { whenErased }] of Object.entries(HOLDINGS))
    if (whenErased === "deleted") await sql`delete from ${sql.table(table)} where ${mine}`.execute(db);
  await sql`delete from referral where installation_id = ${id} and by_account_id = ${account}`.execute(db);
  const { actorId, at } = by;
  await append(db, id, { at, actorId, act: "subject.erased", target: targetOf(account), reason: null });
}

const ERASED = "What this rested on was erased.";
