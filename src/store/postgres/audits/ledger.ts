import { type Selectable, sql } from "kysely";
import type { GrantRecord } from "../../../access/lines/grant-record.ts";
import type { InstallationId } from "../../../ids.ts";
import type { TenantGrants } from "../../grants.ts";
import type { Database } from "../engine/database.ts";
import { storable } from "../engine/values.ts";
import type { GrantRecordTable } from "../tenant/tables.ts";

/** Rows of one statement. */
const BATCH = 500;
const PAIR = ["installation_id", "account_id", "repository_id"] as const;

/** The ledger of grants. */
export function grantsOf(database: Database, id: InstallationId): TenantGrants {
  const pairOf = ({ account, repository }: Pick<GrantRecord, "account" | "repository">) => ({
    ...{ installation_id: id, account_id: account, repository_id: repository },
  });
  return {
    recordGrant: (pair, { by, at, role }) =>
      database.asTenant(id, async (db) => {
        const given = { given_by: by.accountId, given_login: storable(by.login), given_at: at, given_role: role };
        await db
          .insertInto("grant_record")
          .values({ ...pairOf(pair), ...given, ...NOT_NOTED, seen_at: at })
          .onConflict((conflict) =>
            conflict
              .columns(PAIR)
              .doUpdateSet({ ...given, seen_at: at })
              .where((row) =>
                row.or([row("grant_record.given_at", "is", null), row("grant_record.given_at", "<", at)]),
              ),
          )
          .execute();
      }),
    noteGrant: (pair, { reason, until, by, at }) =>
      database.asTenant(id, async (db) => {
        const noted = {
          ...{ reason: storable(reason), until, noted_by: by.accountId },
          ...{ noted_login: storable(by.login), noted_at: at },
        };
        await db
          .insertInto("grant_record")
          .values({ ...pairOf(pair), ...NOT_GIVEN, ...noted, seen_at: at })
          .onConflict((conflict) => conflict.columns(PAIR).doUpdateSet({ ...noted, seen_at: at }))
          .execute();
      }),
    grantRecords: (of) =>
      database.asTenant(id, async (db) => {
        let rows = db.selectFrom("grant_record").selectAll().where("installation_id", "=", id);
        if (of && "account" in of) rows = rows.where("account_id", "=", of.account);
        if (of && "repository" in of) rows = rows.where("repository_id", "=", of.repository);
        return (await rows.orderBy("account_id").orderBy("repository_id").execute()).map(toRecord);
      }),
    forgetGrant: ({ account, repository }, goneAt) =>
      database.asTenant(id, async (db) => {
        await db
          .deleteFrom("grant_record")
          .where("installation_id", "=", id)
          .where("account_id", "=", account)
          .where("repository_id", "=", repository)
          .where((row) => row.or([row("given_at", "is", null), row("given_at", "<=", goneAt)]))
          .execute();
      }),
    async grantsSeen(pairs, at) {
      for (let from = 0; from < pairs.length; from += BATCH) {
        const batch = pairs.slice(from, from + BATCH);
        const [accounts, repositories] = [batch.map(({ account }) => account), batch.map((one) => one.repository)];
        await database.asTenant(id, (db) =>
          sql`update grant_record set seen_at = ${at} from unnest(${accounts}::bigint[], ${repositories}::bigint[])
          as seen (account, repository) where installation_id = ${id} and account_id = seen.account
          and repository_id = seen.repository`.execute(db),
        );
      }
    },
  };
}

const NOT_GIVEN = { given_by: null, given_login: null, given_at: null, given_role: null };
const NOT_NOTED = { reason: null, until: null, noted_by: null, noted_login: null, noted_at: null };

export const toRecord = (row: Selectable<GrantRecordTable>): GrantRecord => ({
  account: row.account_id,
  repository: row.repository_id,
  given:
    row.given_by === null || row.given_at === null || row.given_role === null
      ? null
      : { by: { accountId: row.given_by, login: row.given_login ?? "" }, at: row.given_at, role: row.given_role },
  noted:
    row.noted_by === null || row.noted_at === null || row.reason === null
      ? null
      : {
          ...{ reason: row.reason, until: row.until, at: row.noted_at },
          by: { accountId: row.noted_by, login: row.noted_login ?? "" },
        },
});
