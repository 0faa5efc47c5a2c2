import { type Kysely, sql, type Transaction } from "kysely";
import { InvalidInput } from "../../errors.ts";
import type { Database } from "./engine/database.ts";
import { openDatabase, type StoreOptions } from "./open.ts";
import type { Tables } from "./schema.ts";

export interface MovedTable {
  readonly table: string;
  readonly rows: number;
}

interface Column {
  readonly table: string;
  readonly name: string;
  /** As SQL writes it. */
  readonly type: string;
  readonly counts: boolean;
}

/** `moveRows` from the embedded database to the server; throws DataInUse while another process has the data. */
export async function moveToServer(
  options: Pick<StoreOptions, "databaseUrl" | "dataDir" | "clock">,
): Promise<readonly MovedTable[]> {
  if (options.databaseUrl === null)
    throw new InvalidInput([
      { where: "DATABASE_URL", what: "not set", mend: "set it to an empty database of a PostgreSQL server" },
    ]);
  await using opened = new AsyncDisposableStack();
  const from = await openDatabase({ ...options, databaseUrl: null });
  opened.defer(() => from.close());
  const to = await openDatabase(options);
  opened.defer(() => to.close());
  return await moveRows(from, to);
}

/**
 * Copies every row of one database into another of the same schema that has none, in one transaction there: whole or
 * not at all. Throws InvalidInput when there is nothing to copy, or rows are there already. Values travel as the text
 * that PostgreSQL itself writes and reads, so that not a byte of the trail's chain changes. Nobody may write to `from`.
 */
export async function moveRows(from: Database, to: Database): Promise<readonly MovedTable[]> {
  const columns = Map.groupBy(await from.query(columnsOf), ({ table }) => table);
  const tables = inOrder([...columns.keys()], await from.query(referencesOf));
  return to.transaction(async (target) => {
    await sql`lock table ${sql.join(tables.map((table) => sql.table(table)))} in exclusive mode`.execute(target);
    for (const table of tables)
      if ((await pageOf(target, { table, columns: [], after: FIRST, limit: 1 })).length > 0) throw filled(table);
    const moved: MovedTable[] = [];
    for (const table of tables)
      moved.push({ table, rows: await moveTable({ from, target }, { table, columns: columns.get(table) ?? [] }) });
    if (moved.every(({ rows }) => rows === 0)) throw nothing();
    return moved;
  });
}

/** Rows that are held in memory at once; a report with its dossier has up to some hundred KB. */
const PAGE_ROWS = 200;
/** Before every row's place. */
const FIRST = "(0,0)";

type Row = Readonly<Record<string, string | null>>;

async function moveTable(
  { from, target }: { readonly from: Database; readonly target: Transaction<Tables> },
  { table, columns }: { readonly table: string; readonly columns: readonly Column[] },
): Promise<number> {
  let rows = 0;
  for (let after = FIRST; ; ) {
    const page = await from.query((db) => pageOf(db, { table, columns, after, limit: PAGE_ROWS }));
    const last = page.at(-1)?.place;
    if (last == null) break;
    await insert(target, { table, columns, page });
    rows += page.length;
    after = last;
  }
  for (const { name } of columns.filter(({ counts }) => counts))
    await sql`select setval(pg_get_serial_sequence(${table}, ${name}), coalesce(max(${sql.id(name)}), 1), count(*) > 0)
      from ${sql.table(table)}`.execute(target);
  return rows;
}

/** The rows behind a place, every value as text, with their own places. */
async function pageOf(
  db: Kysely<Tables>,
  page: { readonly table: string; readonly columns: readonly Column[]; readonly after: string; readonly limit: number },
): Promise<readonly Row[]> {
  const values = page.columns.map(({ name }) => sql`${sql.id(name)}::text as ${sql.id(alias(name))}`);
  const { rows } =
    await sql<Row>`select ${sql.join([sql`ctid::text as place`, ...values])} from ${sql.table(page.table)}
    where ctid > ${page.after}::tid order by ctid limit ${page.limit}`.execute(db);
  return rows;
}

async function insert(
  db: Transaction<Tables>,
  {
    table,
    columns,
    page,
  }: { readonly table: string; readonly columns: readonly Column[]; readonly page: readonly Row[] },
): Promise<void> {
  const names = sql.join(columns.map(({ name }) => sql.id(name)));
  const typed = sql.join(columns.map(({ name, type }) => sql`${sql.id(alias(name))}::${sql.raw(type)}`));
  const texts = sql.join(columns.map(({ name }) => sql`${sql.id(alias(name))} text`));
  await sql`insert into ${sql.table(table)} (${names}) overriding system value
    select ${typed} from json_to_recordset(${JSON.stringify(page)}::json) as page(${texts})`.execute(db);
}

/** So that no column is called `place`. */
const alias = (name: string): string => `v_${name}`;

async function columnsOf(db: Kysely<Tables>): Promise<readonly Column[]> {
  const { rows } = await sql<Column>`
    select c.relname::text as "table", a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
      a.attidentity <> '' as counts
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and not starts_with(c.relname::text, 'kysely_')
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    order by c.relname, a.attnum`.execute(db);
  return rows;
}

interface Reference {
  readonly table: string;
  readonly needs: string;
}

async function referencesOf(db: Kysely<Tables>): Promise<readonly Reference[]> {
  const { rows } = await sql<Reference>`
    select c.relname::text as "table", n.relname::text as needs
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class n on n.oid = k.confrelid
    where k.contype = 'f' and c.oid <> n.oid and c.relnamespace = current_schema()::regnamespace`.execute(db);
  return rows;
}

/** A table comes after those that its rows refer to. */
function inOrder(tables: readonly string[], references: readonly Reference[]): readonly string[] {
  const ordered: string[] = [];
  const add = (table: string): void => {
    if (ordered.includes(table)) return;
    for (const { needs } of references.filter((reference) => reference.table === table)) add(needs);
    ordered.push(table);
  };
  for (const table of tables) add(table);
  return ordered;
}

const filled = (table: string): InvalidInput =>
  new InvalidInput([
    {
      where: "DATABASE_URL",
      what: `that database has rows already (${table})`,
      mend: "name an empty one, which nothing runs on",
    },
  ]);

const nothing = (): InvalidInput =>
  new InvalidInput([
    { where: "DATA_DIR", what: "there is nothing to move", mend: "name the directory that `sallyport serve` used" },
  ]);
