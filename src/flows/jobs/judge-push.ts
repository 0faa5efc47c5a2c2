import { createHmac } from "node:crypto";
import type { UnavailableReason } from "../../absence.ts";
import { judgingSteps } from "../../assessment/judge-change.ts";
import { asksForLook, BURST_MINUTES, marksOf, withLines } from "../../decision/unreviewed-push.ts";
import { type CollectedPush, collectPush } from "../../dossier/collect-push.ts";
import { required } from "../../errors.ts";
import type { JobOf, PushRef } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { anyMatchesGlob } from "../../policy/glob.ts";
import type { Policy } from "../../policy/policy.ts";
import { randomRef } from "../../random.ts";
import { inSlices } from "../../slices.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN, type Tenancy } from "../steps/context.ts";
import { announceSoon } from "../steps/notify.ts";
import { readPolicy } from "../steps/read-policy.ts";
import { secretHashOf } from "../steps/secret-hash.ts";

type PushJob = JobOf<"judge-push">;

/** GitHub tells of a push a moment before it knows which pull request brought it, and of some pushes twice. */
const SETTLE_SECONDS = 20;
/** How long after it was told of GitHub is asked again for a comparison that it does not find. */
const LAG_SECONDS = 60;

const NOT_WATCHED = { kind: "cancelled", because: "branch that is not watched" } as const;
const REVIEWED = { kind: "cancelled", because: "a merged pull request brought it" } as const;

/**
 * Judges a push that no merged pull request brought by the signals about a change, keeps what they say, and has owners
 * told where something is grave. Nothing of it is published. Cost: 1 request for what was merged, 2 for another push, and
 * what `collectPush` costs beyond that.
 */
export async function judgePushFlow(context: FlowContext, job: PushJob): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const { repository, push } = job;
  const { policy } = await readPolicy(context, tenancy, repository);
  const isWatched = watching(policy, push);
  if (!isWatched(push.branch)) return NOT_WATCHED;
  const until = secondsAfter(push.toldAt, SETTLE_SECONDS);
  if (context.clock.now() < until) return { kind: "snooze", until, because: "pushed just now" };
  if (await tenancy.tenant.hasPush(repository.id, push)) {
    // The run that kept it may have ended before it had anybody told; whoever was told is not told twice.
    await announceSoon(context, tenancy);
    return DONE;
  }
  const merged = await tenancy.gateway.mergedInto({ repository, sha: push.headSha });
  const isLost = (reason: UnavailableReason): boolean =>
    reason === "not_found" && context.clock.now() >= secondsAfter(push.toldAt, LAG_SECONDS);
  const collected =
    !merged.ok && isLost(merged.reason)
      ? nothingOf(push, GONE)
      : required("pull requests of a commit", merged).some(isWatched)
        ? null
        : await collect(context, tenancy, job, isLost);
  if (collected === null) return REVIEWED;
  await keep(context, tenancy, { job, collected });
  return DONE;
}

const secondsAfter = (at: string, seconds: number): string => new Date(Date.parse(at) + seconds * 1_000).toISOString();

const watching =
  ({ pushes }: Policy, { defaultBranch }: PushRef) =>
  (branch: string): boolean =>
    branch === defaultBranch || anyMatchesGlob([branch], pushes.release_branches);

/** What the push brought; what GitHub does not show stands under `unread`. Throws OperatingError while it may yet. */
async function collect(
  context: FlowContext,
  { gateway, installation }: Tenancy,
  { repository, push }: PushJob,
  isLost: (reason: UnavailableReason) => boolean,
): Promise<CollectedPush> {
  const { branch, before, headSha, byApp, defaultBranch } = push;
  // A new branch brings what the default branch does not have; a new default branch has nothing to be measured by.
  const base = before ?? (branch === defaultBranch ? null : defaultBranch);
  if (base === null) return nothingOf(push, "the branch is new, and nothing was there before");
  const answer = await collectPush({
    gateway,
    repository,
    branch,
    base,
    headSha,
    byApp,
    secretHash: secretHashOf(context, installation.id),
  });
  if (answer.ok) return answer.value;
  if (answer.reason === "forbidden") return nothingOf(push, "GitHub shows it to Apps with Contents: read alone");
  return isLost(answer.reason) ? nothingOf(push, GONE) : required("comparison", answer);
}

const GONE = "GitHub does not show what was pushed";

const nothingOf = ({ byApp, branch }: PushRef, what: string): CollectedPush => ({
  files: [],
  unread: [{ path: null, what }],
  push: { byApp, earlier: null, branch, commitSubjects: [] },
});

async function keep(
  context: FlowContext,
  tenancy: Tenancy,
  { job, collected }: { readonly job: PushJob; readonly collected: CollectedPush },
): Promise<void> {
  const { repository, push } = job;
  const seenAt = context.clock.now();
  const judged = await inSlices(judgingSteps(collected, seenAt));
  const { level, complete, notChecked } = judged;
  const asks = asksForLook(judged);
  const isNew = await tenancy.tenant.savePush(
    {
      id: randomRef(context.random),
      repositoryId: repository.id,
      repositoryOwner: repository.owner,
      repositoryName: repository.name,
      branch: push.branch,
      before: push.before,
      headSha: push.headSha,
      ...{ level, complete, notChecked, seenAt },
      ...withLines(judged, collected.files),
    },
    {
      asksForLook: asks,
      marks: asks ? marksOf(judged, collected.files).map((mark) => hashed(context, mark)) : [],
      burstSince: secondsAfter(seenAt, -60 * BURST_MINUTES),
    },
  );
  if (!asks) return;
  context.log.info("push.flagged", { installation: tenancy.installation.id, repository: repository.id });
  // A burst is told of once.
  if (isNew) await announceSoon(context, tenancy);
}

/** A mark may be as long as a change, and quote it. */
const hashed = ({ hashKey }: FlowContext, mark: string): string =>
  createHmac("sha256", hashKey).update(mark).digest("base64url");
