import { type RawBuilder, sql } from "kysely";
import { MAX_FLAGS_PER_ACCOUNT } from "../../../access/flag.ts";
import type { AccessSnapshot } from "../../../access/grant.ts";
import { idOf, keyOf } from "../../../access/keys.ts";
import { type LiveAccess, type LiveAccount, type LiveSource, liveAccess } from "../../../access/live/live.ts";
import type { Instant } from "../../../clock.ts";
import { type AccountId, accountId, type RepositoryId, repositoryId } from "../../../ids.ts";
import type { Db } from "../audits/rows.ts";
import type { LiveEntry, LiveSourceTable, SourceFacts } from "./tables.ts";

/**
 * What GitHub said of one account since an audit, and of every source and repository that a part of the audit names. In
 * steps, each by the keys of the one before: nothing is known of how full these tables are, and one statement over both
 * would be planned as if they were empty.
 */
export async function liveOfAccount(
  db: Db,
  takenAt: Instant,
  { account, part }: { readonly account: AccountId; readonly part: AccessSnapshot },
): Promise<LiveAccess> {
  const own = await entriesWhere(db, sql`account = ${account}`);
  const sourcesOf = (kind: EntryRow["kind"]) => own.flatMap((row) => (row.kind === kind ? [row.source_id] : []));
  const heads = await sourcesWhere(
    db,
    takenAt,
    sql`(kind = 'account' and id = ${account})
      or (kind = 'team' and (label = any(${slugsIn(part)}::text[]) or id = any(${sourcesOf("team")}::bigint[])))`,
  );
  const roles = await entriesWhere(db, rolesOfTeams(sourcesOf("team")));
  const places = [...part.repositories.map(({ id }) => idOf(id)), ...repositoriesIn([...own, ...roles])];
  const first = sql`select id from live_source where kind = 'repository' order by id limit ${MAX_FLAGS_PER_ACCOUNT}`;
  const repositories = await sourcesWhere(
    db,
    takenAt,
    sql`kind = 'repository' and (id = any(${places}::bigint[]) or id in (${first}))`,
  );
  return joined([...heads, ...repositories], [...own, ...roles]);
}

/** Accounts of one repository that are read. */
const MAX_ACCOUNTS = 1_000;

/** What GitHub said of one repository since an audit: of its own grants and of the teams that have a role there. */
export async function liveOfRepository(
  db: Db,
  takenAt: Instant,
  { repository, part }: { readonly repository: RepositoryId; readonly part: AccessSnapshot },
): Promise<LiveAccess> {
  const own = await entriesWhere(db, sql`repository = ${repository}`);
  const teams = own.flatMap((row) => (row.kind === "team" ? [row.source_id] : []));
  const members = await entriesWhere(
    db,
    sql`kind = 'team' and source_id = any(${teams}::bigint[]) and account is not null
      order by account limit ${MAX_ACCOUNTS}`,
  );
  const known = [...part.accounts.map(({ id }) => idOf(id)), ...accountsIn([...own, ...members])];
  const sources = await sourcesWhere(
    db,
    takenAt,
    sql`(kind = 'repository' and id = ${repository})
      or (kind = 'team' and (label = any(${slugsIn(part)}::text[]) or id = any(${teams}::bigint[])))
      or (kind = 'account' and (facts->>'standing' = 'owner' or id = any(${known}::bigint[])))`,
  );
  return joined(sources, [...own, ...members]);
}

/** How an account belonged to the organisation when GitHub was last asked; null when it was not asked since. */
export async function liveStanding(
  db: Db,
  takenAt: Instant,
  account: AccountId,
): Promise<LiveAccount["standing"] | null> {
  const { rows } = await sql<{ standing: LiveAccount["standing"] | null }>`select coalesce(
    (select facts->>'standing' from live_source where kind = 'account' and id = ${account} and asked_at > ${takenAt}),
    (select 'member' from live_entry join live_source using (installation_id, kind)
      where source_id = id and kind = 'team' and account = ${account} and asked_at > ${takenAt} limit 1)) as standing`.execute(
    db,
  );
  return rows[0]?.standing ?? null;
}

/** Most weeks nothing of an account was said, and each statement costs as much as thousands of rows. */
export async function saidAnything(db: Db, takenAt: Instant): Promise<boolean> {
  const { rows } = await sql`select 1 from live_source where asked_at > ${takenAt} and kind <> 'rules' limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

const slugsIn = (part: AccessSnapshot): readonly string[] => [
  ...new Set(part.grants.flatMap(({ via }) => (via.team === undefined ? [] : [via.team]))),
];

type SourceRow = Omit<LiveSourceTable, "installation_id" | "facts"> & { readonly facts: SourceFacts };
type EntryRow = LiveEntry & Pick<LiveSourceTable, "kind"> & { readonly source_id: number };

const rolesOfTeams = (teams: readonly number[]) =>
  sql`kind = 'team' and source_id = any(${teams}::bigint[]) and repository is not null`;

const repositoriesIn = (rows: readonly EntryRow[]) =>
  rows.flatMap(({ repository }) => (repository === null ? [] : [repository]));
const accountsIn = (rows: readonly EntryRow[]) => rows.flatMap(({ account }) => (account === null ? [] : [account]));

async function sourcesWhere(db: Db, takenAt: Instant, which: RawBuilder<unknown>): Promise<readonly SourceRow[]> {
  const { rows } = await sql<SourceRow>`select kind, id, asked_at, label, facts from live_source
    where asked_at > ${takenAt} and (${which}) order by id`.execute(db);
  return rows;
}

async function entriesWhere(db: Db, which: RawBuilder<unknown>): Promise<readonly EntryRow[]> {
  const { rows } = await sql<EntryRow>`select kind, source_id, account, repository, label, role, facts
    from live_entry where ${which}`.execute(db);
  return rows;
}

function joined(sources: readonly SourceRow[], entries: readonly EntryRow[]): LiveAccess {
  const named = Map.groupBy(entries, ({ kind, source_id }) => `${kind} ${source_id}`);
  return liveAccess(sources.map((row) => sourceOf(row, named.get(`${row.kind} ${row.id}`) ?? [])));
}

function sourceOf({ kind, id, asked_at: askedAt, label, facts }: SourceRow, entries: readonly EntryRow[]): LiveSource {
  if (kind === "account")
    return { kind, id: keyOf(accountId(id)), login: label, askedAt, standing: facts.standing ?? "none" };
  if (kind === "team")
    return {
      ...{ kind, id, askedAt, slug: label },
      members: entries.flatMap(({ account, label: login }) =>
        account === null ? [] : [{ id: keyOf(account), login }],
      ),
      roles: entries.flatMap(({ repository, label: name, role, facts: known }) =>
        repository === null || role === null || known === null
          ? []
          : [{ repository: { id: keyOf(repository), name, ...known }, role }],
      ),
    };
  const key = keyOf(repositoryId(id));
  const direct = entries.flatMap(({ account, label: login, role }) =>
    account === null || role === null ? [] : [{ id: keyOf(account), login, role }],
  );
  return {
    ...{ kind: "repository", id: key, askedAt, ofOrganization: facts.ofOrganization ?? true },
    is: facts.is ? { id: key, name: label, ...facts.is } : null,
    direct: facts.directRead ? direct : null,
  };
}
