import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { sql } from "kysely";
import { systemClock } from "../../src/clock.ts";
import { silentLog } from "../../src/log.ts";
import { openDatabase, storeOver } from "../../src/store/postgres/open.ts";
import { aDelivery } from "./samples.ts";

// A program for tests to kill: opens the store and, with --accept PREFIX, takes deliveries until it dies, saying
// the GUID of each only when the store has it. With --checkpoint FILE it makes a checkpoint once the file is there.
const { values } = parseArgs({
  options: { data: { type: "string" }, accept: { type: "string" }, checkpoint: { type: "string" } },
});
const options = { databaseUrl: null, dataDir: values.data ?? "", clock: systemClock, log: silentLog };
const database = await openDatabase(options);
const store = storeOver(database, options);
process.stdout.write("open\n");

async function acceptForever(lane: number): Promise<never> {
  for (let number = 0; ; number += 1) {
    const guid = `${values.accept}-${lane}-${number}`;
    try {
      await store.inbox.accept(aDelivery(guid));
    } catch {
      process.stdout.write("refused\n");
      continue;
    }
    process.stdout.write(`${guid}\n`);
  }
}

const { checkpoint } = values;
if (checkpoint) {
  const due = setInterval(() => {
    if (!existsSync(checkpoint)) return;
    clearInterval(due);
    void database.query((db) => sql`checkpoint`.execute(db));
  }, 10);
}
if (values.accept) await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(acceptForever));
else setInterval(() => {}, 60_000);
