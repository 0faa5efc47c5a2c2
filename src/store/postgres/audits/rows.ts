import { type RawBuilder, type Selectable, sql, type Transaction } from "kysely";
import { MAX_FLAGS_PER_ACCOUNT } from "../../../access/flag.ts";
import { type AccessRepository, type AccessSnapshot, canWrite, type Grant } from "../../../access/grant.ts";
import { idOf, keyOf } from "../../../access/keys.ts";
import type { AccountId, InstallationId, RepositoryId } from "../../../ids.ts";
import type { Tables } from "../schema.ts";
import type { AuditAccount, AuditGrant, AuditHolder, AuditRepository, AuditTable } from "./tables.ts";

export type Db = Transaction<Tables>;
/** One transaction of the installation. */
export type AsTenant = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

export type Audit = Pick<Selectable<AuditTable>, "id" | "about">;

/** A list of an audit as a table; a row keeps its place in the list as `nr`. */
interface List<Row> {
  readonly table: "audit_piece" | "audit_holder" | "audit_account" | "audit_repository" | "audit_grant";
  /** By name, with their types. */
  readonly columns: Readonly<Record<keyof Row, string>>;
  /** Rows of one statement: a few milliseconds of the embedded database. */
  readonly batch: number;
}

const PIECES: List<{ readonly piece: string }> = { table: "audit_piece", columns: { piece: "text" }, batch: 2 };
const ACCOUNTS: List<AuditAccount> = {
  table: "audit_account",
  columns: { id: "bigint", login: "text", kind: "text", owner: "boolean", member: "boolean" },
  batch: 200,
};
const REPOSITORIES: List<AuditRepository> = {
  table: "audit_repository",
  columns: { id: "bigint", name: "text", visibility: "text", archived: "boolean" },
  batch: 200,
};
const GRANTS: List<AuditGrant> = {
  table: "audit_grant",
  columns: { account: "bigint", repository: "bigint", role: "text", via: "text", team: "text" },
  batch: 200,
};

const HOLDERS: List<AuditHolder> = {
  table: "audit_holder",
  columns: {
    ...{ account: "bigint", login: "text", kind: "text", standing: "text", role_rank: "int", writes: "int" },
    ...{ vias: "text", everywhere_rank: "int" },
  },
  batch: 200,
};

/** Stores what a snapshot lists and the pieces of its report, a batch in each transaction. */
export async function saveLists(
  asTenant: AsTenant,
  { id, installation }: { readonly id: string; readonly installation: InstallationId },
  {
    snapshot,
    pieces,
    holders,
  }: {
    readonly snapshot: AccessSnapshot;
    readonly pieces: readonly string[];
    readonly holders: readonly AuditHolder[];
  },
): Promise<void> {
  async function save<Item, Row>(
    { table, columns, batch }: List<Row>,
    items: readonly Item[],
    toRow: (item: Item) => Row,
  ) {
    const names = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
    for (let nr = 0; nr < items.length; nr += batch) {
      const rows = items.slice(nr, nr + batch).map((item, index) => ({ nr: nr + index, ...toRow(item) }));
      await asTenant((db) =>
        sql`insert into ${sql.table(table)} select ${installation}::bigint, ${id}::text, given.*
          from json_to_recordset(${JSON.stringify(rows)}::json) as given (nr bigint, ${sql.raw(names.join())})`.execute(
          db,
        ),
      );
    }
  }
  const [owners, members] = [new Set(snapshot.owners), new Set(snapshot.members)];
  await save(PIECES, pieces, (piece) => ({ piece }));
  await save(HOLDERS, holders, (holder) => holder);
  await save(ACCOUNTS, snapshot.accounts, ({ id: account, login, kind }) => ({
    ...{ id: idOf(account), login, kind },
    ...{ owner: owners.has(account), member: members.has(account) },
  }));
  await save(REPOSITORIES, snapshot.repositories, (repository) => ({ ...repository, id: idOf(repository.id) }));
  await save(GRANTS, snapshot.grants, ({ account, repository, role, via }) => ({
    ...{ account: idOf(account), repository: idOf(repository), role },
    ...{ via: via.kind, team: via.team ?? null },
  }));
}

/** The pieces of a report, in their order. */
export async function readPieces(asTenant: AsTenant, audit: string): Promise<readonly string[]> {
  const pieces: string[] = [];
  await eachBatch(asTenant, audit, PIECES, (rows) => pieces.push(...rows.map(({ piece }) => piece)));
  return pieces;
}

/** The whole snapshot as it was stored, a batch in each transaction. */
export async function readSnapshot(asTenant: AsTenant, { id, about }: Audit): Promise<AccessSnapshot> {
  const lists = noLists();
  await eachBatch(asTenant, id, ACCOUNTS, (accounts) => add(lists, { accounts }));
  await eachBatch(asTenant, id, REPOSITORIES, (repositories) => add(lists, { repositories }));
  await eachBatch(asTenant, id, GRANTS, (grants) => add(lists, { grants }));
  return { ...about, ...lists };
}

/**
 * A batch comes as one text, which costs a tenth of as many rows; and by the numbers of its places, because statistics
 * of a table that has just been filled would have the database sort all of it for each batch.
 */
async function eachBatch<Row>(
  asTenant: AsTenant,
  audit: string,
  { table, columns, batch }: List<Row>,
  take: (rows: readonly Row[]) => void,
): Promise<void> {
  for (let nr = 0; ; nr += batch) {
    const { rows } = await asTenant((db) =>
      sql<{ rows: string | null }>`select json_agg(given)::text as rows from (
        select ${sql.raw(Object.keys(columns).join())} from ${sql.table(table)}
        where audit_id = ${audit} and nr >= ${nr} and nr < ${nr + batch} order by nr) as given`.execute(db),
    );
    const text = rows[0]?.rows ?? null;
    if (text === null) return;
    take(JSON.parse(text));
  }
}

/** See `TenantAudits.rolesOf`. Each statement costs as much as thousands of rows: most accounts take one. */
export async function rowsOfAccount(
  db: Db,
  audit: Audit,
  { account, repository }: { readonly account: AccountId; readonly repository: RepositoryId | null },
): Promise<AccessSnapshot> {
  const held = sql`select repository from audit_grant where audit_id = ${audit.id} and account = ${account}`;
  const known = (where: RawBuilder<unknown>) =>
    list(REPOSITORIES.columns, sql`audit_repository where audit_id = ${audit.id} and ${where}`);
  const { rows } = await sql<Rows>`select
    ${list(ACCOUNTS.columns, sql`audit_account where audit_id = ${audit.id} and id = ${account}`)} as accounts,
    ${list(GRANTS.columns, sql`audit_grant where audit_id = ${audit.id} and account = ${account} order by nr`)} as grants,
    ${known(sql`id in (${held} union select ${repository}::bigint)`)} as repositories`.execute(db);
  const found = rows[0] ?? { accounts: [], grants: [], repositories: [] };
  const base = audit.about.organization.basePermission;
  if (found.accounts.every(({ owner, member }) => !owner && !(member && base !== "none" && canWrite(base))))
    return snapshotOf(audit, found);
  const more = await sql<Pick<Rows, "repositories">>`select
    ${known(sql`not archived order by nr limit ${MAX_FLAGS_PER_ACCOUNT}`)} as repositories`.execute(db);
  const first = more.rows[0]?.repositories ?? [];
  const others = found.repositories.filter(({ id }) => first.every((one) => one.id !== id));
  return snapshotOf(audit, { ...found, repositories: [...first, ...others] });
}

/**
 * What an audit says of some accounts, and the repositories that they have roles of their own on; one that is active with
 * them, without which ownership would give nothing.
 */
export async function snapshotOfAccounts(
  db: Db,
  audit: Audit,
  accounts: readonly AccountId[],
): Promise<AccessSnapshot> {
  const held = sql`audit_grant where audit_id = ${audit.id} and account = any (${accounts}::bigint[])`;
  const { rows } = await sql<Rows>`select
    ${list(ACCOUNTS.columns, sql`audit_account where audit_id = ${audit.id} and id = any (${accounts}::bigint[])`)} as accounts,
    ${list(GRANTS.columns, sql`${held} order by nr`)} as grants,
    ${list(
      REPOSITORIES.columns,
      sql`audit_repository where audit_id = ${audit.id} and (id in (select repository from ${held})
        or nr = (select min(nr) from audit_repository where audit_id = ${audit.id} and not archived))`,
    )} as repositories`.execute(db);
  return snapshotOf(audit, rows[0] ?? { accounts: [], grants: [], repositories: [] });
}

/** Rows as one text of JSON, empty list where there are none. */
const list = (columns: object, from: RawBuilder<unknown>) => sql`(select coalesce(json_agg(given), '[]') from (
  select ${sql.raw(Object.keys(columns).join())} from ${from}) as given)`;

/** Accounts of one repository that are read; a page lists no more. */
const MAX_ACCOUNTS = 1_000;

/** See `TenantAudits.rolesOn`. */
export async function rowsOfRepository(db: Db, audit: Audit, repository: RepositoryId): Promise<AccessSnapshot | null> {
  const held = sql`select account from audit_grant where audit_id = ${audit.id} and repository = ${repository}`;
  const { rows } = await sql<Rows>`select
    ${list(
      ACCOUNTS.columns,
      sql`audit_account where audit_id = ${audit.id} and (owner or id in (${held}))
      order by nr limit ${MAX_ACCOUNTS}`,
    )} as accounts,
    ${list(GRANTS.columns, sql`audit_grant where audit_id = ${audit.id} and repository = ${repository} order by nr`)} as grants,
    ${list(REPOSITORIES.columns, sql`audit_repository where audit_id = ${audit.id} and id = ${repository}`)} as repositories`.execute(
    db,
  );
  const [found] = rows;
  return found === undefined || found.repositories.length === 0 ? null : snapshotOf(audit, found);
}

/** What a snapshot lists, or a part of it. */
interface Rows {
  readonly accounts: readonly AuditAccount[];
  readonly repositories: readonly AuditRepository[];
  readonly grants: readonly AuditGrant[];
}

const snapshotOf = ({ about }: Audit, rows: Rows): AccessSnapshot => ({ ...about, ...add(noLists(), rows) });

type Lists = { readonly [Name in ListName]: AccessSnapshot[Name][number][] };
type ListName = "accounts" | "owners" | "members" | "repositories" | "grants";

const noLists = (): Lists => ({ accounts: [], owners: [], members: [], repositories: [], grants: [] });

/** Adds rows to the lists, so that no more than a batch is ever there twice. */
function add(lists: Lists, { accounts = [], repositories = [], grants = [] }: Partial<Rows>): Lists {
  for (const { id, login, kind, owner, member } of accounts) {
    lists.accounts.push({ id: keyOf(id), login, kind });
    if (owner) lists.owners.push(keyOf(id));
    if (member) lists.members.push(keyOf(id));
  }
  for (const row of repositories) lists.repositories.push(repositoryOf(row));
  for (const row of grants) lists.grants.push(grantOf(row));
  return lists;
}

const repositoryOf = ({ id, name, visibility, archived }: AuditRepository): AccessRepository => ({
  id: keyOf(id),
  name,
  visibility,
  archived,
});

const grantOf = ({ account, repository, role, via, team }: AuditGrant): Grant => ({
  account: keyOf(account),
  repository: keyOf(repository),
  role,
  via: { kind: via, ...(team !== null && { team }) },
});
