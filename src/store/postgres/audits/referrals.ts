import type { Referral } from "../../../access/lines/grant-record.ts";
import type { AccountId, InstallationId } from "../../../ids.ts";
import type { TenantReferrals } from "../../grants.ts";
import type { Database } from "../engine/database.ts";
import type { Db } from "./rows.ts";

const ACT = ["installation_id", "account_id", "by_account_id", "repository_id"] as const;
/** In the column of repositories. */
const ORGANIZATION = 0 as const;

/** Who let whom in. */
export const referralsOf = (database: Database, id: InstallationId): TenantReferrals => ({
  recordReferral: ({ account, by, repository, role, at }) =>
    database.asTenant(id, async (db) => {
      const act = { account_id: account, by_account_id: by, repository_id: repository ?? ORGANIZATION };
      await db
        .insertInto("referral")
        .values({ installation_id: id, ...act, role, at })
        .onConflict((conflict) =>
          conflict
            .columns(ACT)
            .doUpdateSet({ role, at })
            .where((row) => row("referral.at", "<", at)),
        )
        .execute();
    }),
  letInBy: (by) =>
    database.asTenant(id, async (db) =>
      db
        .selectFrom("referral")
        .select((row) => ["account_id as accountId", row.fn.max("at").as("at")])
        .where("installation_id", "=", id)
        .where("by_account_id", "=", by)
        .groupBy("account_id")
        .orderBy("account_id")
        .execute(),
    ),
});

/** Acts of an account, and those by which it was let in, oldest first. */
export async function referralsNaming(db: Db, id: InstallationId, account: AccountId): Promise<readonly Referral[]> {
  const rows = await db
    .selectFrom("referral")
    .select(["account_id as account", "by_account_id as by", "repository_id", "role", "at"])
    .where("installation_id", "=", id)
    .where((row) => row.or([row("account_id", "=", account), row("by_account_id", "=", account)]))
    .orderBy("at")
    .orderBy("account_id")
    .orderBy("repository_id")
    .execute();
  return rows.map(({ repository_id, ...row }) => ({
    ...row,
    repository: repository_id === ORGANIZATION ? null : repository_id,
  }));
}
