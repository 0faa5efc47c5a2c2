import { effectiveAccess, heldOn } from "../effective.ts";
import { type AccessSnapshot, canWrite, type Role, roleRank } from "../grant.ts";
import type { AccountKey } from "../keys.ts";

/** Where an account holds write or more now, and more than it held there before, by whatever path; null for nowhere. */
export function raised(
  before: AccessSnapshot,
  after: AccessSnapshot,
  account: AccountKey,
): "everywhere" | "somewhere" | null {
  const hadEverywhere = everywhereRole(before, account);
  const everywhere = everywhereRole(after, account);
  if (everywhere !== null && isMore(everywhere, hadEverywhere)) return "everywhere";
  const was = effectiveAccess(before);
  const pairs = effectiveAccess(after).holders.get(account)?.pairs.entries() ?? [];
  for (const [repository, { role }] of pairs)
    if (isMore(role, heldOn(was, account, repository)?.role ?? hadEverywhere)) return "somewhere";
  return null;
}

/** What ownership or the base permission gives an account, also where the snapshot is a part without repositories. */
function everywhereRole({ organization, owners, members }: AccessSnapshot, account: AccountKey): Role | null {
  if (owners.includes(account)) return "admin";
  const { basePermission } = organization;
  return members.includes(account) && basePermission !== "none" ? basePermission : null;
}

const isMore = (role: Role, before: Role | null): boolean =>
  canWrite(role) && (before === null || roleRank(role) > roleRank(before));
