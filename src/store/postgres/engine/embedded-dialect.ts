import { setImmediate } from "node:timers/promises";
import type { PGlite } from "@electric-sql/pglite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import { preparedStatements, type Statements } from "./prepared.ts";
import type { Broken } from "./reach-disk.ts";
import { codeOf } from "./translate-error.ts";

/**
 * Kysely over the one connection of the embedded database. Kysely's own driver for it hands that connection to
 * everybody at once, so a statement beside a transaction runs inside it; here each user waits for the one before.
 */
export function embeddedDialect(pglite: PGlite, broken: Broken): Dialect {
  const connection = connectionOver(preparedStatements(pglite), broken);
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new EmbeddedDriver(connection),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class EmbeddedDriver implements Driver {
  readonly #connection: DatabaseConnection;
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    // Queries here never wait for I/O, so a loop of them would keep sockets and timers from their turn.
    await setImmediate();
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken = false;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin"));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async destroy(): Promise<void> {}
}

/** Statements without parameters and rows. */
const BARE: ReadonlySet<string> = new Set(["begin", "commit", "rollback"]);

function connectionOver(statements: Statements, broken: Broken): DatabaseConnection {
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      try {
        if (parameters.length === 0 && BARE.has(sql)) {
          await statements.runBare(sql);
          return { rows: [] };
        }
        const { rows, affectedRows = 0 } = await statements.run(sql, parameters);
        return { rows: rows as R[], numAffectedRows: BigInt(affectedRows) };
      } catch (error) {
        if (isPanic(error)) broken(`it panicked (${codeOf(error) ?? "a trap"})`);
        throw error;
      }
    },
    streamQuery() {
      throw new Error("the embedded database does not stream");
    },
  };
}

/** True for what ends a PostgreSQL server; this one goes on answering, though its locks and buffers are in no order. */
function isPanic(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const trapped = "name" in error && error.name === "RuntimeError";
  return trapped || ("severity" in error && (error.severity === "PANIC" || error.severity === "FATAL"));
}
