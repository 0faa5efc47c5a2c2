import type { AccessAudit } from "../../../access/audit.ts";
import { checkedAudit } from "../../../access/audit-schema.ts";
import { isOpen } from "../../../access/exposure-decision.ts";
import type { Flag } from "../../../access/flag.ts";
import { idOf } from "../../../access/keys.ts";
import { type Remedies, remediesOf } from "../../../access/remedy/remedy.ts";
import { inSlices } from "../../../slices.ts";
import type { TenantStore } from "../../../store/store.ts";
import { SHOWN_COUNT } from "./exposure.ts";

/** What answers the lines that a page shows, by the holdings of those they are about: a large report is read without. */
export async function remediesFor(tenant: TenantStore, audit: AccessAudit, flags: readonly Flag[]): Promise<Remedies> {
  if (audit.accounts.length > 0) return remediesOf(audit);
  const byKind = Map.groupBy(audit.exposure.filter(isOpen), ({ kind }) => kind);
  const shown = [...byKind.values()].flatMap((lines) => lines.slice(0, SHOWN_COUNT));
  const named = shown.flatMap(({ account }) => (account === null ? [] : [idOf(account)]));
  const wanted = new Set([...named, ...flags.map(({ accountId }) => accountId)]);
  return remediesOf({ ...audit, accounts: await tenant.holdings([...wanted]) });
}

/** What answers open flags, by the newest audit; null before the first, and where none is open. */
export async function remediesOfFlags(tenant: TenantStore, flags: readonly Flag[]): Promise<Remedies | null> {
  const open = flags.filter(({ state }) => state.kind === "open");
  const stored = open.length === 0 ? null : await tenant.latestReport("without accounts");
  if (stored === null) return null;
  const audit = await inSlices(checkedAudit(stored.report));
  return remediesFor(tenant, { ...audit, exposure: [] }, open);
}
