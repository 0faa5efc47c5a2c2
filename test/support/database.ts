import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Driver, Kysely, sql } from "kysely";
import { type Database, databaseOver, type Engine } from "../../src/store/postgres/engine/database.ts";
import { openInMemory } from "../../src/store/postgres/engine/embedded.ts";
import { migrate } from "../../src/store/postgres/migrate.ts";
import { eventually } from "../store/eventually.ts";

/** A database in memory with this program's schema and no row; closing it gives it, emptied, to the next who asks. */
export async function freshDatabase(): Promise<Database> {
  const engine = closed.pop() ?? (await openInMemory(await image())).engine;
  return databaseOver(lent(engine));
}

/** The same for tests that change the schema: nobody gets it after them. */
export async function databaseToChange(): Promise<Database> {
  return databaseOver((await openInMemory(await image())).engine);
}

/** To start one takes half a second of a core, to empty one a hundredth of that. */
const closed: Engine[] = [];

/** Ends those that wait for the next who asks; they belong to one process. */
export async function closeDatabases(): Promise<void> {
  for (const engine of closed.splice(0)) await engine.close();
}

/** Whoever goes on after closing it fails as with any closed database, instead of writing into the next one's. */
function lent(engine: Engine): Engine {
  let open = true;
  const { dialect } = engine;
  return {
    ...engine,
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createDriver() {
        const driver = dialect.createDriver();
        const acquireConnection: Driver["acquireConnection"] = (options) => {
          if (!open) throw new Error("the database is closed");
          return driver.acquireConnection(options);
        };
        return new Proxy(driver, {
          get: (of, name) => (name === "acquireConnection" ? acquireConnection : Reflect.get(of, name).bind(of)),
        });
      },
    },
    async close() {
      open = false;
      await empty(engine);
      closed.push(engine);
    },
  };
}

/**
 * Deletes the rows, which takes a tenth of the time of truncating thirty tables; a table that a test filled is truncated.
 * In the role of a replica no trigger keeps a trail from being deleted.
 */
async function empty({ dialect }: Engine): Promise<void> {
  const db = new Kysely<unknown>({ dialect });
  await sql`do $$ declare name text; begin
    set local session_replication_role = replica;
    drop schema if exists remembered cascade;
    for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely_%' loop
      if pg_total_relation_size(name::regclass) > 1000000 then execute format('truncate %I cascade', name);
      else execute format('delete from %I', name); end if;
    end loop;
    for name in select sequencename from pg_sequences where schemaname = 'public' loop
      perform setval(name::regclass, 1, false);
    end loop;
  end $$`.execute(db);
}

/** Remembers every row; what comes back puts the tables into this state again, in a tenth of the time it took to fill them. */
export async function rememberRows(database: Database): Promise<() => Promise<void>> {
  await database.query((db) =>
    sql`do $$ declare name text; begin
      create schema remembered;
      for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely_%' loop
        execute format('create table remembered.%I as table public.%I', name, name);
      end loop;
    end $$`.execute(db),
  );
  return async () => {
    await database.query((db) =>
      sql`do $$ declare name text; begin
        set local session_replication_role = replica;
        for name in select tablename from pg_tables where schemaname = 'remembered' loop
          execute format('delete from public.%I', name);
          execute format('insert into public.%I overriding system value table remembered.%I', name, name);
        end loop;
      end $$`.execute(db),
    );
  };
}

/** The first process of a run that needs the image makes it; the others wait for it, as it takes seconds of a core. */
async function image(): Promise<Blob> {
  const path = join(runDirectory(), "database.tar");
  if (isFirst(`${path}.making`)) await makeImage(path);
  await eventually(() => existsSync(path));
  return new Blob([readFileSync(path)]);
}

function isFirst(mark: string): boolean {
  try {
    writeFileSync(mark, "", { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

async function makeImage(path: string): Promise<void> {
  const { engine, image } = await openInMemory();
  const database = databaseOver(engine);
  await database.query(migrate);
  const unfinished = `${path}.unfinished`;
  writeFileSync(unfinished, Buffer.from(await (await image()).arrayBuffer()));
  renameSync(unfinished, path);
  await database.close();
}

/** What the files of one run share; `before-all.mjs` makes it and removes it. */
function runDirectory(): string {
  const directory = process.env.SALLYPORT_TEST_RUN;
  if (directory === undefined) throw new Error("SALLYPORT_TEST_RUN is not set: this Jest config has no globalSetup");
  return directory;
}
