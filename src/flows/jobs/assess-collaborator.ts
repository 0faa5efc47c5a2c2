import { wantsDeepScan } from "../../decision/deep-scan.ts";
import { collectCollaborator } from "../../dossier/collect.ts";
import type { Dossier } from "../../dossier/dossier.ts";
import { canWrite, ROLES, type Via } from "../../dossier/role.ts";
import { required } from "../../errors.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";
import { commitsSeen, knownAccount, remember } from "../steps/known-account.ts";
import { lastAccess } from "../steps/last-access.ts";
import { makeReport, saveAccessReport } from "../steps/make-report.ts";
import { raiseFlag, raiseFlagsOf, reachWith } from "../steps/raise-flags.ts";
import { readPolicy } from "../steps/read-policy.ts";

/**
 * Assesses somebody who was given write or more, joins the grant with what is known (X x P) and raises a flag where
 * the two meet. The role is read again, under the login of today: the delivery may be old, and a login that was given
 * up can belong to somebody else by now. Cost: 5 to 10 requests.
 */
export async function assessCollaboratorFlow(
  context: FlowContext,
  job: JobOf<"assess-collaborator">,
): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const { tenant, gateway } = tenancy;
  const asOf = context.clock.now();
  const { repository } = job;
  const account = { ...job.account, login: required("account", await gateway.loginOf(job.account.id)) };
  const role = required("role of the account", await gateway.role({ repository, login: account.login }));
  if (role === null || !canWrite(role)) {
    await tenant.closeFlagsOfGrant(repository.id, account.id, asOf);
    return DONE;
  }
  const pair = { account: account.id, repository: repository.id };
  if (job.givenBy) {
    const by = { accountId: job.givenBy.id, login: job.givenBy.login };
    await tenant.recordGrant(pair, { by, at: job.grantedAt, role });
    await tenant.recordReferral({ ...pair, by: by.accountId, role, at: job.grantedAt });
  }
  const previousRole = ROLES.find((known) => known === job.previousRole) ?? null;
  const earlier = await tenant.latestReportOf(account.id);
  const rules = await readPolicy(context, tenancy, repository);
  const evidenceDays = rules.policy.retention.evidence_days;
  const { dossier, toCache } = await collectCollaborator({
    gateway,
    repository,
    ownedByOrganization: repository.ownerType === "Organization",
    account,
    grant: { role, previousRole, grantedAt: job.grantedAt },
    known: {
      ...(await knownAccount(tenant, account.id, { repository: repository.id, asOf })),
      ...commitsSeen(earlier, { repository: repository.id, asOf, evidenceDays }),
    },
    asOf,
  });
  const report = await makeReport(context, tenancy, {
    repository,
    pullRequest: null,
    account,
    dossier,
    policy: rules.policy,
    grantedRole: role,
  });
  await saveAccessReport(tenant, report);
  await remember({ context, tenant }, account, { toCache });
  if (wantsDeepScan(dossier, { when: rules.policy.triage.deep_scan, role, firstHere: false }))
    await context.store.queue.enqueue([
      { kind: "deep-scan-account", installationId: job.installationId, account: job.account, again: job },
    ]);
  const place = { repositoryId: repository.id, repositoryName: repository.name };
  const grant = { ...place, role, via: viaOf(dossier) };
  const access = await lastAccess(tenant, account.id, repository.id);
  await raiseFlag(context, tenancy, { report, earlier, grant, reached: reachWith(access, account, grant) });
  // What asks for a flag here speaks for every other repository the account writes to, as well.
  await raiseFlagsOf(context, tenancy, { report, earlier, access });
  return DONE;
}

function viaOf({ sections }: Dossier): Via {
  const grant = sections["access.grant"];
  return grant.state === "present" ? grant.value.via : "direct";
}

/**
 * Closes the flags of a grant that is gone. The event may be older than a new grant, and a team may still give what
 * was taken away directly, so the role in force decides. Cost: 2 requests.
 */
export async function withdrawGrantFlow(context: FlowContext, job: JobOf<"withdraw-grant">): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const account = await tenancy.gateway.loginOf(job.accountId);
  let left = false;
  if (account.ok) {
    const answer = await tenancy.gateway.role({ repository: job.repository, login: account.value });
    const role = answer.ok || answer.reason !== "not_found" ? required("role of the account", answer) : null;
    if (role !== null && canWrite(role)) return DONE;
    left = role !== null;
  } else if (account.reason !== "not_found") required("account", account);
  await tenancy.tenant.closeFlagsOfGrant(job.repository.id, job.accountId, job.at);
  // Of a role that was lowered the reason still holds, and the day too.
  if (!left) await tenancy.tenant.forgetGrant({ account: job.accountId, repository: job.repository.id }, job.at);
  return DONE;
}
