import type { Flag } from "../../access/flag.ts";
import { canWrite } from "../../access/grant.ts";
import type { Instant } from "../../clock.ts";
import type { Tenancy } from "./context.ts";

/**
 * Closes the flags of a grant that an access graph does not show any more, once GitHub says the same: a graph can miss a
 * grant because nobody may look, or the repository is archived. 3 requests.
 */
export async function closeIfGone(tenancy: Tenancy, flag: Flag, at: Instant): Promise<void> {
  if (await isGone(tenancy, flag)) await tenancy.tenant.closeFlagsOfGrant(flag.repositoryId, flag.accountId, at);
}

/** True only when GitHub says that the account is gone, or holds less than write. */
async function isGone({ gateway, installation }: Tenancy, flag: Flag): Promise<boolean> {
  const account = await gateway.loginOf(flag.accountId);
  if (!account.ok) return account.reason === "not_found";
  const repository = { owner: installation.accountLogin, name: flag.repositoryName };
  const found = await gateway.repositoryAt(repository);
  if (!found.ok || found.value.id !== flag.repositoryId) return false;
  const role = await gateway.role({ repository, login: account.value });
  return role.ok && (role.value === null || !canWrite(role.value));
}
