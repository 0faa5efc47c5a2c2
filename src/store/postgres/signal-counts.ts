import { sql, type Transaction } from "kysely";
import type { Assessment } from "../../assessment/assessment.ts";
import { type SignalCounts, VERDICTS, type Verdict } from "../../assessment/precision.ts";
import type { InstallationId } from "../../ids.ts";
import type { TenantSignalCounts } from "../reports.ts";
import type { Database } from "./engine/database.ts";
import type { Tables } from "./schema.ts";

/** What of a report is counted. */
interface Counted {
  readonly assessment: Pick<Assessment, "findings">;
  readonly reviewed: { readonly verdict?: Verdict } | null;
}

/** Rows that are held in memory at once: an assessment has some 20 KB. */
const PAGE_ROWS = 200;

/** How often signals fired and were right: in reports that are there, and in those that are deleted since. */
export const signalCountsOf = (database: Database, id: InstallationId): TenantSignalCounts => ({
  async signalCounts() {
    const counts = counting();
    for (let after = ""; ; ) {
      const page = await database.asTenant(id, (db) =>
        db
          .selectFrom("report")
          .select(["id", "assessment", "reviewed"])
          .where("installation_id", "=", id)
          .where("id", ">", after)
          .orderBy("id")
          .limit(PAGE_ROWS)
          .execute(),
      );
      for (const report of page) counts.add(report);
      const last = page.at(-1);
      if (!last) break;
      after = last.id;
    }
    const gone = await database.asTenant(id, (db) =>
      db.selectFrom("signal_count").selectAll().where("installation_id", "=", id).execute(),
    );
    for (const { signal, verdict, count } of gone) counts.put(signal, verdict, count);
    return counts.result();
  },
});

/** Counts reports that are about to go, so that what people said of them is not lost with them. */
export async function countSignals(
  db: Transaction<Tables>,
  id: InstallationId,
  reports: readonly Counted[],
): Promise<void> {
  const counts = counting();
  for (const report of reports) counts.add(report);
  const rows = [...counts.result()].flatMap(([signal, of]) =>
    Object.entries(of).flatMap(([verdict, count]) =>
      count === 0 ? [] : [{ installation_id: id, signal, verdict, count }],
    ),
  );
  if (rows.length === 0) return;
  await db
    .insertInto("signal_count")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["installation_id", "signal", "verdict"])
        .doUpdateSet({ count: sql`signal_count.count + excluded.count` }),
    )
    .execute();
}

function counting() {
  const counts = new Map<string, Record<keyof SignalCounts, number>>();
  const put = (signal: string, what: string, count: number): void => {
    const known = ["fired", ...VERDICTS].find((each) => each === what) as keyof SignalCounts | undefined;
    const of = counts.get(signal) ?? { fired: 0, true: 0, benign: 0, false: 0 };
    if (known !== undefined) of[known] += count;
    counts.set(signal, of);
  };
  return {
    put,
    add({ assessment, reviewed }: Counted): void {
      for (const { signal, outcome } of assessment.findings) {
        if (outcome !== "fired") continue;
        put(signal, "fired", 1);
        if (reviewed?.verdict !== undefined) put(signal, reviewed.verdict, 1);
      }
    },
    result: (): ReadonlyMap<string, SignalCounts> => counts,
  };
}
