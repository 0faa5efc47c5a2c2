import { effectiveRole } from "../access/effective.ts";
import { keyOf } from "../access/keys.ts";
import type { Policy, PolicyFile } from "../policy/policy.ts";
import type { Report, TenantStore } from "../store/store.ts";
import { lastAccess } from "./steps/last-access.ts";
import { type Recorded, roleIn } from "./under-policy.ts";

/** A stored report, and the policy files that are in force where it belongs. */
export interface StoredLook {
  readonly recorded: Recorded;
  readonly organization: PolicyFile;
  readonly repository: PolicyFile;
  /** What an owner's switch says, which counts while the organisation's file sets no mode. */
  readonly switched: Policy["mode"];
}

const NEWEST_COUNT = 1_000;
/** Dossiers are read so many at a time: one may weigh a megabyte. */
const BATCH = 20;

/**
 * Shows the newest reports of a tenant one by one, at most 1,000, with the rules they are under; resolves to how many
 * there were. No request.
 */
export async function storedLooks(
  tenant: TenantStore,
  switched: StoredLook["switched"],
  see: (look: StoredLook) => void,
): Promise<number> {
  const organization = (await tenant.policy(null))?.file ?? {};
  const own = await tenant.repositoryPolicies();
  const ids = (await tenant.recentPlaces(NEWEST_COUNT)).map(({ id }) => id);
  for (let at = 0; at < ids.length; at += BATCH)
    for (const report of await tenant.reports(ids.slice(at, at + BATCH))) {
      const repository = own.get(report.repositoryId)?.file ?? {};
      see({ recorded: await recordedIn(tenant, report), organization, repository, switched });
    }
  return ids.length;
}

/** The role is the dossier's own word, or else that of the last audit, as when the report was made. */
async function recordedIn(tenant: TenantStore, report: Report): Promise<Recorded> {
  const { assessment, evidenceErased, accountId: account, repositoryId: place } = report;
  const dossier = evidenceErased ? null : report.dossier;
  const access = account && (await lastAccess(tenant, account, place));
  const held = account && access ? effectiveRole(access, keyOf(account), keyOf(place)) : null;
  return { assessment, dossier, role: (dossier && roleIn(dossier)) ?? held };
}
