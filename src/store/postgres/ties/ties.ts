import type { Transaction } from "kysely";
import { type KeyUse, MOST_SHARING, type Tie } from "../../../clusters/tie.ts";
import type { Reader } from "../../../history/traces/scan.ts";
import type { AccountId, InstallationId } from "../../../ids.ts";
import type { TenantTies } from "../../accounts.ts";
import type { Subject } from "../../subject.ts";
import type { Database } from "../engine/database.ts";
import type { Tables } from "../schema.ts";

type Db = Transaction<Tables>;

/** Keys and merges by which accounts can be joined. */
export function tiesOf(database: Database, id: InstallationId): TenantTies {
  return {
    joiningTies: () =>
      database.asTenant(id, async (db) => ({ keyUses: await sharedKeys(db, id), merges: await ringMerges(db, id) })),
  };
}

/** Puts what a reading showed in the place of what the same reader's last one did. */
export async function replaceTies(
  db: Db,
  id: InstallationId,
  of: { readonly account: AccountId; readonly reader: Reader; readonly ties: readonly Tie[] },
): Promise<void> {
  const { account, reader, ties } = of;
  await db
    .deleteFrom("account_tie")
    .where("installation_id", "=", id)
    .where("account_id", "=", account)
    .where("reader", "=", reader)
    .execute();
  if (ties.length === 0) return;
  await db
    .insertInto("account_tie")
    .values(
      ties.map((tie) => ({
        ...{ installation_id: id, account_id: account, reader, kind: tie.kind },
        ...(tie.kind === "key"
          ? { mark: tie.mark, author_id: null, merger_id: null }
          : { mark: `${tie.authorId} ${tie.mergerId}`, author_id: tie.authorId, merger_id: tie.mergerId }),
        ...{ count: tie.count, first_at: tie.firstAt, last_at: tie.lastAt },
      })),
    )
    .execute();
}

/** Uses of keys that two accounts and more have, and not so many that they are a team's; of two readers one of each. */
async function sharedKeys(db: Db, id: InstallationId): Promise<readonly KeyUse[]> {
  const keys = db.selectFrom("account_tie").where("installation_id", "=", id).where("kind", "=", "key");
  const shared = keys
    .select("mark")
    .groupBy("mark")
    .having((row) => row.fn.count("account_id").distinct(), ">=", 2)
    .having((row) => row.fn.count("account_id").distinct(), "<=", MOST_SHARING);
  const rows = await keys
    .select((row) => [
      ...(["mark", "account_id"] as const),
      row.fn.max("count").as("count"),
      row.fn.min("first_at").as("firstAt"),
      row.fn.max("last_at").as("lastAt"),
    ])
    .where("mark", "in", shared)
    .groupBy(["mark", "account_id"])
    .orderBy("mark")
    .orderBy("account_id")
    .execute();
  return rows.map(({ account_id: accountId, ...use }) => ({ ...use, accountId }));
}

/** Everything that ties an account, whoever's repositories showed it. */
export const tiesWith = (db: Db, id: InstallationId, account: AccountId): Promise<Subject["ties"]> =>
  db
    .selectFrom("account_tie")
    .select(["kind", "mark", "account_id as seenWith", "count", "first_at as firstAt", "last_at as lastAt"])
    .where("installation_id", "=", id)
    .where((row) =>
      row.or([row("account_id", "=", account), row("author_id", "=", account), row("merger_id", "=", account)]),
    )
    .orderBy("account_id")
    .orderBy("kind")
    .orderBy("mark")
    .execute();

async function ringMerges(db: Db, id: InstallationId): Promise<readonly Extract<Tie, { readonly kind: "ring" }>[]> {
  const rows = await db
    .selectFrom("account_tie")
    .select(["author_id", "merger_id", "count", "first_at as firstAt", "last_at as lastAt"])
    .where("installation_id", "=", id)
    .where("kind", "=", "ring")
    .orderBy("account_id")
    .orderBy("mark")
    .execute();
  return rows.flatMap(({ author_id: authorId, merger_id: mergerId, ...seen }) =>
    authorId === null || mergerId === null ? [] : [{ kind: "ring", authorId, mergerId, ...seen } as const],
  );
}
