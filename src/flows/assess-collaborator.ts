import { assess } from "../assessment/assess.ts";
import { decide } from "../decision/decide.ts";
import { collectCollaborator } from "../dossier/collect.ts";
import { canWrite, ROLES, type Role } from "../dossier/role.ts";
import { required } from "../errors.ts";
import { accountId, repositoryId } from "../ids.ts";
import type { Job } from "../job/job.ts";
import type { Outcome } from "../job/outcome.ts";
import { randomRef } from "../random.ts";
import type { Report } from "../store/store.ts";
import { DONE, enterTenancy, type FlowContext, NOBODY_HOME } from "./context.ts";
import { knownAccount, remember } from "./known-account.ts";
import { lastAccess } from "./last-access.ts";
import { raiseFlag, raiseFlagsOf } from "./raise-flags.ts";

type AssessJob = Extract<Job, { kind: "assess-collaborator" }>;
type WithdrawJob = Extract<Job, { kind: "withdraw-grant" }>;

/**
 * Assesses somebody who was given write or more, joins the grant with what is known (X x P) and raises a flag where
 * the two meet. The role is read again: the delivery may be old. Cost: 4 to 9 requests.
 */
export async function assessCollaboratorFlow(context: FlowContext, job: AssessJob): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return NOBODY_HOME;
  const { tenant, gateway } = tenancy;
  const asOf = context.clock.now();
  const account = { ...job.account, id: accountId(job.account.id) };
  const repository = { ...job.repository, id: repositoryId(job.repository.id) };
  const { dossier, currentRole, toCache } = await collectCollaborator({
    gateway,
    repository,
    ownedByOrganization: job.repository.ownerType === "Organization",
    account,
    grant: {
      role: roleNamed(job.role),
      previousRole: job.previousRole === null ? null : roleNamed(job.previousRole),
      grantedAt: job.grantedAt,
    },
    known: await knownAccount(tenant, account.id, asOf),
    asOf,
  });
  const role = required("role of the account", currentRole);
  if (role === null || !canWrite(role)) {
    await tenant.closeFlagsOfGrant(repository.id, account.id, asOf);
    return DONE;
  }
  const assessment = assess(dossier, { engine: context.engine });
  const decision = decide(assessment, { grantedRole: role });
  const report: Report = {
    id: randomRef(context.random),
    kind: "collaborator",
    installationId: tenancy.installation.id,
    repositoryId: repository.id,
    repositoryOwner: repository.owner,
    repositoryName: repository.name,
    pullRequest: null,
    accountId: account.id,
    login: account.login,
    engine: context.engine,
    dossier,
    assessment,
    decision,
    createdAt: asOf,
    reviewed: null,
  };
  await tenant.saveReport(report);
  await remember({ context, tenant }, account, { toCache, asOf });
  const grant = dossier.sections["access.grant"];
  const via = grant.state === "present" ? grant.value.via : "direct";
  if (decision.flag) {
    await raiseFlag(context, tenancy, {
      report,
      grant: { repositoryId: repository.id, repositoryName: repository.name, role, via },
    });
    await raiseFlagsOf(context, tenancy, { report, access: await lastAccess(tenancy.tenant) });
  }
  return DONE;
}

/** The grant is gone: its flags close by themselves. */
export async function withdrawGrantFlow(context: FlowContext, job: WithdrawJob): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return NOBODY_HOME;
  await tenancy.tenant.closeFlagsOfGrant(repositoryId(job.repository.id), accountId(job.accountId), job.at);
  return DONE;
}

/** GitHub's old word `push` and custom roles count as write here: the role in force is read from GitHub anyway. */
const roleNamed = (name: string): Role => ROLES.find((role) => role === name) ?? "write";
