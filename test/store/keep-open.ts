import { parseArgs } from "node:util";
import { systemClock } from "../../src/clock.ts";
import { silentLog } from "../../src/log.ts";
import { openStore } from "../../src/store/postgres/open.ts";
import { aDelivery } from "./samples.ts";

// A program for tests to kill: opens the store and, with --accept PREFIX, takes deliveries until it dies, saying
// the GUID of each only when the store has it.
const { values } = parseArgs({ options: { data: { type: "string" }, accept: { type: "string" } } });
const store = await openStore({ databaseUrl: null, dataDir: values.data ?? "", clock: systemClock, log: silentLog });
process.stdout.write("open\n");

async function acceptForever(lane: number): Promise<never> {
  for (let number = 0; ; number += 1) {
    const guid = `${values.accept}-${lane}-${number}`;
    await store.inbox.accept(aDelivery(guid));
    process.stdout.write(`${guid}\n`);
  }
}

if (values.accept) await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(acceptForever));
else setInterval(() => {}, 60_000);
