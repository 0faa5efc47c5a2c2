import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { storable } from "../../engine/values.ts";

/** Snapshots of access become rows, and reports texts of a few KB each; both were one JSON text of up to 20 MB. */
export const auditRows: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...TABLES, ...Object.keys(COLUMNS).flatMap(wall), ...ALTER])
      await sql.raw(statement).execute(db);
    await moveEach(db);
    for (const statement of FINISH) await sql.raw(statement).execute(db);
  },
};

const COLUMNS = {
  audit_piece: "piece text not null",
  audit_account: "id bigint, login text not null, kind text not null, owner boolean not null, member boolean not null",
  audit_repository: "id bigint, name text not null, visibility text not null, archived boolean not null",
  audit_grant: "account bigint, repository bigint not null, role text not null, via text not null, team text",
};

const TABLES = [
  ...Object.entries(COLUMNS).map(
    ([table, columns]) => `create table ${table} (
      installation_id bigint not null,
      audit_id text references audit (id) on delete cascade,
      nr bigint,
      ${columns},
      primary key (audit_id, nr)
    )`,
  ),
  "create index audit_account_id on audit_account (id, audit_id)",
  "create index audit_repository_id on audit_repository (id, audit_id)",
  "create index audit_grant_account on audit_grant (account, audit_id)",
];

const OWN = "installation_id = current_setting('sallyport.installation')::bigint";

const wall = (table: string): readonly string[] => [
  `alter table ${table} enable row level security`,
  `create policy own_installation on ${table} to sallyport_tenant using (${OWN}) with check (${OWN})`,
  `grant select, insert, update, delete on ${table} to sallyport_tenant`,
];

/** What of an audit's two texts is needed here, as the releases before wrote them. */
interface Snapshot {
  readonly accounts: readonly { readonly id: string }[];
  readonly owners: readonly string[];
  readonly members: readonly string[];
  readonly repositories: readonly object[];
  readonly grants: readonly { readonly via: { readonly kind: string; readonly team?: string } }[];
}
interface Report {
  readonly summary?: { readonly accountsWithWrite?: number; readonly outsideAccountsWithWrite?: number };
  readonly exposure?: readonly { readonly kind: string }[];
  readonly notChecked?: readonly { readonly what: string }[];
}

/** One audit after the other: each is large, and the database's own JSON functions refuse the NUL escapes people may send. */
async function moveEach(db: Kysely<unknown>): Promise<void> {
  const { rows: ids } = await sql<{ id: string }>`select id from audit`.execute(db);
  for (const { id } of ids) {
    const { rows } = await sql<{ snapshot: string; report: string }>`
      select snapshot::text as snapshot, report::text as report from audit where id = ${id}`.execute(db);
    for (const { snapshot, report } of rows) {
      await sql`insert into audit_piece select installation_id, id, 0, ${report} from audit where id = ${id}`.execute(
        db,
      );
      await moveSnapshot(db, id, JSON.parse(snapshot));
      await sql`update audit set head = ${JSON.stringify(headOf(JSON.parse(report)))} where id = ${id}`.execute(db);
    }
  }
}

async function moveSnapshot(db: Kysely<unknown>, id: string, snapshot: Snapshot): Promise<void> {
  const { accounts, owners, members, repositories, grants, ...about } = snapshot;
  const [owning, belonging] = [new Set(owners), new Set(members)];
  const move = (table: string, columns: string, rows: readonly object[]): Promise<unknown> =>
    sql`insert into ${sql.table(table)} select installation_id, audit.id, given.* from audit,
      json_to_recordset(${JSON.stringify(
        rows.map((row, nr) => ({ ...row, nr })),
        plain,
      )}::json)
        as given (nr bigint, ${sql.raw(columns)})
      where audit.id = ${id}`.execute(db);
  await move(
    "audit_account",
    "id bigint, login text, kind text, owner boolean, member boolean",
    accounts.map((one) => ({ ...one, owner: owning.has(one.id), member: belonging.has(one.id) })),
  );
  await move("audit_repository", "id bigint, name text, visibility text, archived boolean", repositories);
  await move(
    "audit_grant",
    "account bigint, repository bigint, role text, via text, team text",
    grants.map(({ via, ...grant }) => ({ ...grant, via: via.kind, team: via.team ?? null })),
  );
  await sql`update audit set about = ${JSON.stringify(about)} where id = ${id}`.execute(db);
}

const plain = (_key: string, value: unknown): unknown => (typeof value === "string" ? storable(value) : value);

function headOf({ summary, exposure = [], notChecked = [] }: Report): object {
  const unread = (part: string): boolean => notChecked.some(({ what }) => what.includes(part));
  return {
    writers: summary?.accountsWithWrite ?? 0,
    outside: unread("owners and members") ? null : (summary?.outsideAccountsWithWrite ?? null),
    dormant: unread("dormant") ? null : exposure.filter(({ kind }) => kind === "acc-dormant-privilege").length,
  };
}

const ALTER = [
  `alter table audit
    add column about json,
    add column head json,
    add column stage text not null default 'whole' check (stage in ('storing', 'whole', 'report'))`,
];

const FINISH = [
  `alter table audit alter column about set not null, alter column head set not null,
    alter column stage drop default, drop column snapshot, drop column report`,
];
