import { sql } from "kysely";
import type { AccountId, InstallationId } from "../../../ids.ts";
import type { Correction, Subject } from "../../subject.ts";
import { toRecord } from "../audits/ledger.ts";
import { referralsNaming } from "../audits/referrals.ts";
import type { AsTenant, Db } from "../audits/rows.ts";
import { toIndicator } from "../indicators/indicators.ts";
import { toDecision } from "../tenant/exposures.ts";
import { toFlag } from "../tenant/flags.ts";
import { toReport } from "../tenant/report-rows.ts";
import { toEntry } from "../tenant/trail.ts";
import { tiesWith } from "../ties/ties.ts";
import { decisions } from "./decisions.ts";

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
    listed: await listedBy(db, id, account),
    exposureDecisions: await exposuresOn(db, id, account),
    grants: await grantsOn(db, id, account),
    referrals: await referralsNaming(db, id, account),
    corrections: await correctionsIn(db, id, account),
    ...(await facts(db, id, account)),
    ties: await tiesWith(db, id, account),
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

async function listedBy(db: Db, id: InstallationId, account: AccountId): Promise<Subject["listed"]> {
  const rows = await db
    .selectFrom("indicator")
    .selectAll()
    .where("installation_id", "=", id)
    .where("account_id", "=", account)
    .orderBy("id")
    .execute();
  return rows.map((row) => {
    const { account: _, emailHash, ...entry } = toIndicator(row);
    return { ...entry, byAddress: emailHash !== null, revokedAt: row.revoked_at, revokeReason: row.revoke_reason };
  });
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
