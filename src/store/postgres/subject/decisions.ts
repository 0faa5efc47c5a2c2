import type { AccountId, InstallationId } from "../../../ids.ts";
import type { Subject } from "../../subject.ts";
import type { Db } from "../audits/rows.ts";

/** What the account decided about others, with nothing of whom it was about. */
export async function decisions(db: Db, id: InstallationId, account: AccountId): Promise<Subject["decisions"]> {
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
  const listed = await db
    .selectFrom("indicator")
    .select(["id", "imported_at", "checked_at"])
    .where("installation_id", "=", id)
    .where((row) => row.or([row("checked_by", "=", account), row("confirmed_by", "=", account)]))
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
    ...listed.map((row) => ({ what: "listed" as const, id: String(row.id), at: row.checked_at ?? row.imported_at })),
    ...grants.flatMap(({ repository_id: repository, given_by, given_at, noted_by, noted_at }) =>
      [given_by === account ? given_at : null, noted_by === account ? noted_at : null]
        .filter((at) => at !== null)
        .map((at) => ({ what: "grant" as const, id: `repository:${repository}`, at })),
    ),
    ...exposures.map((row) => ({ what: "exposure" as const, id: String(row.id), at: row.at })),
    ...notes.map((row) => ({ what: "correction" as const, id: String(row.id), at: row.at })),
  ];
}
