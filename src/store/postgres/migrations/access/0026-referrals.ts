import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Who let whom in, as GitHub told: grants on repositories, and invitations to the organisation. */
export const referrals: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const STATEMENTS = [
  // Repository 0 is the organisation itself.
  `create table referral (
    installation_id bigint not null,
    account_id bigint not null,
    by_account_id bigint not null,
    repository_id bigint not null,
    role text not null,
    at timestamptz not null,
    primary key (installation_id, account_id, by_account_id, repository_id)
  )`,
  "create index referral_by on referral (installation_id, by_account_id)",
  "alter table referral enable row level security",
  `create policy own_installation on referral to sallyport_tenant using (${OWN}) with check (${OWN})`,
  "grant select, insert, update, delete on referral to sallyport_tenant",
];
