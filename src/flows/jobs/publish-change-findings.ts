import { createHmac } from "node:crypto";
import { plusDays } from "../../clock.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { type PublicFindings, publicFindings } from "../../publication/change-findings.ts";
import { planPublication } from "../../publication/plan.ts";
import { publishChangeFindings } from "../../publication/publish-findings.ts";
import { inSlices } from "../../slices.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";
import { readPolicy } from "../steps/read-policy.ts";

type FindingsJob = JobOf<"publish-change-findings">;

const NEVER_READ = { kind: "cancelled", because: "the diff was never read" } as const;
const NOT_SHOWN = { kind: "cancelled", because: "GitHub did not show the diff" } as const;
const TAKEN_OVER = { kind: "cancelled", because: "taken over by another worker" } as const;
const WAIT_MS = 10_000;
/** A triage that is not done by then was given up. */
const MOST_DAYS = 1;

/**
 * Writes what the diff of one head could do beside its lines, where owners chose so. Of the report it takes the changed
 * files and nothing else; the findings are made from them anew. Cost: 2 requests, and 1 for each fifty annotations
 * beyond the first.
 */
export async function publishChangeFindingsFlow(context: FlowContext, job: FindingsJob): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const now = context.clock.now();
  const { repository, pullRequestNumber, headSha, readAt } = job;
  const reports = await tenancy.tenant.reportsOfHead(repository.id, headSha);
  const report = reports.find(
    ({ pullRequest, createdAt }) => pullRequest?.number === pullRequestNumber && createdAt >= readAt,
  );
  if (report === undefined) {
    // The triage that asks for this keeps its report a moment later, or is run again.
    const until = new Date(Date.parse(now) + WAIT_MS).toISOString();
    return now < plusDays(readAt, MOST_DAYS) ? { kind: "snooze", until, because: "not read yet" } : NEVER_READ;
  }
  const rules = await readPolicy(context, tenancy, repository);
  const criteria = { openedHereCount: null, touchesSensitivePath: false };
  const plan = planPublication({ live: rules.live, publication: rules.policy.publication, ...criteria });
  if (!plan.changeFindings) return DONE;
  const section = report.dossier.sections["change.files"];
  if (section.state !== "present") return NOT_SHOWN;
  const findings = await inSlices(publicFindings({ ...section.value, readAt: section.asOf }));
  const target = { repository, headSha, externalId: externalId(context, job, findings), isOurs: context.isOurs };
  const published = await publishChangeFindings(tenancy.gateway, target, findings);
  if (published === null) return TAKEN_OVER;
  const event = published.writes > 0 ? "publication.written" : "publication.unchanged";
  context.log.info(event, { installation: job.installationId, repository: repository.id });
  return DONE;
}

/** The same for the same findings of the same head, so that another attempt finds what the first one wrote. */
function externalId(
  { hashKey }: FlowContext,
  job: FindingsJob,
  { title, summary, annotations }: PublicFindings,
): string {
  const { installationId, repository, pullRequestNumber, headSha } = job;
  const said = JSON.stringify([title, summary, annotations]);
  const text = ["change findings", installationId, repository.id, pullRequestNumber, headSha, said].join(" ");
  return createHmac("sha256", hashKey).update(text).digest("base64url").slice(0, 22);
}
