import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { idOf } from "../src/access/keys.ts";
import { auditReport } from "../src/access/report.ts";
import { parseAccessSnapshot } from "../src/access/snapshot.ts";
import { systemClock } from "../src/clock.ts";
import { installationId } from "../src/ids.ts";
import { silentLog } from "../src/log.ts";
import { openStore } from "../src/store/postgres/open.ts";
import { makeAccessFile } from "./made/made-access.ts";

/** Grants of the organisation; it has a tenth as many accounts, and 1,000 repositories are all that most hold. */
export const ROLES_GRANTS = 12_000;
const ASKED = 400;

/**
 * How long one role of one account takes to read from the embedded store, in ms: the median and the 99th percentile.
 * Two audits of the same size are stored, as there are when an organisation is in its second week.
 */
export async function benchRoles(): Promise<{ readonly medianMs: number; readonly p99Ms: number }> {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  const file = join(folder, "access.json");
  makeAccessFile(file, ROLES_GRANTS);
  const made = parseAccessSnapshot(JSON.parse(readFileSync(file, "utf8")));
  rmSync(folder, { recursive: true });
  const store = await openStore({ databaseUrl: null, dataDir: "memory://", clock: systemClock, log: silentLog });
  const tenant = store.tenant(installationId(1));
  for (const takenAt of ["2026-11-13T06:00:00.000Z", "2026-11-20T06:00:00.000Z"]) {
    const snapshot = { ...made, takenAt };
    const report = auditReport(snapshot, { previous: null, flags: null, lastActs: null, dormantAfterDays: 180 });
    await tenant.saveAudit({ id: takenAt, takenAt, snapshot, report });
  }
  const took: number[] = [];
  for (let at = 0; at < ASKED; at++) {
    const account = made.accounts[(at * 37) % made.accounts.length];
    const repository = made.repositories[(at * 11) % made.repositories.length];
    if (!account || !repository) throw new Error("the file that was made is empty");
    const before = performance.now();
    const roles = await tenant.rolesOf(idOf(account.id), idOf(repository.id));
    took.push(performance.now() - before);
    if (roles?.accounts[0]?.id !== account.id) throw new Error("the roles of another account came back");
  }
  await store.stop();
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { medianMs: at(0.5), p99Ms: at(0.99) };
}
