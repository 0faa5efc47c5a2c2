import { createHmac } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { assessSteps } from "../../assessment/assess.ts";
import type { Assessment } from "../../assessment/assessment.ts";
import { decide } from "../../decision/decide.ts";
import type { Decision } from "../../decision/decision.ts";
import { exposureOf } from "../../decision/exposure.ts";
import { type OwnersKnown, pathsToLookAt, secondLook } from "../../decision/second-look.ts";
import type { Dossier } from "../../dossier/dossier.ts";
import type { Role } from "../../dossier/role.ts";
import type { AccountId, RepositoryAddress, RepositoryId } from "../../ids.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Thresholds } from "../../signals/thresholds.ts";
import { inSlices } from "../../slices.ts";
import type { Report, TenantStore } from "../../store/store.ts";
import type { FlowContext, Tenancy } from "./context.ts";

/** What a report is about, and what it rests on. */
export interface ReportInput {
  readonly repository: RepositoryAddress & { readonly id: RepositoryId };
  /** Null when it is about somebody's access. */
  readonly pullRequest: Report["pullRequest"];
  readonly account: { readonly id: AccountId | null; readonly login: string };
  readonly dossier: Dossier;
  readonly policy: Policy;
  /** The strongest role the account holds where the decision applies; null when it holds none. */
  readonly grantedRole: Role | null;
  /** Who looks after these files; asked for where the change calls for a second look. */
  readonly ownersOf?: (paths: readonly string[]) => Promise<OwnersKnown>;
}

/** Assesses a dossier and decides what to say about it, as a report that is ready to be kept. Pure but for its id's key. */
export async function makeReport(context: FlowContext, { installation }: Tenancy, input: ReportInput): Promise<Report> {
  const { repository, pullRequest, account, dossier, policy, grantedRole } = input;
  const assessing = assessSteps(dossier, { engine: context.engine, ...rulesOf(policy) });
  const assessment = await inSlices(assessing);
  const about = {
    kind: pullRequest ? "pull_request" : "collaborator",
    installationId: installation.id,
    repositoryId: repository.id,
    pullRequest,
    accountId: account.id,
  } as const;
  return {
    ...about,
    id: reportId(context, about),
    repositoryOwner: repository.owner,
    repositoryName: repository.name,
    login: account.login,
    engine: context.engine,
    dossier,
    assessment,
    decision: decide(assessment, {
      grantedRole,
      accessOnly: pullRequest === null,
      exposure: exposureOf(policy.exposure),
      secondLook: await wanted(input, assessment),
    }),
    createdAt: dossier.asOf,
    closedAt: null,
    evidenceErased: false,
    reviewed: null,
  };
}

async function wanted({ ownersOf, account }: ReportInput, assessment: Assessment): Promise<readonly string[]> {
  const paths = pathsToLookAt(assessment);
  if (ownersOf === undefined || paths.length === 0) return [];
  return secondLook(assessment, await ownersOf(paths), { openedBy: account.login });
}

/**
 * Keeps a report on somebody's access. That it was closed stays while it says the same; another answer is there to be
 * looked at again.
 */
export async function saveAccessReport(tenant: TenantStore, report: Report): Promise<void> {
  const before = report.accountId && (await tenant.reportsOfHolder(report.repositoryId, report.accountId))[0];
  const lookAgain = !before || !isDeepStrictEqual(ofAccount(before.decision), ofAccount(report.decision));
  await tenant.saveReport(report, { lookAgain });
}

/** A decision without what is said of the organisation: other answers to the seven questions open nothing again. */
const ofAccount = ({ exposure: _, ...decision }: Decision): Omit<Decision, "exposure"> => decision;

/** What of an assessment an organisation's policy sets: numbers in signals, and experimental ones that count. */
export const rulesOf = ({ access, triage, signals }: Policy) => ({
  thresholds: {
    thinGrant: access.thin_grant,
    dormantAfterDays: access.dormant_after_days,
    sensitivePaths: triage.sensitive_paths,
  } satisfies Thresholds,
  promoted: signals.promote,
});

const ID_BYTES = 16;

/**
 * The id of the report on a subject: the same whenever it is looked at again, as the newer report takes the older
 * one's place, and flags and people keep the link. Nobody without the key can guess it.
 */
function reportId(
  { hashKey, engine }: Pick<FlowContext, "hashKey" | "engine">,
  about: Pick<Report, "kind" | "installationId" | "repositoryId" | "pullRequest" | "accountId">,
): string {
  const { kind, installationId, repositoryId, pullRequest, accountId } = about;
  const subject = pullRequest ? [pullRequest.number, pullRequest.headSha] : [accountId];
  const text = ["report", installationId, kind, repositoryId, ...subject, engine].join(" ");
  return createHmac("sha256", hashKey).update(text).digest().subarray(0, ID_BYTES).toString("base64url");
}
