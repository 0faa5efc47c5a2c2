import { effectiveAccess, heldOn } from "../../../access/effective.ts";
import type { Flag } from "../../../access/flag.ts";
import type { AccessSnapshot } from "../../../access/grant.ts";
import { keyOf } from "../../../access/keys.ts";
import type { Remedy } from "../../../access/remedy/paths.ts";
import { remedyOfGrant } from "../../../access/remedy/remedy.ts";

/** What answers a flag, by the paths that the last audit saw. */
export function commandsIn(roles: AccessSnapshot | null): (flag: Flag) => Remedy | null {
  const access = roles && effectiveAccess(roles);
  return ({ accountId, repositoryId, login, repositoryName: name, role }) => {
    const holder = access?.holders.get(keyOf(accountId));
    const held = access && heldOn(access, keyOf(accountId), keyOf(repositoryId));
    if (!access || !holder || !held) return null;
    const about = { organization: access.snapshot.organization.login, login, standing: holder.standing };
    return remedyOfGrant(about, { place: { name, role }, sources: held.sources.map(({ source }) => source) });
  };
}
