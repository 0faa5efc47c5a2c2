import { required } from "../../errors.ts";
import { brakeSince, CHECK_BRAKE, heldUntil } from "../../job/brake.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { planPublication } from "../../publication/plan.ts";
import { publishSealedCheck } from "../../publication/publish.ts";
import { randomRef } from "../../random.ts";
import type { Door } from "../../store/store.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN, type Tenancy } from "../steps/context.ts";
import { type Rules, readPolicy } from "../steps/read-policy.ts";

type PublishJob = JobOf<"publish-sealed-check">;

/**
 * Posts the sealed check run of one head: the same bytes for everybody, without waiting for or looking at any
 * assessment, so that neither content nor timing can tell. Cost: 1 request; 2 when an earlier attempt was cut off, and
 * 1 more when deliveries named two heads of one second.
 */
export async function publishSealedCheckFlow(context: FlowContext, job: PublishJob): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const now = context.clock.now();
  const { pullRequestNumber } = job;
  const headSha = job.contested ? await namedHead(tenancy, job) : job.headSha;
  const head = { repositoryId: job.repository.id, pullRequestNumber, headSha };
  const until = heldUntil(await tenancy.tenant.checksSince(head, brakeSince(now)), now, CHECK_BRAKE);
  if (until !== null) return { kind: "snooze", until, because: "pushed lately" };
  const rules = await readPolicy(context, tenancy, job.repository);
  // A policy that could never be read may switch the check on or off. Wait for it: either guess could be wrong.
  if (rules.unread !== null) required("policy", rules.unread);
  if (!wantsSealedCheck(rules)) return DONE;

  const { door, opened } = await tenancy.tenant.openDoor({
    ...head,
    ref: randomRef(context.random),
    repositoryOwner: job.repository.owner,
    repositoryName: job.repository.name,
    openedAt: now,
  });
  if (door.checkRunId !== null) {
    context.log.info("publication.unchanged", { installation: job.installationId, repository: job.repository.id });
    return DONE;
  }
  const published = await publishSealedCheck(tenancy.gateway, {
    repository: job.repository,
    headSha,
    ref: door.ref,
    detailsUrl: detailsUrl(context.publicUrl, door),
    lookFirst: !opened,
    isOurs: context.isOurs,
  });
  if (published === null) return TAKEN_OVER;
  const { checkRunId, written } = published;
  const other = await tenancy.tenant.recordCheckRun(door.ref, checkRunId);
  // A worker that is stopped while its POST is under way cannot be kept from it, and GitHub deletes no check run. Both
  // hold the same bytes and the same address, and GitHub shows the newest of a name: the door keeps that one.
  const doubled = other !== null && other !== checkRunId;
  const event = doubled ? "publication.doubled" : written ? "publication.written" : "publication.unchanged";
  context.log.info(event, { installation: job.installationId, repository: job.repository.id });
  return DONE;
}

/** What the queue believes of it is the other worker's word. */
const TAKEN_OVER = { kind: "cancelled", because: "taken over by another worker" } as const;

/** Whether the rules ask for check runs; they ask for everybody's or for nobody's. */
export const wantsSealedCheck = ({ live, policy }: Rules): boolean =>
  planPublication({ live, publication: policy.publication, openedHereCount: null, touchesSensitivePath: false })
    .sealedCheck;

const namedHead = async (
  { gateway }: Tenancy,
  { repository, pullRequestNumber: number }: PublishJob,
): Promise<string> => required("head of the pull request", await gateway.pullRequestHead({ repository, number }));

/** The address behind a check run: random, without owner, repository or number. */
export const detailsUrl = (publicUrl: string, door: Pick<Door, "ref">): string => `${publicUrl}/r/${door.ref}`;
