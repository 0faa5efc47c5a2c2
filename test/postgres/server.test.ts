import { Client } from "pg";
import { systemClock } from "../../src/clock.ts";
import { InvalidInput } from "../../src/errors.ts";
import { silentLog } from "../../src/log.ts";
import { openDatabase, openStore } from "../../src/store/postgres/open.ts";
import { describeStore } from "../store/conformance.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, describe, expect, test } from "../support/jest.ts";

const serverUrl = process.env.TEST_DATABASE_URL;
if (!serverUrl)
  throw new Error(
    "TEST_DATABASE_URL is not set: run `bash test/support/postgres-server.sh npm run test:postgres`, or set it to a " +
      "PostgreSQL server where databases may be created",
  );

/** Databases of this run only, so that it can share a server. */
let lastDatabase = 0;
const made: string[] = [];

async function asAdministrator(...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function freshDatabase(): Promise<string> {
  lastDatabase += 1;
  const name = `sallyport_test_${process.pid}_${lastDatabase}`;
  await asAdministrator(`create database ${name}`);
  made.push(name);
  const url = new URL(serverUrl ?? "");
  url.pathname = `/${name}`;
  return url.toString();
}

const open = (databaseUrl: string) => openDatabase({ databaseUrl, dataDir: "unused", clock: systemClock });

afterAll(async () => {
  await asAdministrator(...made.map((name) => `drop database ${name} with (force)`));
});

describeStore("server", async () => open(await freshDatabase()));

describe("server alone", () => {
  test("opening: several programs that start at once migrate the database once", async () => {
    const url = await freshDatabase();
    const databases = await Promise.all([open(url), open(url), open(url)]);
    await Promise.all(databases.map((database) => database.close()));
  });

  test("opening: an ordinary role that may create roles is enough", async () => {
    const url = new URL(await freshDatabase());
    const owner = `sallyport_owner_${process.pid}`;
    await asAdministrator(
      `create role ${owner} login createrole nosuperuser password 'only-for-tests'`,
      `alter database ${url.pathname.slice(1)} owner to ${owner}`,
      `grant sallyport_tenant to ${owner}`,
    );
    url.username = owner;
    url.password = "only-for-tests";
    const database = await open(url.toString());
    await database.close();
    await asAdministrator(`drop database ${url.pathname.slice(1)} with (force)`, `drop role ${owner}`);
    made.pop();
  });

  test("opening: a server that acknowledges before the disk has it is refused", async () => {
    const url = await freshDatabase();
    await asAdministrator(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`);
    await expect(open(url)).rejects.toThrow(/synchronous_commit is off.*set synchronous_commit = on/);
  });

  test("opening: a database that is not there is said so", async () => {
    const url = new URL(serverUrl);
    url.pathname = "/sallyport_never_made";
    await expect(open(url.toString())).rejects.toBeInstanceOf(InvalidInput);
  });

  test("opening: nobody listening is an operating failure", async () => {
    const url = new URL(serverUrl);
    url.port = "1";
    await expect(open(url.toString())).rejects.toMatchObject({ name: "OperatingError", code: "database_unavailable" });
  });

  test("connections that the server ends: what was under way fails as an operating failure, the next ones work", async () => {
    const databaseUrl = await freshDatabase();
    const store = await openStore({ databaseUrl, dataDir: "unused", clock: systemClock, log: silentLog });
    const database = await open(databaseUrl);
    const name = new URL(databaseUrl).pathname.slice(1);
    try {
      const underWay = database.transaction(async (db) => {
        await db.selectFrom("job").selectAll().execute();
        await asAdministrator(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
        );
        await db.selectFrom("job").selectAll().execute();
      });
      await expect(underWay).rejects.toMatchObject({ code: "database_unavailable" });
      // The pool may hand out a connection whose end it has not read yet: that use fails too, each such one once.
      await eventually(async () => {
        const failure = await store.ping().catch((error: unknown) => error);
        if (failure !== undefined) expect(failure).toMatchObject({ code: "database_unavailable" });
        return failure === undefined;
      });
    } finally {
      await store.stop();
      await database.close();
    }
  });
});
