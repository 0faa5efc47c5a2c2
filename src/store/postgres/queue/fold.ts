import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Tables } from "../schema.ts";

/**
 * Of a job that goes back and a waiting one of the same key one waits on: the one of the later version, in the waiting row,
 * because two of a key cannot wait. A delivery that came late may have brought the older of the two. Of equal versions
 * GitHub is asked when the work is done. Returns how many went that way.
 * @param which tells those that go back, none of them waiting, by columns of `job`
 * @param how.crashed that the process ended is remembered of both
 * @param how.unspent the attempt that is over does not count
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
