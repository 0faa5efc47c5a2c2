// Makes the database that a first start begins with, beside the code that reads it: in seconds here instead of there.
// node tools/prepare-cluster.ts FOLDER, which is src or dist
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { sql } from "kysely";
import { databaseOver } from "../src/store/postgres/engine/database.ts";
import { openInMemory } from "../src/store/postgres/engine/embedded.ts";
import { migrate } from "../src/store/postgres/migrate.ts";

/** Writes it below the folder that holds the sources, or what was compiled of them. */
export async function prepareCluster(folder: string): Promise<void> {
  const { engine, image } = await openInMemory();
  const database = databaseOver(engine);
  await database.query(migrate);
  await database.query((db) => sql`checkpoint`.execute(db));
  const tar = Buffer.from(await (await image()).arrayBuffer());
  await database.close();
  writeFileSync(resolve(folder, "store/postgres/engine/cluster.tar.gz"), gzipSync(tar));
}

if (import.meta.main) await prepareCluster(process.argv[2] ?? "src");
