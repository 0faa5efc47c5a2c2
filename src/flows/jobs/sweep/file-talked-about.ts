import { pressedSince } from "../../../dossier/sources/thread.ts";
import type { PullRequestRef, RepositoryRef } from "../../../job/job.ts";
import { jobsOfHead } from "../../../job/plan.ts";
import type { FlowContext, Tenancy } from "../../steps/context.ts";

/** When the head of a pull request was looked at last; null for never. */
export type LookedAt = (head: PullRequestRef) => string | null;

/**
 * No event that we may have tells of comments, so a sweep does: where a pull request changed after its head was looked at
 * and two outsiders have spoken within three days, one of them since then, it is looked at once more, however many spoke.
 * A second look, so nothing of it shows outside. Cost: 1 request and 1 point where any of them changed. Returns how many.
 */
export async function fileTalkedAbout(
  { store }: FlowContext,
  { gateway, installation }: Tenancy,
  {
    repository,
    open,
    lookedAt,
  }: {
    readonly repository: RepositoryRef;
    /** At most 50. */
    readonly open: readonly PullRequestRef[];
    readonly lookedAt: LookedAt;
  },
): Promise<number> {
  const moved = open.filter((head) => Date.parse(head.updatedAt) > Date.parse(lookedAt(head) ?? head.updatedAt));
  if (moved.length === 0) return 0;
  const threads = await gateway.threadsOf(moved.map(({ nodeId }) => nodeId));
  // What is not shown now is asked for by the next sweep.
  if (!threads.ok) return 0;
  const jobs = moved
    .filter((head) => pressedSince(threads.value.get(head.nodeId) ?? [], head.author, lookedAt(head) ?? ""))
    .map((head) => ({ ...jobsOfHead(installation.id, repository, head).report, force: true, secondLook: true }));
  const filed = await store.queue.notSetAside(jobs);
  if (filed.length > 0) await store.queue.enqueue(filed);
  return filed.length;
}
