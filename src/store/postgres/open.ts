import { sql } from "kysely";
import type { Clock } from "../../clock.ts";
import { InvalidInput } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Store } from "../store.ts";
import { type Database, databaseOver } from "./engine/database.ts";
import { openEmbedded } from "./engine/embedded.ts";
import { startLoop } from "./engine/loop.ts";
import { requireRoom, watchRoom } from "./engine/room.ts";
import { openServer } from "./engine/server.ts";
import { translateOpenError } from "./engine/translate-error.ts";
import { REAL_TIME, type Tuning } from "./engine/tuning.ts";
import { deliveryProgress, noteDeliveryLog } from "./marks.ts";
import { migrate } from "./migrate.ts";
import { endLeases } from "./queue/claims.ts";
import { openInbox } from "./queue/inbox.ts";
import { openQueue } from "./queue/queue.ts";
import { setAsideOf } from "./queue/set-aside.ts";
import { readReconciled, writeReconciled } from "./reconciled.ts";
import { sweepProgram } from "./retention.ts";
import { openSessions } from "./sessions.ts";
import { findDoor } from "./tenant/doors.ts";
import { allInstallations } from "./tenant/installations.ts";
import { dueForSweep, hastenSweeps } from "./tenant/pull-request-sweeps.ts";
import { tenantStore } from "./tenant/tenant.ts";
import { brokenTrails } from "./tenant/trail.ts";

export interface StoreOptions {
  /** `postgres://user:password@host/database`; null for the database inside this process. */
  readonly databaseUrl: string | null;
  /** Where the embedded database lives; `memory://` for one that is gone with the process. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly tuning?: Tuning;
}

/**
 * Opens the store: connects, takes the data directory, looks for room on its disk, proves that commits reach the disk, migrates. Throws
 * InvalidInput for what a person has to mend, OperatingError `database_unavailable` when the server is away.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  return storeOver(await openDatabase(options), options);
}

/** The database below the store. */
export async function openDatabase(
  options: Pick<StoreOptions, "databaseUrl" | "dataDir" | "clock">,
): Promise<Database> {
  try {
    const engine =
      options.databaseUrl === null
        ? await openEmbedded(options.dataDir, { startedAt: options.clock.now() })
        : openServer(options.databaseUrl);
    const database = databaseOver(engine);
    try {
      await refuseUnsafeSettings(database);
      await database.query(migrate);
      if (options.databaseUrl === null) await endLeases(database);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    throw translateOpenError(error);
  }
}

/** A server that acknowledges before the disk has it would break the promise of every acknowledged delivery. */
async function refuseUnsafeSettings(database: Database): Promise<void> {
  const { rows } = await database.query((db) =>
    sql<{ fsync: string; synchronous_commit: string }>`
      select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit`.execute(
      db,
    ),
  );
  const off = Object.entries(rows[0] ?? {}).filter(([, value]) => value === "off");
  if (off.length === 0) return;
  throw new InvalidInput(
    off.map(([name]) => ({
      where: "database",
      what: `its setting ${name} is off, so acknowledged deliveries could be lost`,
      mend: `set ${name} = on`,
    })),
  );
}

/** The store over an open database; stopping it closes the database. */
export function storeOver(
  database: Database,
  { clock, log, tuning = REAL_TIME }: Pick<StoreOptions, "clock" | "log" | "tuning">,
): Store {
  const queue = openQueue(database, { clock, log, tuning });
  const tidy = async (): Promise<"idle"> => {
    await database.tidy();
    return "idle";
  };
  const tidying = startLoop(tidy, { name: "tidy", pollMs: TIDY_MS, log });
  const roomWatch = watchRoom(database.room, log);
  const inbox = openInbox(database, { log, tuning, enqueue: queue.enqueueIn, enqueued: queue.wake });
  return {
    inbox,
    queue,
    sessions: openSessions(database),
    tenant: (id) => tenantStore(database, id),
    installations: () => allInstallations(database),
    ...setAsideOf(database),
    deliveryProgress: () => deliveryProgress(database),
    noteDeliveryLog: (newest, readAt) => noteDeliveryLog(database, newest, readAt),
    findDoor: (ref) => findDoor(database, ref),
    reconciled: () => readReconciled(database),
    setReconciled: (reconciled) => writeReconciled(database, reconciled),
    dueForSweep: (now, limit) => dueForSweep(database, now, limit),
    hastenSweeps: (now) => hastenSweeps(database, now),
    sweep: (now) => sweepProgram(database, now),
    brokenTrails: () => brokenTrails(database),
    room: database.room,
    backup: database.backup,
    ping: () => storeNothing(database),
    async stop() {
      await Promise.all([tidying.stop(TIDY_MS), roomWatch.stop(TIDY_MS)]);
      await database.close();
    },
  };
}

const TIDY_MS = 300_000;

/** A delivery of ordinary size, stored and deleted in one commit: whatever would refuse the next one refuses this. */
async function storeNothing(database: Database): Promise<void> {
  requireRoom(database.room());
  await database.transaction(async (db) => {
    const { rows } = await sql<{ guid: string }>`insert into delivery (guid, received_at, payload)
      select gen_random_uuid()::text, now(), string_agg(md5(random()::text), '') from generate_series(1, ${PROBE_BLOCKS})
      returning guid`.execute(db);
    await db
      .deleteFrom("delivery")
      .where(
        "guid",
        "in",
        rows.map(({ guid }) => guid),
      )
      .execute();
  });
}

/** Blocks of 32 characters. */
const PROBE_BLOCKS = 128;
