import type { AccessAudit } from "../../access/audit.ts";
import type { EffectiveAccess } from "../../access/effective.ts";
import { isOpen } from "../../access/exposure-decision.ts";
import { canWrite, type NotChecked } from "../../access/grant.ts";
import { idOf } from "../../access/keys.ts";
import type { Exposure } from "../../access/lines/kinds.ts";
import type { Tenancy } from "./context.ts";

/** Lines that are asked about in one audit, gravest first. */
const MAX_CONFIRMED = 25;

/**
 * The report without lines about a role that is not there any more: the graph is put together from many answers, some of
 * them hours old, and GitHub's word on one account and one repository is the last. Cost: 2 requests for each of the first
 * lines that are about one account and one repository and ask for write; what GitHub does not answer stays.
 */
export async function withoutGoneRoles(
  tenancy: Tenancy,
  access: EffectiveAccess,
  report: AccessAudit,
): Promise<AccessAudit> {
  const gone = new Set<Exposure>();
  for (const line of report.exposure.filter(isOfOneRole).slice(0, MAX_CONFIRMED)) {
    const said = await saidOf(tenancy, access, line);
    if (said === "limited") break;
    if (said === "gone") gone.add(line);
  }
  if (gone.size === 0) return report;
  return {
    ...report,
    exposure: report.exposure.filter((line) => !gone.has(line)),
    notChecked: [...report.notChecked, goneRoles(gone.size)],
  };
}

const isOfOneRole = (line: Exposure): boolean =>
  isOpen(line) && line.account !== null && line.repository !== null && canWrite(line.role);

/** The account is addressed by its login of today: the one that was read may be somebody else's by now. */
async function saidOf(
  { gateway, installation }: Tenancy,
  { active }: EffectiveAccess,
  { account, repository }: Exposure,
): Promise<"there" | "gone" | "limited" | "unknown"> {
  const place = repository === null ? undefined : active.get(repository);
  // Nobody is asked about an archived repository, where roles are asleep.
  if (account === null || place === undefined) return "unknown";
  const login = await gateway.loginOf(idOf(account));
  if (!login.ok) return login.reason === "not_found" ? "gone" : wordOf(login.reason);
  const address = { owner: installation.accountLogin, name: place.name };
  const role = await gateway.role({ repository: address, login: login.value });
  // "Not found" may be a repository that has another name by now.
  if (!role.ok) return wordOf(role.reason);
  return role.value !== null && canWrite(role.value) ? "there" : "gone";
}

const wordOf = (reason: string): "limited" | "unknown" => (reason === "rate_limited" ? "limited" : "unknown");

const goneRoles = (count: number): NotChecked => ({
  what: `${count} ${count === 1 ? "line" : "lines"} of standing exposure`,
  because: "left out: asked about the account and the repository by themselves, GitHub says that the role is gone",
  opensWith: null,
});
