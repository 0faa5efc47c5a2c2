import { PostgresDialect } from "kysely";
import { type CustomTypesConfig, Pool, type PoolConfig, types } from "pg";
import type { Engine } from "./database.ts";
import { PARSERS } from "./values.ts";

/** A PostgreSQL server. Deliveries have a connection of their own, so nothing else can hold them up. */
export function openServer(databaseUrl: string): Engine {
  const pool = poolOf({ connectionString: databaseUrl, max: POOL_SIZE, connectionTimeoutMillis: 5_000 });
  const ingest = poolOf({
    connectionString: databaseUrl,
    max: 1,
    // GitHub waits 10 s; a fast refusal is worth more than a late one, because it can be delivered again.
    connectionTimeoutMillis: 900,
    query_timeout: 5_000,
  });
  return {
    dialect: new PostgresDialect({ pool }),
    insert: async (_db, statement, parameter) => (await ingest.query({ ...statement, values: [parameter] })).rows,
    // The server's own vacuum and checkpointer do this.
    tidy: async () => {},
    room: () => null,
    backup: null,
    close: () => ingest.end(),
  };
}

const POOL_SIZE = 8;

function poolOf(config: PoolConfig): Pool {
  const pool = new Pool({
    ...config,
    application_name: "sallyport",
    options: "-c TimeZone=UTC -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s",
    types: { getTypeParser: parserOf },
  });
  // A connection that breaks while idle, in the pool or between two statements, raises an event that would end the
  // process if nobody listened. The next statement on it fails, or the pool replaces it: that is where it is told.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

const parserOf: CustomTypesConfig["getTypeParser"] = (id: number, format?: "text" | "binary") =>
  PARSERS[id] ?? types.getTypeParser(id, format);
