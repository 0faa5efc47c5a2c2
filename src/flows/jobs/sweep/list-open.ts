import { type Instant, plusDays } from "../../../clock.ts";
import { required } from "../../../errors.ts";
import type { InstallationGateway } from "../../../github/gateway.ts";
import type { Listed, PullRequestLists } from "../../../github/listing-gateway.ts";
import type { PullRequestRef, RepositoryRef } from "../../../job/job.ts";
import type { PullRequestSweep } from "../../../store/store.ts";

export type Position = NonNullable<PullRequestSweep["underWay"]>["from"];

/** One page of open pull requests of one repository. */
export interface Step {
  readonly repository: RepositoryRef;
  readonly open: readonly PullRequestRef[];
  /** All that the first look at a repository shows; null for its further pages, and when GitHub did not show it. */
  readonly first: PullRequestLists | null;
  readonly unread: boolean;
  /** Where to go on after this step; null after the last one. */
  readonly next: Position | null;
}

const REPOSITORIES_AT_ONCE = 25;
/** Our clock and GitHub's differ, and lists lag behind events. */
const OVERLAP_DAYS = 1 / 24;

/** The moment before which nothing need be read, given one up to which everything is known. */
export const withOverlap = (knownUntil: Instant): Instant => plusDays(knownUntil, -OVERLAP_DAYS);

/**
 * Every open pull request of an installation from a position on, newest change first in each repository: 1 request
 * per 100 repositories, 1 per 25 of them, and 1 per 50 pull requests beyond a repository's 20. With `since`, a list is
 * left where it gets older than that. No repository is skipped for looking unchanged: a push to a fork or a close moves
 * neither `pushed_at` nor `updated_at` of the repository a pull request is for.
 */
export async function* listOpen(
  gateway: InstallationGateway,
  { from, since }: { readonly from: Position; readonly since: Instant | null },
): AsyncGenerator<Step> {
  for (let position: Position | null = from; position !== null; ) {
    const { page, repository, after }: Position = position;
    const answer = await gateway.coveredRepositories(page);
    const { items, next }: Listed<RepositoryRef> = required("repositories", answer);
    const start = Math.max(
      0,
      items.findIndex(({ id }) => id === repository),
    );
    const nextPage: Position | null = next === null ? null : { page: Number(next), repository: null, after: null };
    for (let index = start; index < items.length; index += REPOSITORIES_AT_ONCE) {
      const batch = items.slice(index, index + REPOSITORIES_AT_ONCE);
      const lists = required("open pull requests", await gateway.pullRequestsOf(batch.map(({ nodeId }) => nodeId)));
      for (const [offset, found] of batch.entries()) {
        const following = items[index + offset + 1];
        yield* stepsOf(gateway, {
          repository: found,
          first: lists.get(found.nodeId) ?? null,
          after: found.id === repository ? after : null,
          page,
          since,
          following: following ? { page, repository: following.id, after: null } : nextPage,
        });
      }
    }
    position = nextPage;
  }
}

/** The pages of one repository; of one that was left in the middle, those after `after`. */
async function* stepsOf(
  gateway: InstallationGateway,
  about: {
    readonly repository: RepositoryRef;
    readonly first: PullRequestLists | null;
    readonly after: string | null;
    readonly page: number;
    readonly since: Instant | null;
    /** Where the list of repositories goes on. */
    readonly following: Position | null;
  },
): AsyncGenerator<Step> {
  const { repository, first, page, since } = about;
  const goOn = ({ items, next }: Listed<PullRequestRef>): string | null => {
    const oldest = items.at(-1)?.updatedAt;
    return since !== null && oldest !== undefined && Date.parse(oldest) < Date.parse(since) ? null : next;
  };
  const nextAfter = (after: string | null): Position | null =>
    after === null ? about.following : { page, repository: repository.id, after };
  let after = about.after;
  if (after === null) {
    after = first && goOn(first.open);
    const open = first?.open.items ?? [];
    yield { repository, open, first, unread: first === null, next: nextAfter(after) };
  }
  while (after !== null) {
    const more: Listed<PullRequestRef> = required(
      "open pull requests",
      await gateway.moreOpen(repository.nodeId, after),
    );
    after = goOn(more);
    yield { repository, open: more.items, first: null, unread: false, next: nextAfter(after) };
  }
}
