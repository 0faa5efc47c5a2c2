import { type EffectiveAccess, strongestRole } from "../../access/effective.ts";
import { canWrite } from "../../access/grant.ts";
import { type AccountKey, idOf } from "../../access/keys.ts";
import { wantsDeepScan } from "../../decision/deep-scan.ts";
import { collectAccount } from "../../dossier/collect-account.ts";
import { required } from "../../errors.ts";
import type { JobOf } from "../../job/job.ts";
import type { FlowContext, Tenancy } from "./context.ts";
import { commitsSeen, heldIn, knownAccount, remember } from "./known-account.ts";
import { makeReport, saveAccessReport } from "./make-report.ts";
import { raiseFlagsOf } from "./raise-flags.ts";
import { readPolicy } from "./read-policy.ts";

/**
 * Assesses an account with what it holds, or will hold once it accepts an invitation. The report belongs to the
 * repository it reaches furthest into. Cost: 4 to 8 requests.
 */
export async function assessAccess(
  context: FlowContext,
  tenancy: Tenancy,
  job: JobOf<"assess-holder"> | JobOf<"assess-invited">,
  { place, access }: { readonly place: Place; readonly access: EffectiveAccess },
): Promise<void> {
  const { tenant, gateway, installation } = tenancy;
  const asOf = context.clock.now();
  const invited = job.kind === "assess-invited";
  const id = invited ? job.account.id : job.accountId;
  const account = required("account", await gateway.accountWithId(id));
  const owner = installation.accountLogin;
  const repository = { id: idOf(place.id), owner, name: place.name };
  const earlier = await tenant.latestReportOf(id);
  const rules = await readPolicy(context, tenancy, repository);
  const evidenceDays = rules.policy.retention.evidence_days;
  const { dossier, toCache } = await collectAccount({
    gateway,
    repository: { owner, name: place.name },
    // Whoever is not in yet has done nothing with what it will hold.
    organization: installation.accountType === "Organization" && !invited ? owner : null,
    account,
    known: {
      ...(await knownAccount(tenant, id, { repository: repository.id, asOf })),
      ...commitsSeen(earlier, { repository: repository.id, asOf, evidenceDays }),
      ...(invited && heldIn(access.snapshot, id)),
    },
    asOf,
  });
  const about = { repository, pullRequest: null, account, dossier, policy: rules.policy, grantedRole: place.role };
  const report = await makeReport(context, tenancy, about);
  await saveAccessReport(tenant, report);
  await remember({ context, tenant }, account, { toCache });
  await raiseFlagsOf(context, tenancy, { report, earlier, invited, access });
  if (wantsDeepScan(dossier, { when: rules.policy.triage.deep_scan, role: place.role, firstHere: false })) {
    const ref = { id, nodeId: account.nodeId, login: account.login, type: "User" };
    const { installationId } = job;
    await context.store.queue.enqueue([{ kind: "deep-scan-account", installationId, account: ref, again: job }]);
  }
}

export type Place = NonNullable<ReturnType<typeof placeOf>>;

/** The repository where an account's role is strongest; the first one for those who write everywhere, null below write. */
export function placeOf(access: EffectiveAccess, account: AccountKey) {
  const holder = access.holders.get(account);
  if (holder === undefined || !canWrite(strongestRole(holder))) return null;
  const role = strongestRole(holder);
  const strongest = [...holder.pairs].find(([, held]) => held.role === role)?.[0] ?? [...access.active.keys()][0];
  const repository = strongest === undefined ? undefined : access.active.get(strongest);
  return repository === undefined ? null : { id: repository.id, name: repository.name, role };
}
