import { sql } from "kysely";
import type { AccountId, InstallationId } from "../../../ids.ts";
import type { Correction, Subject } from "../../subject.ts";
import { toRecord } from "../audits/ledger.ts";
import type { AsTenant, Db } from "../audits/rows.ts";
import { toDecision } from "../tenant/exposures.ts";
import { toFlag } from "../tenant/flags.ts";
import { toReport } from "../tenant/report-rows.ts";
import { toEntry } from "../tenant/trail.ts";

/** Reports of one statement: a dossier has up to some 100 KB, and to read it stops the loop. */
const BATCH = 5;

/** Reports about an account, newest first. */
export async function reportsAbout(
  asTenant: AsTenant,
  id: InstallationId,
  account: AccountId,
): Promise<Subject["reports"]> {
  const ids = await asTenant((db) =>
    db
      .selectFrom("report")
      .select("id")
      .where("installation_id", "=", id)
      .where("account_id", "=", account)
      .orderBy("created_at", "desc")
      .orderBy("id")
      .execute(),
  );
  const found: Subject["reports"][number][] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const wanted = ids.slice(from, from + BATCH).map((row) => row.id);
    const rows = await asTenant((db) =>
      db
        .selectFrom("report")
        .selectAll()
        .where("installation_id", "=", id)
        .where(sql<boolean>`id = any (${wanted}::text[])`)
        .orderBy("created_at", "desc")
        .orderBy("id")
        .execute(),
    );
    found.push(...rows.map((row) => withoutInstallation(toReport(row))));
  }
  return found;
}

/** What the tenant's other tables hold about an account; work and audits are read elsewhere. */
type OtherRows = Omit<
  Subject,
  "schema" | "installationId" | "accountId" | "asOf" | "reports" | "audits" | "work" | "notIncluded" | "stays"
>;

/** One transaction; `reports` are the ids of those about the account. */
export async function otherRows(
  db: Db,
  id: InstallationId,
  { account, reports }: { readonly account: AccountId; readonly reports: readonly string[] },
): Promise<OtherRows> {
  const flags = await flagsOn(db, id, account);
  const targets = [targetOf(account), ...reports, ...flags.map((one) => one.id)];
  const entries = await db
    .selectFrom("trail")
    .selectAll()
    .where("installation_id", "=", id)
    .where(sql<boolean>`(actor_id = ${account} or target = any (${targets}::text[]))`)
    .orderBy("seq")
    .execute();
  return {
    flags,
    localList: await listed(db, id, account),
    exposureDecisions: await exposuresOn(db, id, account),
    grants: await grantsOn(db, id, account),
    corrections: await correctionsIn(db, id, account),
    ...(await facts(db, id, account)),
    decisions: await decisions(db, id, account),
    trail: entries.map(toEntry),
    accessSince: await accessSince(db, account),
  };
}

/** How the trail names an account. */
export const targetOf = (account: AccountId): string => `account:${account}`;

async function flagsOn(db: Db, id: InstallationId, account: AccountId): Promise<Subject["flags"]> {
  const rows = await db
    .selectFrom("flag")
    .selectAll()
    .where("installation_id", "=", id)
    .where("account_id", "=", account)
    .orderBy("raised_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map((row) => withoutInstallation(toFlag(row)));
}

function withoutInstallation<Row extends { readonly installationId: InstallationId }>(row: Row) {
  const { installationId: _, ...rest } = row;
  return rest;
}

async function listed(db: Db, id: InstallationId, account: AccountId): Promise<Subject["localList"]> {
  return db
    .selectFrom("local_list")
    .select(["disposition", "reason", "repository_id as repositoryId", "by_account_id as byAccountId"])
    .select(["by_login as byLogin", "confirmed_by as confirmedBy", "at", "until", "withdrawn_at as withdrawnAt"])
    .where("installation_id", "=", id)
    .where("account_id", "=", account)
    .orderBy("id")
    .execute();
}

async function exposuresOn(db: Db, id: InstallationId, account: AccountId): Promise<Subject["exposureDecisions"]> {
  const rows = await db
    .selectFrom("exposure_decision")
    .selectAll()
    .where("installation_id", "=", id)
    .where("account_id", "=", account)
    .orderBy("id")
    .execute();
  return rows.map(toDecision);
}

async function grantsOn(db: Db, id: InstallationId, account: AccountId): Promise<Subject["grants"]> {
  const rows = await db
    .selectFrom("grant_record")
    .selectAll()
    .where("installation_id", "=", id)
    .where("account_id", "=", account)
    .orderBy("repository_id")
    .execute();
  return rows.map(toRecord);
}

/** See `TenantSubjects.corrections`. */
export async function correctionsIn(db: Db, id: InstallationId, account: AccountId): Promise<readonly Correction[]> {
  return db
    .selectFrom("subject_note")
    .select(["text", "by_account_id as byAccountId", "by_login as byLogin", "at"])
    .where("installation_id", "=", id)
    .where("account_id", "=", account)
    .orderBy("id")
    .execute();
}

async function facts(
  db: Db,
  id: InstallationId,
  account: AccountId,
): Promise<Pick<Subject, "cachedFacts" | "histories" | "snapshots" | "looks">> {
  const of = (table: "account_cache" | "account_history" | "account_snapshot" | "triage_run") =>
    db.selectFrom(table).where("installation_id", "=", id).where("account_id", "=", account).orderBy("at");
  const cachedFacts = await of("account_cache").select(["at", "account_cache.sections"]).execute();
  const histories = await of("account_history")
    .select(["account_history.reader", "account_history.heads", "account_history.sections", "at"])
    .execute();
  const snapshots = await of("account_snapshot")
    .select(["at", "account_snapshot.login_hash as loginHash", "account_snapshot.owned_count as ownedCount"])
    .execute();
  const looks = await of("triage_run")
    .select(["triage_run.repository_id as repositoryId", "triage_run.pull_request_number as number", "at"])
    .execute();
  return { cachedFacts, histories, snapshots, looks };
}

async function accessSince(db: Db, account: AccountId): Promise<Subject["accessSince"]> {
  const { rows } = await sql<Subject["accessSince"][number]>`
    select s.kind as source, s.label as name, s.facts->>'standing' as standing, e.role, s.asked_at as at
    from live_source s left join live_entry e
      on e.installation_id = s.installation_id and e.kind = s.kind and e.source_id = s.id and e.account = ${account}
    where (s.kind = 'account' and s.id = ${account}) or e.account is not null
    order by s.asked_at desc, s.kind, s.id`.execute(db);
  return rows;
}

/** What the account decided about others, with nothing of whom it was about. */
async function decisions(db: Db, id: InstallationId, account: AccountId): Promise<Subject["decisions"]> {
  const reports = await db
    .selectFrom("report")
    .select(["id", "reviewed"])
    .where("installation_id", "=", id)
    .where("reviewed", "is not", null)
    .execute();
  const flags = await db
    .selectFrom("flag")
    .select(["id", "state"])
    .where("installation_id", "=", id)
    .where("stage", "=", "acknowledged")
    .execute();
  const lines = await db
    .selectFrom("local_list")
    .select(["id", "at"])
    .where("installation_id", "=", id)
    .where((row) => row.or([row("by_account_id", "=", account), row("confirmed_by", "=", account)]))
    .execute();
  const grants = await db
    .selectFrom("grant_record")
    .select(["repository_id", "given_by", "given_at", "noted_by", "noted_at"])
    .where("installation_id", "=", id)
    .where((row) => row.or([row("given_by", "=", account), row("noted_by", "=", account)]))
    .execute();
  const by = (table: "subject_note" | "exposure_decision") =>
    db
      .selectFrom(table)
      .select([`${table}.id`, "at"])
      .where("installation_id", "=", id)
      .where("by_account_id", "=", account);
  const notes = await by("subject_note").execute();
  const exposures = await by("exposure_decision").execute();
  return [
    // Looked through here: the database's JSON functions refuse characters that people may send.
    ...reports.flatMap(({ id: report, reviewed }) =>
      reviewed?.byAccountId === account ? [{ what: "report" as const, id: report, at: reviewed.at }] : [],
    ),
    ...flags.flatMap(({ id: flag, state }) =>
      state.kind === "acknowledged" && state.byAccountId === account
        ? [{ what: "flag" as const, id: flag, at: state.at }]
        : [],
    ),
    ...lines.map((row) => ({ what: "local_list" as const, id: String(row.id), at: row.at })),
    ...grants.flatMap(({ repository_id: repository, given_by, given_at, noted_by, noted_at }) =>
      [given_by === account ? given_at : null, noted_by === account ? noted_at : null]
        .filter((at) => at !== null)
        .map((at) => ({ what: "grant" as const, id: `repository:${repository}`, at })),
    ),
    ...exposures.map((row) => ({ what: "exposure" as const, id: String(row.id), at: row.at })),
    ...notes.map((row) => ({ what: "correction" as const, id: String(row.id), at: row.at })),
  ];
}
