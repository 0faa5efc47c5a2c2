import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, databaseOver } from "../../src/store/postgres/database.ts";
import { openInMemory } from "../../src/store/postgres/embedded.ts";
import { migrate } from "../../src/store/postgres/migrate.ts";
import { eventually } from "../store/eventually.ts";

/** A database of its own in memory, with this program's schema and no row. */
export async function freshDatabase(): Promise<Database> {
  return databaseOver((await openInMemory(await image())).engine);
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
