import { type Selectable, sql, type Transaction } from "kysely";
import { type SignalCounts, VERDICTS, type Verdict } from "../../assessment/precision.ts";
import type { Instant } from "../../clock.ts";
import type { InstallationId } from "../../ids.ts";
import type { TenantSignalCounts } from "../reports.ts";
import type { Database } from "./engine/database.ts";
import type { ReportTable, Tables } from "./schema.ts";

/** What of a report is counted. */
type Counted = Pick<Selectable<ReportTable>, (typeof COUNTED)[number]>;

/** Columns of a report from which signals are counted. */
export const COUNTED = ["repository_id", "pull_request_number", "account_id", "assessment", "reviewed"] as const;

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
          .select(["id", ...COUNTED])
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
  // A verdict on a head that is still there counts there, and with it once.
  for (const report of await judgedBeside(db, id, reports)) counts.leaveOut(report);
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

/** Reports that stay, and that somebody judged, of the pull requests and accounts that these are about. */
function judgedBeside(db: Transaction<Tables>, id: InstallationId, reports: readonly Counted[]) {
  const judged = reports.filter(({ reviewed }) => reviewed?.verdict !== undefined);
  const numbers = judged.map(({ pull_request_number }) => pull_request_number ?? 0);
  const accounts = judged.map(({ account_id }) => account_id ?? 0);
  return db
    .selectFrom("report")
    .select(COUNTED)
    .where("installation_id", "=", id)
    .where("reviewed", "is not", null)
    .where(sql<boolean>`(pull_request_number = any (${numbers}::bigint[]) or account_id = any (${accounts}::bigint[]))`)
    .execute();
}

/** One person's word on one pull request or one grant: of several heads the newest word, and once. */
const wordOn = ({ repository_id, pull_request_number, account_id, reviewed }: Counted): string =>
  [repository_id, pull_request_number ?? `account ${account_id}`, reviewed?.byAccountId].join();

function counting() {
  const counts = new Map<string, Record<keyof SignalCounts, number>>();
  const words = new Map<string, { readonly signal: string; readonly verdict: Verdict; readonly at: Instant }>();
  const put = (signal: string, what: string, count: number): void => {
    const known = ["fired", ...VERDICTS].find((each) => each === what) as keyof SignalCounts | undefined;
    const of = counts.get(signal) ?? { fired: 0, true: 0, benign: 0, false: 0 };
    if (known !== undefined) of[known] += count;
    counts.set(signal, of);
  };
  return {
    put,
    add(report: Counted): void {
      const { verdict, at = "" } = report.reviewed ?? {};
      for (const signal of firedIn(report)) {
        put(signal, "fired", 1);
        const word = `${wordOn(report)} ${signal}`;
        if (verdict !== undefined && at >= (words.get(word)?.at ?? "")) words.set(word, { signal, verdict, at });
      }
    },
    leaveOut(report: Counted): void {
      if (report.reviewed?.verdict === undefined) return;
      for (const signal of firedIn(report)) words.delete(`${wordOn(report)} ${signal}`);
    },
    result(): ReadonlyMap<string, SignalCounts> {
      for (const { signal, verdict } of words.values()) put(signal, verdict, 1);
      words.clear();
      return counts;
    },
  };
}

const firedIn = ({ assessment }: Counted): readonly string[] =>
  assessment.findings.flatMap(({ signal, outcome }) => (outcome === "fired" ? [signal] : []));
