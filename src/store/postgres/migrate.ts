import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { InvalidInput } from "../../errors.ts";
import { inboxAndQueue } from "./migrations/0001-inbox-and-queue.ts";
import { tenants } from "./migrations/0002-tenants.ts";
import { tenantWalls } from "./migrations/0003-tenant-walls.ts";
import { flagsAndDoors } from "./migrations/0004-flags-and-doors.ts";
import { pushBrake } from "./migrations/0006-push-brake.ts";
import { patience } from "./migrations/0007-patience.ts";
import { pullRequestSweeps } from "./migrations/0008-pull-request-sweeps.ts";
import { rightsGeneration } from "./migrations/0009-rights-generation.ts";
import { jobRank } from "./migrations/0010-job-rank.ts";
import { recurrences } from "./migrations/0013-recurrences.ts";
import { exposureDecisions } from "./migrations/0017-exposure-decisions.ts";
import { unreviewedPushes } from "./migrations/0018-unreviewed-pushes.ts";
import { codeIndex } from "./migrations/0024-code-index.ts";
import { told } from "./migrations/0028-told.ts";
import { auditRows } from "./migrations/access/0012-audit-rows.ts";
import { auditSettings } from "./migrations/access/0019-audit-settings.ts";
import { liveAccess } from "./migrations/access/0020-live-access.ts";
import { grantRecords } from "./migrations/access/0021-grant-records.ts";
import { auditReadings } from "./migrations/access/0022-audit-readings.ts";
import { referrals } from "./migrations/access/0026-referrals.ts";
import { accountHistories } from "./migrations/accounts/0005-account-histories.ts";
import { historyReaders } from "./migrations/accounts/0011-history-readers.ts";
import { localListEntries } from "./migrations/accounts/0015-local-list.ts";
import { subjectNotes } from "./migrations/accounts/0016-subject-notes.ts";
import { indicators } from "./migrations/accounts/0023-indicators.ts";
import { accountTies } from "./migrations/accounts/0025-account-ties.ts";
import type { Tables } from "./schema.ts";

/** Forward only, in this order; a name is never reused or removed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-inbox-and-queue": inboxAndQueue,
  "0002-tenants": tenants,
  "0003-tenant-walls": tenantWalls,
  "0004-flags-and-doors": flagsAndDoors,
  "0005-account-histories": accountHistories,
  "0006-push-brake": pushBrake,
  "0007-patience": patience,
  "0008-pull-request-sweeps": pullRequestSweeps,
  "0009-rights-generation": rightsGeneration,
  "0010-job-rank": jobRank,
  "0011-history-readers": historyReaders,
  "0012-audit-rows": auditRows,
  "0013-recurrences": recurrences,
  "0015-local-list": localListEntries,
  "0016-subject-notes": subjectNotes,
  "0017-exposure-decisions": exposureDecisions,
  "0018-unreviewed-pushes": unreviewedPushes,
  "0019-audit-settings": auditSettings,
  "0020-live-access": liveAccess,
  "0021-grant-records": grantRecords,
  "0022-audit-readings": auditReadings,
  "0023-indicators": indicators,
  "0024-code-index": codeIndex,
  "0025-account-ties": accountTies,
  "0026-referrals": referrals,
  "0028-told": told,
};

/**
 * Brings the database to this program's schema, under an advisory lock and in one transaction. Refuses a database
 * that a newer program has already changed: an old program would write rows the new one does not expect.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const applied = await namesApplied(db);
  refuseNewer(applied);
  if (applied.length < Object.keys(MIGRATIONS).length) {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
  }
  await refuseWeakRole(db);
}

/** Kysely's own look at what there is to do describes every table first: half a second on a start with nothing to do. */
async function namesApplied(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ known: string | null }>`select to_regclass('kysely_migration')::text as known`.execute(
    db,
  );
  if (!rows[0]?.known) return [];
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return applied.rows.map(({ name }) => name);
}

function refuseNewer(applied: readonly string[]): void {
  const unknown = applied.filter((name) => !(name in MIGRATIONS));
  if (unknown.length === 0) return;
  throw new InvalidInput([
    {
      where: "database",
      what: `it has the schema of a newer Sallyport (${unknown.join(", ")})`,
      mend: "start that version, or restore a backup made by this one",
    },
  ]);
}

/** Row-level security protects nothing from a role that may bypass it. */
async function refuseWeakRole(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ weak: boolean }>`
    select rolsuper or rolbypassrls as weak from pg_roles where rolname = 'sallyport_tenant'`.execute(db);
  if (rows[0]?.weak === false) return;
  throw new InvalidInput([
    {
      where: "database role sallyport_tenant",
      what: "it is missing or may bypass row-level security",
      mend: "run: CREATE ROLE sallyport_tenant NOLOGIN NOBYPASSRLS; GRANT sallyport_tenant TO the role of DATABASE_URL",
    },
  ]);
}
