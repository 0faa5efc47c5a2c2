import { sql } from "kysely";
import type { Instant } from "../../../clock.ts";
import type { Job } from "../../../job/job.ts";
import type { Schedule } from "../../../job/schedule.ts";
import type { Database } from "../engine/database.ts";
import { isDueBetween, wallMinutes } from "../engine/wall-clock.ts";
import { insertJobs } from "./insert-jobs.ts";

/**
 * Stores a schedule under its key. Its cursor, the wall-clock minute up to which runs were made, survives as long as
 * the times stay the same: so a program that schedules at every start still sees what it missed. Throws InvalidInput for
 * a time zone that is not known.
 */
export async function saveSchedule(database: Database, schedule: Schedule, now: Instant): Promise<void> {
  const { key, period, minute, timezone } = schedule;
  const cursor = wallMinutes(now, timezone);
  await database.query((db) =>
    sql`insert into schedule (key, period, minute, timezone, payload, cursor)
      values (${key}, ${period}, ${minute}, ${timezone}, ${JSON.stringify(schedule.job)}, ${cursor})
      on conflict (key) do update set period = excluded.period, minute = excluded.minute,
        timezone = excluded.timezone, payload = excluded.payload,
        cursor = case when (schedule.period, schedule.minute, schedule.timezone)
            = (excluded.period, excluded.minute, excluded.timezone)
          then schedule.cursor else excluded.cursor end`.execute(db),
  );
}

/** Removes a schedule; one that is not there is no error. */
export async function removeSchedule(database: Database, key: string): Promise<void> {
  await database.query((db) => db.deleteFrom("schedule").where("key", "=", key).execute());
}

/** Adds one job for each schedule that came due since its cursor, however often it did; calls `added` after. */
export async function runDueSchedules(database: Database, now: Instant, added: () => void): Promise<"idle"> {
  const due = await database.transaction(async (db) => {
    const schedules = await db.selectFrom("schedule").selectAll().forUpdate().skipLocked().execute();
    const walls = new Map(
      [...new Set(schedules.map(({ timezone }) => timezone))].map((zone) => [zone, wallMinutes(now, zone)]),
    );
    const jobs: Job[] = [];
    for (const { key, period, minute, timezone, payload, cursor } of schedules) {
      const wall = walls.get(timezone) ?? cursor;
      if (!isDueBetween({ period, minute }, cursor, wall)) continue;
      jobs.push(toJob(payload));
      await db.updateTable("schedule").set({ cursor: wall }).where("key", "=", key).execute();
    }
    await insertJobs(db, jobs);
    return jobs.length;
  });
  if (due > 0) added();
  return "idle";
}

/** Brings cursors back to now that a clock ahead has left in the future, where no run would be seen; returns how many. */
export async function bringCursorsBack(database: Database, now: Instant): Promise<number> {
  const schedules = await database.query((db) =>
    db.selectFrom("schedule").select(["key", "timezone", "cursor"]).execute(),
  );
  const ahead = schedules
    .map((schedule) => ({ ...schedule, wall: wallMinutes(now, schedule.timezone) }))
    .filter(({ cursor, wall }) => cursor - wall > LONGEST_FOLD_MINUTES);
  for (const { key, cursor, wall } of ahead)
    await database.query((db) =>
      db.updateTable("schedule").set({ cursor: wall }).where("key", "=", key).where("cursor", "=", cursor).execute(),
    );
  return ahead.length;
}

/** Wall clocks go back by two hours at most, in autumn. */
const LONGEST_FOLD_MINUTES = 120;

/** The row was made from a Job by `saveSchedule`; nothing else writes it. */
const toJob = (payload: string): Job => JSON.parse(payload) as Job;
