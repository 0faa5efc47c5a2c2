import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Tables } from "../schema.ts";

/**
 * Merges jobs that are put back into waiting jobs of the same key, because only one of a key can wait. The later
 * version stays, in the row of the waiting job; the waiting one can be the older of the two when its delivery came
 * late. When the versions are equal the job is marked, and GitHub is asked when it runs. Returns how many jobs were
 * merged.
 * @param which a condition on columns of `job` for the jobs that are put back, none of them waiting
 * @param how.crashed true when their process ended: the larger count of crashes is kept
 * @param how.unspent true when the attempt that just ended does not count
 */
export async function foldIntoTwins(
  db: Transaction<Tables>,
  which: RawBuilder<unknown>,
  how: { readonly crashed: boolean; readonly unspent: boolean },
): Promise<number> {
  const newer = sql`mine.version > twin.version`;
  const { numAffectedRows } = await sql`with mine as (
      select id, key, version, payload, contested, attempt, crashes from job where ${which}
    ), folded as (
      update job twin set
        payload = case when ${newer} then mine.payload else twin.payload end,
        version = case when ${newer} then mine.version else twin.version end,
        attempt = case when ${newer} then mine.attempt - ${how.unspent ? 1 : 0} else twin.attempt end,
        contested = case when ${newer} then mine.contested when mine.version < twin.version then twin.contested
          else twin.contested or mine.contested or (twin.version <> '' and mine.payload <> twin.payload) end,
        crashes = case when ${how.crashed} then greatest(mine.crashes, twin.crashes) else twin.crashes end
      from mine where twin.key = mine.key and twin.state = 'waiting'
      returning mine.id
    )
    delete from job where id in (select id from folded)`.execute(db);
  return Number(numAffectedRows ?? 0);
}
