import { type Selectable, sql, type Transaction } from "kysely";
import type { AccessRepository, AccessSnapshot, Grant } from "../../../access/grant.ts";
import { idOf, keyOf } from "../../../access/keys.ts";
import type { InstallationId } from "../../../ids.ts";
import type { Tables } from "../schema.ts";
import { beginningOf } from "./pieces.ts";
import { settingRows, settingsOf } from "./settings.ts";
import type { AuditAccount, AuditGrant, AuditHolder, AuditRepository, AuditSetting, AuditTable } from "./tables.ts";

export type Db = Transaction<Tables>;
/** One transaction of the installation. */
export type AsTenant = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

export type Audit = Pick<Selectable<AuditTable>, "id" | "about">;

/** A list of an audit as a table; a row keeps its place in the list as `nr`. */
interface List<Row> {
  readonly table:
    | "audit_piece"
    | "audit_holder"
    | "audit_account"
    | "audit_repository"
    | "audit_grant"
    | "audit_setting";
  /** By name, with their types. */
  readonly columns: Readonly<Record<keyof Row, string>>;
  /** Rows of one statement: a few milliseconds of the embedded database. */
  readonly batch: number;
}

const PIECES: List<{ readonly piece: string }> = { table: "audit_piece", columns: { piece: "text" }, batch: 2 };
export const ACCOUNTS: List<AuditAccount> = {
  table: "audit_account",
  columns: { id: "bigint", login: "text", kind: "text", owner: "boolean", member: "boolean" },
  batch: 200,
};
export const REPOSITORIES: List<AuditRepository> = {
  table: "audit_repository",
  columns: { id: "bigint", name: "text", visibility: "text", archived: "boolean", default_branch: "text" },
  batch: 200,
};
export const GRANTS: List<AuditGrant> = {
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

export const SETTINGS: List<AuditSetting> = {
  table: "audit_setting",
  columns: { list: "text", repository: "bigint", account: "bigint", entry: "text" },
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
  await save(REPOSITORIES, snapshot.repositories, ({ id: repository, defaultBranch = null, ...rest }) => ({
    ...{ ...rest, id: idOf(repository), default_branch: defaultBranch },
  }));
  await save(GRANTS, snapshot.grants, ({ account, repository, role, via }) => ({
    ...{ account: idOf(account), repository: idOf(repository), role },
    ...{ via: via.kind, team: via.team ?? null },
  }));
  await save(SETTINGS, settingRows(snapshot), (row) => row);
}

/** The pieces of a report, in their order. */
export async function readPieces(asTenant: AsTenant, audit: string): Promise<readonly string[]> {
  const pieces: string[] = [];
  await eachBatch(asTenant, audit, PIECES, (rows) => pieces.push(...rows.map(({ piece }) => piece)));
  return pieces;
}

/** The same without those of the list of accounts, which are most of a large report. */
export async function readPiecesButAccounts(asTenant: AsTenant, audit: string): Promise<readonly string[]> {
  const { rows } = await asTenant((db) =>
    sql<{ nr: number }>`select nr from audit_piece
      where audit_id = ${audit} and not starts_with(piece, ${beginningOf("accounts")}) order by nr`.execute(db),
  );
  const pieces: string[] = [];
  for (let from = 0; from < rows.length; from += PIECES.batch) {
    const wanted = rows.slice(from, from + PIECES.batch).map(({ nr }) => nr);
    const batch = await asTenant((db) =>
      sql<{ piece: string }>`select piece from audit_piece
        where audit_id = ${audit} and nr = any (${wanted}::bigint[]) order by nr`.execute(db),
    );
    pieces.push(...batch.rows.map(({ piece }) => piece));
  }
  return pieces;
}

/** The whole snapshot as it was stored, a batch in each transaction. */
export async function readSnapshot(asTenant: AsTenant, { id, about }: Audit): Promise<AccessSnapshot> {
  const lists = noLists();
  await eachBatch(asTenant, id, ACCOUNTS, (accounts) => add(lists, { accounts }));
  await eachBatch(asTenant, id, REPOSITORIES, (repositories) => add(lists, { repositories }));
  await eachBatch(asTenant, id, GRANTS, (grants) => add(lists, { grants }));
  const settings: AuditSetting[] = [];
  await eachBatch(asTenant, id, SETTINGS, (rows) => settings.push(...rows));
  const { read = [], ...head } = about;
  return { ...head, ...lists, ...settingsOf(read, settings) };
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

/** What a snapshot lists, or a part of it. */
export interface Rows {
  readonly accounts: readonly AuditAccount[];
  readonly repositories: readonly AuditRepository[];
  readonly grants: readonly AuditGrant[];
}

type Lists = { readonly [Name in ListName]: AccessSnapshot[Name][number][] };
type ListName = "accounts" | "owners" | "members" | "repositories" | "grants";

export const noLists = (): Lists => ({ accounts: [], owners: [], members: [], repositories: [], grants: [] });

/** Adds rows to the lists, so that no more than a batch is ever there twice. */
export function add(lists: Lists, { accounts = [], repositories = [], grants = [] }: Partial<Rows>): Lists {
  for (const { id, login, kind, owner, member } of accounts) {
    lists.accounts.push({ id: keyOf(id), login, kind });
    if (owner) lists.owners.push(keyOf(id));
    if (member) lists.members.push(keyOf(id));
  }
  for (const row of repositories) lists.repositories.push(repositoryOf(row));
  for (const row of grants) lists.grants.push(grantOf(row));
  return lists;
}

const repositoryOf = ({ id, default_branch: defaultBranch, ...rest }: AuditRepository): AccessRepository => ({
  ...{ ...rest, id: keyOf(id) },
  ...(defaultBranch !== null && { defaultBranch }),
});

const grantOf = ({ account, repository, role, via, team }: AuditGrant): Grant => ({
  account: keyOf(account),
  repository: keyOf(repository),
  role,
  via: { kind: via, ...(team !== null && { team }) },
});
