import { type EffectiveAccess, strongestRole } from "../../access/effective.ts";
import { canWrite } from "../../access/grant.ts";
import { type AccountKey, idOf, keyOf } from "../../access/keys.ts";
import { wantsDeepScan } from "../../decision/deep-scan.ts";
import { collectAccount } from "../../dossier/collect-account.ts";
import { required } from "../../errors.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";
import { commitsSeen, knownAccount, remember } from "../steps/known-account.ts";
import { lastAccess } from "../steps/last-access.ts";
import { makeReport, saveAccessReport } from "../steps/make-report.ts";
import { raiseFlagsOf } from "../steps/raise-flags.ts";
import { readPolicy } from "../steps/read-policy.ts";

const HOLDS_NOTHING = { kind: "cancelled", because: "account holds no write access any more" } as const;

/**
 * Assesses somebody who already holds write access: long service is no exemption. The report belongs to the repository
 * the account reaches furthest into. Cost: 4 to 8 requests.
 */
export async function assessHolderFlow(context: FlowContext, job: JobOf<"assess-holder">): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const { tenant, gateway, installation } = tenancy;
  const { accountId: id } = job;
  const access = await lastAccess(tenant, id, null);
  const place = access && placeOf(access, keyOf(id));
  if (access === null || place === null) return HOLDS_NOTHING;
  const asOf = context.clock.now();
  const { notBefore } = job;
  if (notBefore !== undefined && asOf < notBefore)
    return { kind: "snooze", until: notBefore, because: "share of the budget" };
  const account = required("account", await gateway.accountWithId(id));
  const owner = installation.accountLogin;
  const repository = { id: idOf(place.id), owner, name: place.name };
  const earlier = await tenant.latestReportOf(id);
  const rules = await readPolicy(context, tenancy, repository);
  const evidenceDays = rules.policy.retention.evidence_days;
  const { dossier, toCache } = await collectAccount({
    gateway,
    repository: { owner, name: place.name },
    organization: installation.accountType === "Organization" ? owner : null,
    account,
    known: {
      ...(await knownAccount(tenant, id, { repository: repository.id, asOf })),
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
    grantedRole: place.role,
  });
  await saveAccessReport(tenant, report);
  await remember({ context, tenant }, account, { toCache, asOf });
  await raiseFlagsOf(context, tenancy, { report, earlier, access });
  if (wantsDeepScan(dossier, { when: rules.policy.triage.deep_scan, role: place.role, firstHere: false })) {
    const ref = { id, nodeId: account.nodeId, login: account.login, type: "User" };
    const { installationId } = job;
    await context.store.queue.enqueue([{ kind: "deep-scan-account", installationId, account: ref, again: job }]);
  }
  return DONE;
}

/** The repository where the account's role is strongest; the first one for those who write everywhere. */
function placeOf(access: EffectiveAccess, account: AccountKey) {
  const holder = access.holders.get(account);
  if (holder === undefined || !canWrite(strongestRole(holder))) return null;
  const role = strongestRole(holder);
  const strongest = [...holder.pairs].find(([, held]) => held.role === role)?.[0] ?? [...access.active.keys()][0];
  const repository = strongest === undefined ? undefined : access.active.get(strongest);
  return repository === undefined ? null : { id: repository.id, name: repository.name, role };
}
