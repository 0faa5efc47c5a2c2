import { type EffectiveAccess, effectiveAccess, heldOn } from "../../access/effective.ts";
import { MAX_FLAGS_PER_ACCOUNT } from "../../access/flag.ts";
import { canWrite } from "../../access/grant.ts";
import { type AccountKey, idOf, keyOf } from "../../access/keys.ts";
import type { ReachEdge } from "../../access/reach/edge.ts";
import { worstReach } from "../../access/reach/worst-reach.ts";
import { decide, isUrgent } from "../../decision/decide.ts";
import { explainFlag } from "../../decision/explain-flag.ts";
import type { Role, Via } from "../../dossier/role.ts";
import type { AccountId, RepositoryId } from "../../ids.ts";
import { randomRef } from "../../random.ts";
import type { Report } from "../../store/store.ts";
import type { FlowContext, Tenancy } from "./context.ts";
import { announceSoon } from "./notify.ts";

/** A grant of write or more, with the label its repository is known by. */
export interface WriteGrant {
  readonly repositoryId: RepositoryId;
  readonly repositoryName: string;
  readonly role: Role;
  readonly via: Via;
}

/** What was found about one account. */
export interface Looks {
  /** The report that knows what the account holds: the one that a flag opens. */
  readonly report: Report;
  /** The newest one before it: a pull request shows commits that a grant does not. */
  readonly earlier?: Report | null;
  /** True while nobody holds the access yet. */
  readonly invited?: boolean;
}

/** Flags every repository of an access graph where the subject of a report holds write, when X meets P. */
export async function raiseFlagsOf(
  context: FlowContext,
  tenancy: Tenancy,
  { access, ...looks }: Looks & { readonly access: EffectiveAccess | null },
): Promise<void> {
  if (access === null || looks.report.accountId === null) return;
  const account = keyOf(looks.report.accountId);
  const reached = reachIn(access, account);
  for (const grant of writeGrantsOf(access, account).slice(0, MAX_FLAGS_PER_ACCOUNT))
    await raiseFlag(context, tenancy, { ...looks, grant, reached });
}

/** What somebody reaches where, looked up when the first flag asks for it. */
type Reached = (repository: RepositoryId) => readonly ReachEdge[];

function reachIn(access: EffectiveAccess, account: AccountKey): Reached {
  let reach: ReturnType<typeof worstReach> | null = null;
  return (repository) => {
    reach ??= worstReach(access, account);
    return reach.get(keyOf(repository)) ?? [];
  };
}

/** The same for a grant that the last audit has not seen yet. */
export function reachWith(
  access: EffectiveAccess | null,
  account: { readonly id: AccountId; readonly login: string },
  { repositoryId, role, via }: WriteGrant,
): Reached {
  const id = keyOf(account.id);
  if (access === null) return () => [];
  const { accounts, grants } = access.snapshot;
  const planned = {
    ...access.snapshot,
    accounts: accounts.some((known) => known.id === id)
      ? accounts
      : [...accounts, { id, login: account.login, kind: "user" as const }],
    grants: [...grants, { account: id, repository: keyOf(repositoryId), role, via: { kind: via } }],
  };
  return reachIn(effectiveAccess(planned), id);
}

/**
 * Stores a flag when either look asks for one; an open one of the same grant is kept, and what a person has decided
 * stays decided.
 */
export async function raiseFlag(
  context: FlowContext,
  tenancy: Tenancy,
  {
    report,
    earlier = null,
    invited = false,
    grant,
    reached = () => [],
  }: Looks & { readonly grant: WriteGrant; readonly reached?: Reached },
): Promise<void> {
  const asking = [report, earlier].find((look) => look && asksForFlag(look, grant.role));
  if (!asking || report.accountId === null) return;
  const raised = await tenancy.tenant.raiseFlag({
    id: randomRef(context.random),
    ...grant,
    accountId: report.accountId,
    login: report.login,
    band: asking.assessment.persona.band,
    because: `${invited ? "Invited, and not in yet. " : ""}${explainFlag(asking.assessment, grant.role, reached(grant.repositoryId))}`,
    reportId: report.id,
    raisedAt: context.clock.now(),
  });
  if (raised === null) return;
  if (isUrgent(raised) && !raised.told) await announceSoon(context, tenancy);
  context.log.info("flag.raised", { installation: tenancy.installation.id, repository: grant.repositoryId });
}

/** Whether what a report found and a role meet. */
export const asksForFlag = ({ assessment }: Report, role: Role): boolean =>
  decide(assessment, { grantedRole: role }).flag;

/** Strongest role first, then by repository; the via that a person would have to change comes first in its sources. */
function writeGrantsOf(access: EffectiveAccess, account: AccountKey): readonly WriteGrant[] {
  const holder = access.holders.get(account);
  if (holder === undefined) return [];
  const repositories = holder.everywhere === null ? holder.pairs.keys() : access.active.keys();
  return [...repositories].flatMap((id) => {
    const held = heldOn(access, account, id);
    const via = held?.sources.find(({ role }) => canWrite(role))?.source.kind;
    if (held === null || via === undefined) return [];
    const name = access.active.get(id)?.name ?? id;
    return [{ repositoryId: idOf(id), repositoryName: name, role: held.role, via }];
  });
}
