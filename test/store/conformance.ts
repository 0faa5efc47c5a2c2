import { silentLog } from "../../src/log.ts";
import type { Database } from "../../src/store/postgres/engine/database.ts";
import { storeOver } from "../../src/store/postgres/open.ts";
import type { Store } from "../../src/store/store.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { afterAll, beforeAll, describe } from "../support/jest.ts";
import { describeAudits } from "./cases/audit-cases.ts";
import { describeClock } from "./cases/clock-cases.ts";
import { describeCodeIndexes } from "./cases/code-index-cases.ts";
import { describeInbox } from "./cases/inbox-cases.ts";
import { describeIndicators } from "./cases/indicator-cases.ts";
import { describeLive } from "./cases/live-cases.ts";
import { describeLosses } from "./cases/loss-cases.ts";
import { describeMessages } from "./cases/message-cases.ts";
import { describeProgram } from "./cases/program-cases.ts";
import { describePushes } from "./cases/push-cases.ts";
import { describeQueue } from "./cases/queue-cases.ts";
import { describeReadings } from "./cases/reading-cases.ts";
import { describeSchedules } from "./cases/schedule-cases.ts";
import { describeSetAside } from "./cases/set-aside-cases.ts";
import { describeShares } from "./cases/share-cases.ts";
import { describeSubjects } from "./cases/subject-cases.ts";
import { describeSweeps } from "./cases/sweep-cases.ts";
import { describeTenants } from "./cases/tenant-cases.ts";
import { describeWalls } from "./cases/wall-cases.ts";
import { NOW } from "./samples.ts";

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
    describeMessages(given);
    describeSchedules(given);
    describeClock(given);
    describeTenants(given);
    describePushes(given);
    describeCodeIndexes(given);
    describeAudits(given);
    describeLive(given);
    describeReadings(given);
    describeIndicators(given);
    describeSubjects(given);
    describeSweeps(given);
    describeWalls(given);
    describeProgram(given);
  });
}
