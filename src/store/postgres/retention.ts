import { sql, type Transaction } from "kysely";
import { AUDIT_WEEKS } from "../../access/audit.ts";
import { type Instant, plusDays } from "../../clock.ts";
import { LONGEST_FACTS_HOURS } from "../../dossier/sources/kept-facts.ts";
import type { InstallationId } from "../../ids.ts";
import type { TenantStore } from "../store.ts";
import type { Database } from "./engine/database.ts";
import type { Tables } from "./schema.ts";
import { countAndDeleteReports, eraseEvidence, matching } from "./tenant/expire-reports.ts";

type Deleted = Record<string, number>;

/** A GUID older than this is not redelivered: GitHub keeps deliveries for three days. */
const DELIVERY_DAYS = 30;
const DISCARDED_JOB_DAYS = 30;

/** Deletes what belongs to no tenant: deliveries and discarded jobs after 30 days, ended sessions. */
export async function sweepProgram(database: Database, now: Instant): Promise<Readonly<Deleted>> {
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

/**
 * Deletes what of one tenant is past its time: evidence (dossiers and what findings quote, cached accounts) and bands by
 * the days given, bands being counted first.
 */
export function expiryOf(database: Database, id: InstallationId): Pick<TenantStore, "deleteExpired"> {
  return {
    deleteExpired: (now, { organization, repositories }) =>
      database.asTenant(id, async (db) => {
        const evidence = plusDays(now, -organization.evidence_days);
        const bands = plusDays(now, -organization.bands_days);
        let report = await countAndDeleteReports(db, id, matching({ id, repository: null, before: bands }));
        let erased = await eraseEvidence(db, { id, repository: null, before: evidence });
        for (const [repository, days] of repositories) {
          const past = matching({ id, repository, before: plusDays(now, -days.bands_days) });
          report += await countAndDeleteReports(db, id, past);
          erased += await eraseEvidence(db, { id, repository, before: plusDays(now, -days.evidence_days) });
        }
        return { report, evidence: erased, ...(await sweepRest(db, id, { now, evidence, bands })) };
      }),
  };
}

/** The brake looks ten minutes back. */
const TRIAGE_RUN_DAYS = 1;

/** An audit begins anew hours after it was begun; what one keeps that nobody goes on with is dropped. */
const READING_DAYS = 1;

/** Cached accounts go when nothing of them stands any more, or with evidence if that is earlier; audits are kept for half a year, the rest as long as bands. */
async function sweepRest(
  db: Transaction<Tables>,
  id: InstallationId,
  { now, evidence, bands }: { readonly now: Instant; readonly evidence: Instant; readonly bands: Instant },
): Promise<Deleted> {
  const mine = sql<boolean>`installation_id = ${id}`;
  const standing = plusDays(now, -LONGEST_FACTS_HOURS / 24);
  const facts = standing > evidence ? standing : evidence;
  return {
    triage_run: await count(db.deleteFrom("triage_run").where(mine).where("at", "<", plusDays(now, -TRIAGE_RUN_DAYS))),
    account_history: await count(db.deleteFrom("account_history").where(mine).where("at", "<", evidence)),
    account_cache: await count(db.deleteFrom("account_cache").where(mine).where("at", "<", facts)),
    account_snapshot: await count(db.deleteFrom("account_snapshot").where(mine).where("at", "<", bands)),
    local_list: await count(db.deleteFrom("local_list").where(mine).where("until", "<=", now)),
    indicator: await count(db.deleteFrom("indicator").where(mine).where("until", "<=", now)),
    exposure_decision: await count(db.deleteFrom("exposure_decision").where(mine).where("until", "<=", now)),
    // Of a grant that nobody has seen for as long as audits are kept nothing is known any more.
    grant_record: await count(
      db
        .deleteFrom("grant_record")
        .where(mine)
        .where("seen_at", "<", plusDays(now, -7 * AUDIT_WEEKS)),
    ),
    referral: await count(db.deleteFrom("referral").where(mine).where("at", "<", bands)),
    flag: await count(
      db.deleteFrom("flag").where(mine).where("stage", "=", "grant_gone").where("raised_at", "<", bands),
    ),
    unreviewed_push: await count(
      db
        .deleteFrom("unreviewed_push")
        .where(mine)
        .where((row) =>
          row.or([
            row.and([row("stage", "=", "noted"), row("seen_at", "<", evidence)]),
            row.and([row("stage", "=", "decided"), row("seen_at", "<", bands)]),
          ]),
        ),
    ),
    audit_reading: await count(
      db.deleteFrom("audit_reading").where(mine).where("started_at", "<", plusDays(now, -READING_DAYS)),
    ),
    live_source: await count(
      db
        .deleteFrom("live_source")
        .where(mine)
        .where("asked_at", "<", plusDays(now, -7 * AUDIT_WEEKS)),
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
