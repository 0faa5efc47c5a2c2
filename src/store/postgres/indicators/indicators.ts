import { type Selectable, sql, type Transaction } from "kysely";
import type { Instant } from "../../../clock.ts";
import type { AccountId, InstallationId } from "../../../ids.ts";
import type { Indicator, IndicatorSubject, KeptIndicator, TenantIndicators } from "../../indicators.ts";
import type { Database } from "../engine/database.ts";
import { storable } from "../engine/values.ts";
import type { Tables } from "../schema.ts";
import type { IndicatorTable } from "./tables.ts";

type Db = Transaction<Tables>;

/** Entries of lists that were taken in. */
export function indicatorsOf(database: Database, id: InstallationId): TenantIndicators {
  const asTenant = <T>(work: (db: Db) => Promise<T>): Promise<T> => database.asTenant(id, work);
  return {
    keepIndicators: (entries, at) => asTenant((db) => keep(db, id, { entries, at })),
    indicators: (now) =>
      asTenant(async (db) => (await standing(db, id, now).orderBy("source").orderBy("id").execute()).map(toIndicator)),
    indicatorsOn: (account, now) =>
      asTenant(async (db) =>
        (await standing(db, id, now).where("account_id", "=", account).orderBy("id").execute()).map(toIndicator),
      ),
    addressesCameSince: (since, now) =>
      asTenant(async (db) => {
        const newest = standing(db, id, now).where("email_hash", "is not", null).where("imported_at", ">", since);
        return (await newest.clearSelect().select("id").limit(1).executeTakeFirst()) !== undefined;
      }),
    revokeIndicators: (which, { reason, at }) =>
      asTenant(async (db) => {
        const rows = await db
          .updateTable("indicator")
          .set({ revoked_at: at, revoke_reason: storable(reason) })
          .where("installation_id", "=", id)
          .where("revoked_at", "is", null)
          .where((row) => ("id" in which ? row("id", "=", which.id) : row("source", "=", which.source)))
          .returningAll()
          .execute();
        return rows.map(toIndicator);
      }),
    checkIndicator: (indicator, { byAccountId, byLogin, reason, at }) =>
      asTenant(async (db) => {
        const said = { checked_by: byAccountId, checked_login: storable(byLogin), checked_at: at };
        const { numUpdatedRows } = await db
          .updateTable("indicator")
          .set({ ...said, check_reason: storable(reason) })
          .where("installation_id", "=", id)
          .where("id", "=", indicator)
          .where("checked_by", "is", null)
          .where("revoked_at", "is", null)
          .where("until", ">", at)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
    confirmIndicator: (indicator, by, now) =>
      asTenant(async (db) => {
        const { numUpdatedRows } = await db
          .updateTable("indicator")
          .set({ confirmed_by: by })
          .where("installation_id", "=", id)
          .where("id", "=", indicator)
          .where("checked_by", "<>", by)
          .where("confirmed_by", "is", null)
          .where("revoked_at", "is", null)
          .where("until", ">", now)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
    tieAddresses: (account, hashes, now) => asTenant((db) => tie(db, id, { account, hashes, now })),
  };
}

const standing = (db: Db, id: InstallationId, now: Instant) =>
  db
    .selectFrom("indicator")
    .selectAll()
    .where("installation_id", "=", id)
    .where("until", ">", now)
    .where("revoked_at", "is", null);

/** Rows of one statement. */
const BATCH = 500;

async function keep(
  db: Db,
  id: InstallationId,
  { entries, at }: { readonly entries: readonly (Indicator & IndicatorSubject)[]; readonly at: Instant },
): ReturnType<TenantIndicators["keepIndicators"]> {
  const kept = { added: 0, renewed: 0, revoked: 0 };
  for (const isAddress of [false, true]) {
    const rows = entries
      .filter(({ emailHash }) => (emailHash !== null) === isAddress)
      .map((entry) => toRow(id, entry, at));
    for (let from = 0; from < rows.length; from += BATCH)
      for (const { isNew, isRevoked } of await insert(db, rows.slice(from, from + BATCH), isAddress)) {
        if (isRevoked) kept.revoked++;
        else if (isNew) kept.added++;
        else kept.renewed++;
      }
  }
  return kept;
}

type Row = ReturnType<typeof toRow>;

const toRow = (id: InstallationId, entry: Indicator & IndicatorSubject, at: Instant) => ({
  installation_id: id,
  account_id: entry.emailHash === null ? entry.account : null,
  email_hash: entry.emailHash,
  login: entry.login,
  source: storable(entry.source),
  origin: entry.origin && storable(entry.origin),
  reference: entry.reference && storable(entry.reference),
  is_primary: entry.isPrimary,
  confidence: entry.confidence,
  tlp: entry.tlp,
  reason: entry.reason && storable(entry.reason),
  at: entry.at,
  until: entry.until,
  imported_at: at,
});

async function insert(
  db: Db,
  rows: readonly Row[],
  isAddress: boolean,
): Promise<readonly { readonly isNew: boolean; readonly isRevoked: boolean }[]> {
  const written = await db
    .insertInto("indicator")
    .values([...rows])
    .onConflict((conflict) =>
      conflict
        .columns(["installation_id", "source", isAddress ? "email_hash" : "account_id"])
        .where("email_hash", isAddress ? "is not" : "is", null)
        .doUpdateSet((row) => ({
          ...Object.fromEntries(RENEWED.map((column) => [column, row.ref(`excluded.${column}`)])),
          // One that was taken back is not lengthened by the list that it came from.
          until: sql<Instant>`case when indicator.revoked_at is null then excluded.until else indicator.until end`,
        })),
    )
    .returning((row) => [
      // A row that this statement made has no earlier version.
      sql<boolean>`xmax = 0`.as("isNew"),
      row("revoked_at", "is not", null).as("isRevoked"),
    ])
    .execute();
  return written.map(({ isNew, isRevoked }) => ({ isNew, isRevoked: Boolean(isRevoked) }));
}

const RENEWED = [
  ...["login", "origin", "reference", "is_primary", "confidence", "tlp", "reason", "at", "imported_at"],
] as const;

async function tie(
  db: Db,
  id: InstallationId,
  { account, hashes, now }: { readonly account: AccountId; readonly hashes: readonly string[]; readonly now: Instant },
): Promise<number> {
  if (hashes.length === 0) return 0;
  const { numUpdatedRows } = await db
    .updateTable("indicator")
    // Whoever checked it did so for nobody's account, or for another one.
    .set({
      account_id: account,
      checked_by: null,
      checked_login: null,
      checked_at: null,
      check_reason: null,
      confirmed_by: null,
    })
    .where("installation_id", "=", id)
    .where("email_hash", "in", [...hashes])
    .where("until", ">", now)
    .where((row) => row.or([row("account_id", "is", null), row("account_id", "<>", account)]))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export const toIndicator = (row: Selectable<IndicatorTable>): KeptIndicator => ({
  id: row.id,
  ...subjectOf(row),
  login: row.login,
  source: row.source,
  origin: row.origin,
  reference: row.reference,
  isPrimary: row.is_primary,
  confidence: row.confidence,
  tlp: row.tlp,
  reason: row.reason,
  at: row.at,
  until: row.until,
  importedAt: row.imported_at,
  checked: checkedIn(row),
  confirmedBy: row.confirmed_by,
});

function subjectOf({ account_id: account, email_hash: emailHash }: Selectable<IndicatorTable>): IndicatorSubject {
  if (emailHash !== null) return { account, emailHash };
  if (account === null) throw new Error("an indicator about nobody");
  return { account, emailHash };
}

const checkedIn = ({ checked_by, checked_login, checked_at, check_reason }: Selectable<IndicatorTable>) =>
  checked_by === null || checked_at === null
    ? null
    : { byAccountId: checked_by, byLogin: checked_login ?? "", reason: check_reason ?? "", at: checked_at };
