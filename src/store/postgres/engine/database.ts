import { CompiledQuery, type Dialect, Kysely, type Transaction } from "kysely";
import { InvalidInput } from "../../../errors.ts";
import type { InstallationId } from "../../../ids.ts";
import type { Room } from "../../../machine.ts";
import type { Tables } from "../schema.ts";
import { type Backup, NO_FILES } from "./backup.ts";
import { requireRoom } from "./room.ts";
import { translateError } from "./translate-error.ts";

/** One of the two places a database can run: in this process or on a server. Both speak the same dialect. */
export interface Engine {
  readonly dialect: Dialect;
  /** Runs one statement outside any transaction, on the connection kept for deliveries; the fastest way in. */
  insert(db: Kysely<Tables>, statement: Statement, parameter: string): Promise<readonly unknown[]>;
  /** What a server's background processes do by themselves: vacuum, checkpoint. */
  tidy(db: Kysely<Tables>): Promise<void>;
  /** What is free on the database's disk; null when that is a server's own business. */
  room(): Room | null;
  /** Copies the files while nobody writes; null where a server's own tools do that. */
  readonly backup: (() => Promise<Backup>) | null;
  close(): Promise<void>;
}

/** A statement with one parameter; the name lets a server plan it once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * The database as the adapter's files use it. Connection failures leave as `database_unavailable`, and what
 * finds no room on the disk as `disk_full`.
 */
export interface Database {
  /** Each statement by itself, as the program: sees every row. */
  query<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** One transaction as the program: sees every row. */
  transaction<T>(work: (db: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** One transaction as the tenant: sees the rows of one installation, and no more than that. */
  asTenant<T>(id: InstallationId, work: (db: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Refused as `disk_full` while there is room for what was begun, but not for more. */
  insert(statement: Statement, parameter: string): Promise<readonly unknown[]>;
  tidy(): Promise<void>;
  room(): Room | null;
  /** A copy beside the embedded database, while everybody else waits. InvalidInput with a server, and without room. */
  backup(): Promise<Backup>;
  close(): Promise<void>;
}

/** The database over an engine. A statement on `db` inside a transaction waits for itself on the embedded one. */
export function databaseOver(engine: Engine): Database {
  const kysely = new Kysely<Tables>({ dialect: engine.dialect });
  return {
    query: (work) => translated(() => work(kysely)),
    transaction: (work) => translated(() => kysely.transaction().execute(work)),
    asTenant: (id, work) =>
      translated(() =>
        kysely.transaction().execute(async (db) => {
          await db.executeQuery(CompiledQuery.raw(BECOME_TENANT, [String(id)]));
          return work(db);
        }),
      ),
    insert: (statement, parameter) =>
      translated(async () => {
        requireRoom(engine.room());
        return engine.insert(kysely, statement, parameter);
      }),
    tidy: () => translated(() => engine.tidy(kysely)),
    room: engine.room,
    backup: () =>
      translated(() =>
        kysely.connection().execute(async (db) => {
          if (engine.backup === null) throw new InvalidInput([NO_FILES]);
          // What is not in the log any more needs no recovery when the copy is started.
          await db.executeQuery(CompiledQuery.raw("checkpoint"));
          return engine.backup();
        }),
      ),
    close: async () => {
      await kysely.destroy();
      await engine.close();
    },
  };
}

// Both settings end with the transaction, so a connection never goes back to the pool as somebody.
const BECOME_TENANT =
  "select set_config('sallyport.installation', $1, true), set_config('role', 'sallyport_tenant', true)";

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translateError(error);
  }
}
