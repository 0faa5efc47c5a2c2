import { sql } from "kysely";
import type { Dossier } from "../../../dossier/dossier.ts";
import type { AccountId, InstallationId } from "../../../ids.ts";
import type { AsTenant } from "../audits/rows.ts";

/**
 * Takes an account's number out of what is kept about others: who merged their work, whom they follow, who published the
 * same before them, who made commits of their pull requests. Their histories and facts are read anew when they are
 * wanted; of a report that somebody may have decided by the rest stays.
 */
export async function eraseFromOthers(asTenant: AsTenant, id: InstallationId, account: AccountId): Promise<void> {
  await asTenant(async (db) => {
    for (const table of ["account_history", "account_cache"] as const)
      await sql`delete from ${sql.table(table)}
        where installation_id = ${id} and account_id <> ${account} and ${naming("sections", account)}`.execute(db);
  });
  const reports = await asTenant((db) =>
    db
      .selectFrom("report")
      .select("id")
      .where("installation_id", "=", id)
      .where(sql<boolean>`account_id is distinct from ${account} and ${naming("dossier", account)}`)
      .execute(),
  );
  // One at a time, because a dossier may be large.
  for (const { id: report } of reports)
    await asTenant(async (db) => {
      const row = await db
        .selectFrom("report")
        .select("dossier")
        .where("installation_id", "=", id)
        .where("id", "=", report)
        .executeTakeFirst();
      if (row === undefined) return;
      const { sections, ...rest } = row.dossier;
      const ties = sections[TIES];
      const others = { ...sections, ...(ties && { [TIES]: withoutTies(ties, account) }) };
      await db
        .updateTable("report")
        .set({ dossier: JSON.stringify({ ...rest, sections: withoutAccount(others, account) }) })
        .where("installation_id", "=", id)
        .where("id", "=", report)
        .execute();
    });
}

/** Documents in which the number stands by itself; as text, because JSON functions refuse characters that people send. */
const naming = (column: string, account: AccountId) =>
  sql<boolean>`${sql.ref(column)}::text ~ ${`[^0-9]${account}[^0-9]`}`;

const TIES = "network.ties";

/** Lists of numbers of accounts, and members that hold one or nothing. */
const LISTS: ReadonlySet<string> = new Set(["authorAccountIds", "followedIds", "earlierIds"]);
const MEMBERS: ReadonlySet<string> = new Set(["authorAccountId", "committerAccountId", "signerAccountId"]);

function withoutAccount(value: unknown, account: AccountId): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutAccount(item, account));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (MEMBERS.has(name) && member === account) return [name, null];
      if (LISTS.has(name) && Array.isArray(member)) return [name, member.filter((item) => item !== account)];
      return [name, withoutAccount(member, account)];
    }),
  );
}

/** A graph that somebody was taken out of is one of which somebody was not read: what it no longer shows is unknown. */
function withoutTies(section: Dossier["sections"]["network.ties"], account: AccountId): typeof section {
  if (section.state !== "present") return section;
  const { value: ties } = section;
  const accounts = ties.accounts.filter(({ id }) => id !== account);
  const edges = ties.edges.filter(({ author, merger }) => author !== account && merger !== account);
  const isNamed = accounts.length < ties.accounts.length || edges.length < ties.edges.length;
  const unreadCount = ties.unreadCount + (isNamed ? 1 : 0);
  const followedIds = ties.followedIds?.filter((one) => one !== account) ?? null;
  return { ...section, value: { ...ties, accounts, edges, unreadCount, followedIds } };
}
