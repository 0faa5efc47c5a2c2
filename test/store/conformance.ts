import { silentLog } from "../../src/log.ts";
import type { Database } from "../../src/store/postgres/database.ts";
import { storeOver } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { afterAll, beforeAll, describe } from "../support/jest.ts";
import { describeAudits } from "./audit-cases.ts";
import { describeClock } from "./clock-cases.ts";
import { describeInbox } from "./inbox-cases.ts";
import { describeLosses } from "./loss-cases.ts";
import { describeProgram } from "./program-cases.ts";
import { describeQueue } from "./queue-cases.ts";
import { NOW } from "./samples.ts";
import { describeSchedules } from "./schedule-cases.ts";
import { describeSetAside } from "./set-aside-cases.ts";
import { describeShares } from "./share-cases.ts";
import { describeSweeps } from "./sweep-cases.ts";
import { describeTenants } from "./tenant-cases.ts";
import { describeWalls } from "./wall-cases.ts";

/** What the cases work on; the database is there for what no port shows. */
export interface Subject {
  readonly store: Store;
  readonly database: Database;
}

/** The one suite that both databases pass. */
export function describeStore(name: string, open: () => Promise<Database>): void {
  describe(name, () => {
    let subject: Subject | undefined;
    const given = (): Subject => {
      if (!subject) throw new Error("the store is not open");
      return subject;
    };
    beforeAll(async () => {
      const database = await open();
      const options = { databaseUrl: null, dataDir: "", clock: fixedClock(NOW), log: silentLog };
      subject = { database, store: storeOver(database, { ...options, tuning: { pollMs: 20, secondMs: 1_000 } }) };
    });
    afterAll(async () => {
      await subject?.store.stop();
    });
    describeInbox(given);
    describeQueue(given);
    describeShares(given);
    describeLosses(given);
    describeSetAside(given);
    describeSchedules(given);
    describeClock(given);
    describeTenants(given);
    describeAudits(given);
    describeSweeps(given);
    describeWalls(given);
    describeProgram(given);
  });
}
