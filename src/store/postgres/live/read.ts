import { type RawBuilder, sql } from "kysely";
import { MAX_FLAGS_PER_ACCOUNT } from "../../../access/flag.ts";
import type { AccessSnapshot } from "../../../access/grant.ts";
import { idOf, keyOf } from "../../../access/keys.ts";
import { type LiveAccess, type LiveAccount, type LiveSource, liveAccess } from "../../../access/live/live.ts";
import type { Instant } from "../../../clock.ts";
import { type AccountId, accountId, type RepositoryId, repositoryId } from "../../../ids.ts";
import type { Db } from "../audits/rows.ts";
import type { LiveEntry, LiveSourceTable, SourceFacts } from "./tables.ts";

/** What GitHub said of one account since an audit, and of every source and repository that a part of the audit names. */
export async function liveOfAccount(
  db: Db,
  takenAt: Instant,
  { account, part }: { readonly account: AccountId; readonly part: AccessSnapshot },
): Promise<LiveAccess> {
  const inside = (kind: string) => sql`select source_id from live_entry where kind = ${kind} and account = ${account}`;
  return joined(db, takenAt, {
    sources: sql`
      (kind = 'account' and id = ${account})
      or (kind = 'team' and (label = any(${slugsIn(part)}::text[]) or id in (${inside("team")})))
      or (kind = 'repository' and (id = any(${part.repositories.map(({ id }) => idOf(id))}::bigint[])
        or id in (${inside("repository")})
        or id in (select repository from live_entry where kind = 'team' and source_id in (${inside("team")}))
        or id in (select id from live_source where kind = 'repository' order by id limit ${MAX_FLAGS_PER_ACCOUNT})))`,
    entries: sql`account = ${account} or (kind = 'team' and repository is not null and source_id in (${inside("team")}))`,
  });
}

/** Accounts of one repository that are read. */
const MAX_ACCOUNTS = 1_000;

/** What GitHub said of one repository since an audit: of its own grants and of the teams that have a role there. */
export async function liveOfRepository(
  db: Db,
  takenAt: Instant,
  { repository, part }: { readonly repository: RepositoryId; readonly part: AccessSnapshot },
): Promise<LiveAccess> {
  const teams = sql`select source_id from live_entry where kind = 'team' and repository = ${repository}`;
  const here = sql`(kind = 'repository' and source_id = ${repository}) or (kind = 'team' and source_id in (${teams}))`;
  const known = part.accounts.map(({ id }) => idOf(id)) ?? [];
  return joined(db, takenAt, {
    sources: sql`
      (kind = 'repository' and id = ${repository})
      or (kind = 'team' and (label = any(${slugsIn(part)}::text[]) or id in (${teams})))
      or (kind = 'account' and (facts->>'standing' = 'owner' or id = any(${known}::bigint[])
        or id in (select account from live_entry where ${here})))`,
    entries: sql`(${here}) and (repository is null or repository = ${repository})`,
  });
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

async function joined(
  db: Db,
  takenAt: Instant,
  which: { readonly sources: RawBuilder<unknown>; readonly entries: RawBuilder<unknown> },
): Promise<LiveAccess> {
  const { rows: sources } = await sql<SourceRow>`select kind, id, asked_at, label, facts from live_source
    where asked_at > ${takenAt} and (${which.sources}) order by id`.execute(db);
  if (sources.length === 0) return liveAccess([]);
  const { rows: entries } = await sql<EntryRow>`select kind, source_id, account, repository, label, role, facts
    from live_entry where ${which.entries} order by repository nulls last, account limit ${MAX_ENTRIES}`.execute(db);
  const named = Map.groupBy(entries, ({ kind, source_id }) => `${kind} ${source_id}`);
  return liveAccess(sources.map((row) => sourceOf(row, named.get(`${row.kind} ${row.id}`) ?? [])));
}

/** Roles of one account, or people on one repository. */
const MAX_ENTRIES = 20 * MAX_ACCOUNTS;

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
