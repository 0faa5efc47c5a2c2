import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Row-level security: inside a tenant's transaction the role below sees the rows of one installation, whatever the
 * query says. Without the setting, every query of that role fails.
 */
export const tenantWalls: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(CREATE_ROLE).execute(db);
    for (const table of READ_WRITE) {
      await wall(db, table);
      await sql.raw(`grant select, insert, update, delete on ${table} to sallyport_tenant`).execute(db);
    }
    // The trail is append-only: no statement of a tenant can change or delete a row of it.
    await wall(db, "trail");
    await sql.raw("grant select, insert on trail to sallyport_tenant").execute(db);
  },
};

const READ_WRITE = [
  "installation",
  "policy",
  "door",
  "report",
  "band_count",
  "account_cache",
  "account_snapshot",
  "local_list",
  "flag",
  "audit",
];

async function wall(db: Kysely<unknown>, table: string): Promise<void> {
  const own = "installation_id = current_setting('sallyport.installation')::bigint";
  await sql.raw(`alter table ${table} enable row level security`).execute(db);
  await sql
    .raw(`create policy own_installation on ${table} to sallyport_tenant using (${own}) with check (${own})`)
    .execute(db);
}

// Roles belong to the whole server, so another database there may already have made this one.
const CREATE_ROLE = `do $$
begin
  if not exists (select from pg_roles where rolname = 'sallyport_tenant') then
    begin
      create role sallyport_tenant nologin nobypassrls;
    exception when duplicate_object or unique_violation then
      null;
    end;
  end if;
  if not pg_has_role(current_user, 'sallyport_tenant', 'member') then
    execute format('grant sallyport_tenant to %I', current_user);
  end if;
  execute format('grant usage on schema %I to sallyport_tenant', current_schema());
end
$$`;
