import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, databaseOver } from "../../src/store/postgres/database.ts";
import { openInMemory } from "../../src/store/postgres/embedded.ts";
import { migrate } from "../../src/store/postgres/migrate.ts";

/** A database of its own in memory, with this program's schema and no row. */
export async function freshDatabase(): Promise<Database> {
  return databaseOver((await openInMemory(await image())).engine);
}

/** The first of a run that needs it makes the image; two that need it at once both do, and either one is good. */
async function image(): Promise<Blob> {
  const path = join(runDirectory(), "database.tar");
  if (!existsSync(path)) await makeImage(path);
  return new Blob([readFileSync(path)]);
}

async function makeImage(path: string): Promise<void> {
  const { engine, image } = await openInMemory();
  const database = databaseOver(engine);
  await database.query(migrate);
  const unfinished = `${path}.${process.pid}`;
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
