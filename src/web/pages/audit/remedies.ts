import type { AccessAudit } from "../../../access/audit.ts";
import { isOpen } from "../../../access/exposure-decision.ts";
import type { Flag } from "../../../access/flag.ts";
import { idOf } from "../../../access/keys.ts";
import { type Remedies, remediesOf } from "../../../access/remedy/remedy.ts";
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
