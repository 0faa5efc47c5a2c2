import { type RawBuilder, sql } from "kysely";
import type { AccessAudit, AuditedAccount } from "../../../access/audit.ts";
import { effectiveAccess, type Held, type Holder } from "../../../access/effective.ts";
import {
  type HolderPage,
  type HolderQuery,
  type ListedHolder,
  listedHolder,
  viasOf,
} from "../../../access/holders/listed.ts";
import { type AccountKey, idOf, keyOf } from "../../../access/keys.ts";
import { ROLES, type Role, roleRank } from "../../../dossier/role.ts";
import type { AccountId, RepositoryId } from "../../../ids.ts";
import { storable } from "../engine/values.ts";
import { snapshotOfAccounts } from "./parts.ts";
import type { Audit, Db } from "./rows.ts";
import type { AuditHolder } from "./tables.ts";

/** A report's accounts as rows to search: what a list shows of each, but for its single roles. */
export const holderRows = ({ accounts, summary }: AccessAudit): readonly AuditHolder[] =>
  accounts.flatMap((account) => {
    const listed = listedHolder(account, { activeCount: summary.activeRepositories, on: null });
    return listed === null ? [] : [rowOf(listed)];
  });

const rowOf = (listed: ListedHolder): AuditHolder => ({
  ...{ account: idOf(listed.account), login: listed.login, kind: listed.kind, standing: listed.standing },
  ...{ role_rank: roleRank(listed.role), writes: listed.writes, vias: `,${viasOf(listed).join()},` },
  everywhere_rank: listed.everywhere === null ? 0 : roleRank(listed.everywhere.role),
});

interface Found extends AuditHolder {
  readonly place: number;
  readonly fit: number;
}

/** See `TenantAudits.holders`; null where this audit was stored before its holders were rows. */
export async function holdersOf(db: Db, audit: Audit, query: HolderQuery): Promise<HolderPage | null> {
  const mine = sql`audit_id = ${audit.id}`;
  const { rows: known } = await sql`select 1 from audit_holder where ${mine} limit 1`.execute(db);
  if (known.length === 0) return null;
  const on = query.repository === null ? null : await activeCalled(db, audit, query.repository);
  if (query.repository !== null && on === null) return NOBODY;
  const { rows } = await sql<Found>`with fit as (
      select holder.*, row_number() over (order by ${sql.raw(ORDERS[query.sort])}) as place, count(*) over () as fit
      from (${holders(mine, on)}) as holder
      where role_rank >= ${roleRank(query.role)} and ${narrowed(query)})
    select * from fit
    where place > coalesce((select place from fit where account = ${query.after === null ? null : idOf(query.after)}::bigint), 0)
    order by place limit ${query.limit}`.execute(db);
  const roles = await rolesOf(db, audit, rows);
  return {
    count: Number(rows[0]?.fit ?? 0),
    from: Number(rows[0]?.place ?? 1) - 1,
    rows: rows.map((row) => toListed(row, roles.accounts)),
    names: roles.names,
  };
}

const NOBODY: HolderPage = { count: 0, from: 0, rows: [], names: new Map() };

/** Texts are compared by code points, as the report's list does. */
const ORDERS: Readonly<Record<HolderQuery["sort"], string>> = {
  role: `role_rank desc, writes desc, lower(login) collate "C", account`,
  reach: `writes desc, lower(login) collate "C", account`,
  login: `lower(login) collate "C", account`,
};

/** Everybody, or those with any role on one repository and that role. */
function holders(mine: RawBuilder<unknown>, on: RepositoryId | null): RawBuilder<unknown> {
  if (on === null) return sql`select * from audit_holder where ${mine}`;
  const ranks = sql.raw(`case role ${ROLES.map((role) => `when '${role}' then ${roleRank(role)}`).join(" ")} end`);
  return sql`select audit_id, nr, holder.account, login, kind, standing, writes, vias, everywhere_rank,
      greatest(everywhere_rank, coalesce(own.role_rank, 0)) as role_rank
    from (select * from audit_holder where ${mine}) as holder
    left join (select account, max(${ranks}) as role_rank from audit_grant where ${mine} and repository = ${on} group by account)
      as own on own.account = holder.account`;
}

const narrowed = ({ login, standing, via }: HolderQuery): RawBuilder<unknown> =>
  sql.join(
    [
      sql`strpos(lower(login), ${storable(login).toLowerCase()}) > 0`,
      ...(standing === null ? [] : [sql`standing = ${standing}`]),
      ...(via === null ? [] : [sql`strpos(vias, ${`,${via},`}) > 0`]),
    ],
    sql` and `,
  );

async function activeCalled(db: Db, audit: Audit, name: string): Promise<RepositoryId | null> {
  const { rows } = await sql<{ id: RepositoryId }>`select id from audit_repository
    where audit_id = ${audit.id} and not archived and lower(name) = ${storable(name).toLowerCase()} order by id limit 1`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}

/** The single roles of the few that are shown. */
async function rolesOf(db: Db, audit: Audit, rows: readonly { readonly account: AccountId }[]) {
  const wanted = rows.map(({ account }) => account);
  const snapshot = await snapshotOfAccounts(db, audit, { accounts: wanted, owners: false });
  const { holders: accounts } = effectiveAccess(snapshot);
  return { accounts, names: new Map(snapshot.repositories.map(({ id, name }) => [id, name])) };
}

const toListed = (
  { account, login, kind, standing, role_rank, writes }: AuditHolder,
  accounts: ReadonlyMap<AccountKey, Holder>,
): ListedHolder => ({
  ...{ account: keyOf(account), login, kind, standing, role: ofRank(role_rank), writes },
  ...shownOf(accounts.get(keyOf(account))),
});

/** See `TenantAudits.holdings`. */
export async function holdingsOf(
  db: Db,
  audit: Audit,
  accounts: readonly AccountId[],
): Promise<readonly AuditedAccount[]> {
  const snapshot = await snapshotOfAccounts(db, audit, { accounts, owners: true });
  const { holders } = effectiveAccess(snapshot);
  return snapshot.accounts.flatMap(({ id: account, login, kind }) => {
    const holder = holders.get(account);
    return holder === undefined ? [] : [{ account, login, kind, standing: holder.standing, ...shownOf(holder) }];
  });
}

function shownOf(holder: Holder | undefined): Pick<AuditedAccount, "everywhere" | "effective"> {
  const shown = ({ role, sources }: Held) => ({ role, via: sources.map(({ source }) => source) });
  return {
    everywhere: holder?.everywhere ? shown(holder.everywhere) : null,
    effective: [...(holder?.pairs ?? [])].map(([repository, held]) => ({ repository, ...shown(held) })),
  };
}

const ofRank = (rank: number): Role => ROLES.find((role) => roleRank(role) === Number(rank)) ?? ROLES[0];
