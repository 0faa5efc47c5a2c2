import type { PGlite } from "@electric-sql/pglite";
import { CompiledQuery } from "kysely";
import type { Database } from "../../../../src/store/postgres/engine/database.ts";
import { preparedStatements } from "../../../../src/store/postgres/engine/prepared.ts";
import { freshDatabase } from "../../../support/database.ts";
import { afterAll, beforeAll, expect, test } from "../../../support/jest.ts";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const run = (text: string, ...values: readonly unknown[]): Promise<readonly unknown[]> =>
  database.query(async (db) => (await db.executeQuery(CompiledQuery.raw(text, [...values]))).rows);

const timesPrepared = async (text: string): Promise<unknown> =>
  (await run("select count(*) as times from pg_prepared_statements where statement = $1", text))[0];

test("prepared: a statement is parsed once and run with whatever values come", async () => {
  const text = "select $1::bigint + 1 as next, $2::text as text, $3::json as document";
  expect(await run(text, 41, "a", { b: [1] })).toEqual([{ next: 42, text: "a", document: { b: [1] } }]);
  expect(await run(text, "1", null, null)).toEqual([{ next: 2, text: null, document: null }]);
  expect(await timesPrepared(text)).toEqual({ times: 1 });
});

test("prepared: after an error, of its text or of a value, the next statement is answered", async () => {
  await expect(run("select nothing from nowhere where a = $1", 1)).rejects.toMatchObject({ code: "42P01" });
  const text = "select 6 / $1::int as share";
  await expect(run(text, 0)).rejects.toMatchObject({ code: "22012" });
  await expect(run(text, "six")).rejects.toMatchObject({ code: "22P02" });
  expect(await run(text, 2)).toEqual([{ share: 3 }]);
});

test("prepared: a transaction that a statement broke is over, and its statements run in the next one", async () => {
  const text = "insert into program_state (name, value) values ($1, '2026-01-01T00:00:00Z') returning name";
  const twice = database.transaction(async (db) => {
    await db.executeQuery(CompiledQuery.raw(text, ["once"]));
    await db.executeQuery(CompiledQuery.raw(text, ["once"]));
  });
  await expect(twice).rejects.toMatchObject({ code: "23505" });
  expect(await run(text, "once")).toEqual([{ name: "once" }]);
});

test("prepared: what read a table that has changed since fails once, and reads it as it is then", async () => {
  await run("create table changing (a int)");
  await run("insert into changing values (1)");
  const text = "select * from changing";
  expect(await run(text)).toEqual([{ a: 1 }]);
  await run("alter table changing add column b int");
  await expect(run(text)).rejects.toMatchObject({ code: "0A000" });
  expect(await run(text)).toEqual([{ a: 1, b: null }]);
  await run("drop table changing");
});

test("prepared: of many texts those that were used last are kept", async () => {
  const often = "select 'often' as text";
  await run("select 'first' as text");
  for (let number = 0; number < 400; number += 1) {
    await run(`select ${number} as number`);
    await run(often);
  }
  expect(await run("select count(*) between 290 and 300 as bounded from pg_prepared_statements")).toEqual([
    { bounded: true },
  ]);
  expect(await timesPrepared("select 'first' as text")).toEqual({ times: 0 });
  expect(await timesPrepared("select 0 as number")).toEqual({ times: 0 });
  expect(await timesPrepared("select 399 as number")).toEqual({ times: 1 });
  expect(await timesPrepared(often)).toEqual({ times: 1 });
});

test("prepared: after an error nothing more is sent, as a database that panicked might never answer", async () => {
  let sentCount = 0;
  const brokenAtRun = {
    ...{ parsers: {}, serializers: {} },
    async execProtocol() {
      sentCount += 1;
      if (sentCount > 1) throw new Error("a trap");
      return { messages: [] };
    },
  } as unknown as PGlite;
  await expect(preparedStatements(brokenAtRun).run("select 1", [])).rejects.toThrow("a trap");
  expect(sentCount).toBe(2);
});
