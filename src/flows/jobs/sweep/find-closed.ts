import type { Instant } from "../../../clock.ts";
import { required } from "../../../errors.ts";
import type { InstallationGateway } from "../../../github/gateway.ts";
import type { ClosedPullRequest, Listed, PullRequestLists } from "../../../github/listing-gateway.ts";
import type { RepositoryId } from "../../../ids.ts";
import type { RepositoryRef } from "../../../job/job.ts";
import type { TenantStore } from "../../../store/store.ts";

/** Pull requests that are open as far as we know, by repository and number, with when they were first looked at. */
export type KnownOpen = ReadonlyMap<RepositoryId, ReadonlyMap<number, Instant>>;

export function knownOpen(reports: Awaited<ReturnType<TenantStore["openPullRequests"]>>): KnownOpen {
  const groups = Map.groupBy(reports, ({ repository }) => repository);
  return new Map([...groups].map(([id, rows]) => [id, new Map(rows.map((row) => [row.number, row.firstReportAt]))]));
}

/** Further pages of closed pull requests that are read in one go: a thousand, far more than are closed in six hours. */
const MAX_PAGES = 20;

/**
 * Those of the pull requests that are on GitHub's list of closed ones. That an open one is not on a list of open ones
 * proves nothing: lists are long, and move while they are read. 1 request per 50 closed since.
 * @param about.unlisted those to look for, at least one, by number, with when each was first looked at
 * @param about.since what was closed before is known; null when nothing is, and their first look is the limit
 */
export async function closedAmong(
  gateway: InstallationGateway,
  about: {
    readonly repository: RepositoryRef;
    readonly first: PullRequestLists;
    readonly unlisted: ReadonlyMap<number, Instant>;
    readonly since: Instant | null;
  },
): Promise<readonly number[]> {
  const wanted = new Map(about.unlisted);
  const limit = about.since ?? [...wanted.values()].reduce((a, b) => (a < b ? a : b));
  const closed: number[] = [];
  let page: Listed<ClosedPullRequest> = about.first.closed;
  for (let pages = 0; ; pages++) {
    for (const { number } of page.items) if (wanted.delete(number)) closed.push(number);
    const oldest = page.items.at(-1)?.updatedAt;
    const isPast = oldest === undefined || Date.parse(oldest) < Date.parse(limit);
    if (wanted.size === 0 || isPast || page.next === null || pages === MAX_PAGES) return closed;
    page = required("closed pull requests", await gateway.moreClosed(about.repository.nodeId, page.next));
  }
}
