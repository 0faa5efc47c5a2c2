import type { AccountId, InstallationId } from "../../../ids.ts";
import type { Correction, Subject } from "../../subject.ts";
import type { Db } from "../audits/rows.ts";
import { toFlag } from "../tenant/flags.ts";
import { toReport } from "../tenant/report-rows.ts";
import { toEntry } from "../tenant/trail.ts";

/** What the tenant's own tables hold about an account; work and audits are read elsewhere. */
type OwnRows = Omit<
  Subject,
  "schema" | "installationId" | "accountId" | "asOf" | "audits" | "work" | "notIncluded" | "stays"
>;

/** One transaction, so that all of it is of one moment. */
export async function ownRows(db: Db, id: InstallationId, account: AccountId): Promise<OwnRows> {
  const { reports, flags } = await judgements(db, id, account);
  const targets = [...reports, ...flags].map((one) => one.id);
  const entries = await db
    .selectFrom("trail")
    .selectAll()
    .where("installation_id", "=", id)
    .where((row) => row.or([row("actor_id", "=", account), row("target", "in", [targetOf(account), ...targets])]))
    .orderBy("seq")
    .execute();
  return {
    ...{ reports, flags },
    localList: await listed(db, id, account),
    corrections: await correctionsIn(db, id, account),
    ...(await facts(db, id, account)),
    decisions: await decisions(db, id, account),
    trail: entries.map(toEntry),
  };
}

/** How the trail names an account. */
export const targetOf = (account: AccountId): string => `account:${account}`;

async function judgements(db: Db, id: InstallationId, account: AccountId): Promise<Pick<Subject, "reports" | "flags">> {
  const reports = await db
    .selectFrom("report")
    .selectAll()
    .where("installation_id", "=", id)
    .where("account_id", "=", account)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
  const flags = await db
    .selectFrom("flag")
    .selectAll()
    .where("installation_id", "=", id)
    .where("account_id", "=", account)
    .orderBy("raised_at", "desc")
    .orderBy("id")
    .execute();
  return {
    reports: reports.map((row) => withoutInstallation(toReport(row))),
    flags: flags.map((row) => withoutInstallation(toFlag(row))),
  };
}

function withoutInstallation<Row extends { readonly installationId: InstallationId }>(row: Row) {
  const { installationId: _, ...rest } = row;
  return rest;
}

async function listed(db: Db, id: InstallationId, account: AccountId): Promise<Subject["localList"]> {
  return db
    .selectFrom("local_list")
    .select(["disposition", "reason", "by_account_id as byAccountId", "at", "until"])
    .where("installation_id", "=", id)
    .where("account_id", "=", account)
    .orderBy("id")
    .execute();
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
  const written = (table: "local_list" | "subject_note") =>
    db.selectFrom(table).select(["id", "at"]).where("installation_id", "=", id).where("by_account_id", "=", account);
  const lines = await written("local_list").execute();
  const notes = await written("subject_note").execute();
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
    ...notes.map((row) => ({ what: "correction" as const, id: String(row.id), at: row.at })),
  ];
}
