import { type RawBuilder, sql } from "kysely";
import { MAX_FLAGS_PER_ACCOUNT } from "../../../access/flag.ts";
import { type AccessSettings, type AccessSnapshot, canWrite } from "../../../access/grant.ts";
import type { LiveAccount } from "../../../access/live/live.ts";
import type { AccountId, RepositoryId } from "../../../ids.ts";
import { ACCOUNTS, type Audit, add, type Db, GRANTS, noLists, REPOSITORIES, type Rows, SETTINGS } from "./rows.ts";
import { settingsOf } from "./settings.ts";
import type { AuditSetting } from "./tables.ts";

/** See `TenantAudits.rolesOf`. Each statement costs as much as thousands of rows: most accounts take one. */
export async function rowsOfAccount(
  db: Db,
  audit: Audit,
  {
    account,
    repository,
    standing,
  }: {
    readonly account: AccountId;
    readonly repository: RepositoryId | null;
    /** How the account belongs to the organisation by now; null when nothing was said since. */
    readonly standing: LiveAccount["standing"] | null;
  },
): Promise<AccessSnapshot> {
  const held = sql`select repository from audit_grant where audit_id = ${audit.id} and account = ${account}`;
  const known = (where: RawBuilder<unknown>) =>
    list(REPOSITORIES.columns, sql`audit_repository where audit_id = ${audit.id} and ${where}`);
  const { rows } = await sql<Part>`select
    ${list(ACCOUNTS.columns, sql`audit_account where audit_id = ${audit.id} and id = ${account}`)} as accounts,
    ${list(GRANTS.columns, sql`audit_grant where audit_id = ${audit.id} and account = ${account} order by nr`)} as grants,
    ${known(sql`id in (${held} union select ${repository}::bigint)`)} as repositories,
    ${list(SETTINGS.columns, sql`audit_setting where audit_id = ${audit.id} and ${ROLES_OF_ALL} and account = ${account} order by nr`)} as roles`.execute(
    db,
  );
  const found = rows[0] ?? { accounts: [], grants: [], repositories: [], roles: [] };
  const base = audit.about.organization.basePermission;
  const writesAsMember = base !== "none" && canWrite(base);
  const writesByStanding =
    standing === "owner" ||
    (standing === "member" && writesAsMember) ||
    found.accounts.some(({ owner, member }) => owner || (member && writesAsMember));
  // Roles of the organisation that cannot write are not kept.
  if (!writesByStanding && found.roles.length === 0) return snapshotOf(audit, found);
  const more = await sql<Pick<Rows, "repositories">>`select
    ${known(sql`not archived order by nr limit ${MAX_FLAGS_PER_ACCOUNT}`)} as repositories`.execute(db);
  const first = more.rows[0]?.repositories ?? [];
  const others = found.repositories.filter(({ id }) => first.every((one) => one.id !== id));
  return snapshotOf(audit, { ...found, repositories: [...first, ...others] });
}

/**
 * What an audit says of some accounts, or of the owners too, and the repositories that they have roles of their own on; one that is active with
 * them, without which ownership would give nothing.
 */
export async function snapshotOfAccounts(
  db: Db,
  audit: Audit,
  { accounts, owners }: { readonly accounts: readonly AccountId[]; readonly owners: boolean },
): Promise<AccessSnapshot> {
  const these = owners
    ? sql`any (array(select id from audit_account where audit_id = ${audit.id} and (owner or id = any (${accounts}::bigint[]))))`
    : sql`any (${accounts}::bigint[])`;
  const held = sql`audit_grant where audit_id = ${audit.id} and account = ${these}`;
  const { rows } = await sql<Part>`select
    ${list(ACCOUNTS.columns, sql`audit_account where audit_id = ${audit.id} and id = ${these}`)} as accounts,
    ${list(GRANTS.columns, sql`${held} order by nr`)} as grants,
    ${list(
      REPOSITORIES.columns,
      sql`audit_repository where audit_id = ${audit.id} and (id in (select repository from ${held})
        or nr = (select min(nr) from audit_repository where audit_id = ${audit.id} and not archived))`,
    )} as repositories,
    ${list(SETTINGS.columns, sql`audit_setting where audit_id = ${audit.id} and ${ROLES_OF_ALL} and account = ${these} order by nr`)} as roles`.execute(
    db,
  );
  return snapshotOf(audit, rows[0] ?? { accounts: [], grants: [], repositories: [], roles: [] });
}

/** Roles that an organisation gives on every repository. */
const ROLES_OF_ALL = sql`list = 'organizationRoles'`;

/** Rows as one text of JSON, empty list where there are none. */
const list = (columns: object, from: RawBuilder<unknown>) => sql`(select coalesce(json_agg(given), '[]') from (
  select ${sql.raw(Object.keys(columns).join())} from ${from}) as given)`;

/** Accounts of one repository that are read; a page lists no more. */
const MAX_ACCOUNTS = 1_000;

/** See `TenantAudits.rolesOn`; without a repository when the audit knows none. */
export async function rowsOfRepository(db: Db, audit: Audit, repository: RepositoryId): Promise<AccessSnapshot> {
  const held = sql`select account from audit_grant where audit_id = ${audit.id} and repository = ${repository}`;
  const { rows } = await sql<Part>`select
    ${list(
      ACCOUNTS.columns,
      sql`audit_account where audit_id = ${audit.id} and (owner or id in (${held}) or id in (
        select account from audit_setting where audit_id = ${audit.id} and ${ROLES_OF_ALL}))
      order by nr limit ${MAX_ACCOUNTS}`,
    )} as accounts,
    ${list(GRANTS.columns, sql`audit_grant where audit_id = ${audit.id} and repository = ${repository} order by nr`)} as grants,
    ${list(REPOSITORIES.columns, sql`audit_repository where audit_id = ${audit.id} and id = ${repository}`)} as repositories,
    ${list(SETTINGS.columns, sql`audit_setting where audit_id = ${audit.id} and ${ROLES_OF_ALL} order by nr`)} as roles`.execute(
    db,
  );
  const [found] = rows;
  return snapshotOf(audit, found ?? { accounts: [], grants: [], repositories: [], roles: [] });
}

/** Rows of a part of a snapshot, and the entries of `organizationRoles` that are about it. */
interface Part extends Rows {
  readonly roles: readonly AuditSetting[];
}

const snapshotOf = ({ about: { read = [], ...head } }: Audit, { roles, ...rows }: Part): AccessSnapshot => ({
  ...head,
  ...add(noLists(), rows),
  ...settingsOf(
    read.filter((name) => name === "organizationRoles"),
    roles,
  ),
});

/** What was read beside roles of some repositories, and of none in particular. */
export async function settingsOn(
  db: Db,
  { id, about: { read = [] } }: Audit,
  repositories: readonly RepositoryId[],
): Promise<AccessSettings> {
  const rows = await db
    .selectFrom("audit_setting")
    .select(["list", "entry"])
    .where("audit_id", "=", id)
    .where((row) => row.or([row("repository", "is", null), row("repository", "in", [...repositories, NO_REPOSITORY])]))
    .orderBy("nr")
    .execute();
  return settingsOf(read, rows);
}

/** SQL has no empty list. */
const NO_REPOSITORY = 0 as RepositoryId;
