import type { EffectiveAccess } from "../../../access/effective.ts";
import { canWrite, higherRole, isPersonal, type Role, roleRank } from "../../../access/grant.ts";
import { type AccountKey, idOf, keyOf, type RepositoryKey } from "../../../access/keys.ts";
import type { Instant } from "../../../clock.ts";
import type { Job } from "../../../job/job.ts";
import type { Steps } from "../../../slices.ts";
import type { FlowContext, Tenancy } from "../../steps/context.ts";

/** A grant of write or more to an account itself, as a `member` delivery tells of one. */
export interface NewGrant {
  readonly account: AccountKey;
  readonly repository: { readonly id: RepositoryKey; readonly name: string };
  readonly role: Role;
  readonly previousRole: Role | null;
}

/** Each costs a request here and 5 to 10 in its job. */
const MAX_NEW_GRANTS = 50;

/** People's own grants that are there or higher since an earlier look, in the order of accounts and repositories. */
export function* newGrants(before: EffectiveAccess, after: EffectiveAccess): Steps<readonly NewGrant[]> {
  const found: NewGrant[] = [];
  for (const { id: account, kind } of after.snapshot.accounts) {
    if (kind !== "user") continue;
    for (const id of after.holders.get(account)?.pairs.keys() ?? []) {
      yield;
      const role = personalRole(after, account, id);
      const previousRole = personalRole(before, account, id);
      const repository = after.active.get(id);
      const isNew = role !== null && (previousRole === null || roleRank(role) > roleRank(previousRole));
      if (isNew && canWrite(role) && repository) found.push({ account, repository, role, previousRole });
    }
  }
  return found;
}

/** The strongest role that was given to the account itself on one repository. */
function personalRole(access: EffectiveAccess, account: AccountKey, repository: RepositoryKey): Role | null {
  const sources = access.holders.get(account)?.pairs.get(repository)?.sources ?? [];
  const roles = sources.filter(({ source }) => isPersonal(source.kind)).map(({ role }) => role);
  return roles.length === 0 ? null : roles.reduce(higherRole);
}

/**
 * Has new grants of which no delivery told looked at as if one had. Returns the accounts. Cost: 1 request for each, at
 * most 50; what is left is among the holders nobody has looked at, whom audits get through in time.
 */
export async function fileNewGrants(
  context: FlowContext,
  { tenant, gateway, installation }: Tenancy,
  grants: { readonly found: readonly NewGrant[]; readonly at: Instant },
): Promise<ReadonlySet<AccountKey>> {
  const untold: NewGrant[] = [];
  for (const grant of grants.found) {
    if (untold.length === MAX_NEW_GRANTS) break;
    if (!(await wasLookedAt(tenant, grant))) untold.push(grant);
  }
  const jobs: Job[] = [];
  for (const { account, repository, role, previousRole } of untold) {
    const found = await gateway.accountWithId(idOf(account));
    if (!found.ok) continue;
    const { accountLogin: owner, accountType: ownerType } = installation;
    jobs.push({
      kind: "assess-collaborator",
      installationId: installation.id,
      repository: { id: idOf(repository.id), owner, ownerType, name: repository.name },
      account: { id: found.value.id, nodeId: found.value.nodeId, login: found.value.login, type: "User" },
      ...{ role, previousRole, grantedAt: grants.at },
    });
  }
  const wanted = await context.store.queue.notSetAside(jobs);
  await context.store.queue.enqueue(wanted);
  return new Set(wanted.flatMap((job) => (job.kind === "assess-collaborator" ? [keyOf(job.account.id)] : [])));
}

/** Whether there is a report on this very grant: one on the account's standing alone says nothing of it. */
async function wasLookedAt(tenant: Tenancy["tenant"], { account, repository, role }: NewGrant): Promise<boolean> {
  const reports = await tenant.reportsOfHolder(idOf(repository.id), idOf(account));
  return reports.some(({ dossier }) => {
    const section = dossier.sections["access.grant"];
    if (section.state === "present") return section.value.role === role;
    // A report that tried and could not see is one; the next look at the account tries again.
    return section.state === "unavailable" && section.reason !== "not_requested";
  });
}
