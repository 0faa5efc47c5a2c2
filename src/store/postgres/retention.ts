import { sql, type Transaction } from "kysely";
import { AUDIT_WEEKS } from "../../access/audit.ts";
import { type Instant, plusDays } from "../../clock.ts";
import { effectivePolicy } from "../../decision/tighten.ts";
import type { InstallationId } from "../../ids.ts";
import type { Database } from "./database.ts";
import { countAndDeleteReports, eraseEvidence } from "./expire-reports.ts";
import { ORGANISATION } from "./policies.ts";
import type { Tables } from "./schema.ts";

type Deleted = Record<string, number>;

/**
 * Deletes what is past its time: evidence (dossiers and what findings quote, cached accounts) and bands by the
 * tenant's policy, bands being counted first; deliveries and discarded jobs after 30 days; ended sessions.
 */
export async function sweep(database: Database, now: Instant): Promise<Readonly<Deleted>> {
  const deleted: Deleted = await sweepProgram(database, now);
  const tenants = await database.query((db) => db.selectFrom("installation").select("installation_id").execute());
  for (const { installation_id: id } of tenants)
    for (const [table, count] of Object.entries(await sweepTenant(database, id, now)))
      deleted[table] = (deleted[table] ?? 0) + count;
  await database.tidy();
  return deleted;
}

/** A GUID older than this is not redelivered: GitHub keeps deliveries for three days. */
const DELIVERY_DAYS = 30;
const DISCARDED_JOB_DAYS = 30;

async function sweepProgram(database: Database, now: Instant): Promise<Deleted> {
  return database.transaction(async (db) => ({
    delivery: await count(
      db
        .deleteFrom("delivery")
        .where("state", "<>", "waiting")
        .where("received_at", "<", plusDays(now, -DELIVERY_DAYS)),
    ),
    job: await count(
      db.deleteFrom("job").where("state", "=", "discarded").where("due_at", "<", plusDays(now, -DISCARDED_JOB_DAYS)),
    ),
    session: await count(db.deleteFrom("session").where("expires_at", "<=", now)),
  }));
}

async function sweepTenant(database: Database, id: InstallationId, now: Instant): Promise<Deleted> {
  return database.asTenant(id, async (db) => {
    const policies = await db.selectFrom("policy").selectAll().where("installation_id", "=", id).execute();
    const files = new Map(policies.map(({ repository_id, document }) => [repository_id, document.file]));
    const own = files.get(ORGANISATION) ?? {};
    const { evidence_days, bands_days } = effectivePolicy(own, {}).policy.retention;
    const evidence = plusDays(now, -evidence_days);
    const bands = plusDays(now, -bands_days);
    let report = await countAndDeleteReports(db, { id, repository: null, before: bands });
    let erased = await eraseEvidence(db, { id, repository: null, before: evidence });
    // A repository's file may shorten what the organisation set, for its own reports.
    for (const [repository, file] of files) {
      if (repository === ORGANISATION || !file.retention) continue;
      const shorter = effectivePolicy(own, file).policy.retention;
      report += await countAndDeleteReports(db, { id, repository, before: plusDays(now, -shorter.bands_days) });
      erased += await eraseEvidence(db, { id, repository, before: plusDays(now, -shorter.evidence_days) });
    }
    return { report, evidence: erased, ...(await sweepRest(db, id, { now, evidence, bands })) };
  });
}

/** The brake looks ten minutes back. */
const TRIAGE_RUN_DAYS = 1;

/** Cached accounts are evidence; audits are kept for half a year, the rest as long as bands. */
async function sweepRest(
  db: Transaction<Tables>,
  id: InstallationId,
  { now, evidence, bands }: { readonly now: Instant; readonly evidence: Instant; readonly bands: Instant },
): Promise<Deleted> {
  const mine = sql<boolean>`installation_id = ${id}`;
  return {
    triage_run: await count(db.deleteFrom("triage_run").where(mine).where("at", "<", plusDays(now, -TRIAGE_RUN_DAYS))),
    account_history: await count(db.deleteFrom("account_history").where(mine).where("at", "<", evidence)),
    account_cache: await count(db.deleteFrom("account_cache").where(mine).where("at", "<", evidence)),
    account_snapshot: await count(db.deleteFrom("account_snapshot").where(mine).where("at", "<", bands)),
    local_list: await count(db.deleteFrom("local_list").where(mine).where("until", "<=", now)),
    flag: await count(
      db.deleteFrom("flag").where(mine).where("stage", "=", "grant_gone").where("raised_at", "<", bands),
    ),
    audit: await count(
      // The newest stays whatever its age: the next one is compared with it.
      db
        .deleteFrom("audit")
        .where(mine)
        .where("taken_at", "<", plusDays(now, -7 * AUDIT_WEEKS))
        .where("id", "not in", (newest) =>
          newest.selectFrom("audit").select("id").where(mine).orderBy("taken_at", "desc").limit(1),
        ),
    ),
  };
}

const count = async (deletion: {
  executeTakeFirst(): Promise<{ readonly numDeletedRows: bigint } | undefined>;
}): Promise<number> => Number((await deletion.executeTakeFirst())?.numDeletedRows ?? 0n);
