import type { Instant } from "../clock.ts";
import type { RepositoryId } from "../ids.ts";
import type { RecentRuns } from "../job/brake.ts";
import type { Door } from "./records.ts";

/** The addresses that check runs lead to. */
export interface TenantDoors {
  /** The door of a head: the one that exists, or the given one, stored (`opened`). */
  openDoor(
    door: Omit<Door, "installationId" | "checkRunId">,
  ): Promise<{ readonly door: Door; readonly opened: boolean }>;
  /** The newest run of a door stays recorded. Returns the one recorded before, null for none. */
  recordCheckRun(ref: string, checkRunId: number): Promise<number | null>;
  /** When doors of a pull request's other heads were opened that have a check run, from a moment on. */
  checksSince(head: Pick<Door, "repositoryId" | "pullRequestNumber" | "headSha">, since: Instant): Promise<RecentRuns>;
  /** By their ref; of a page those after `after`, "" for the first. */
  doorsOfRepository(
    repository: RepositoryId,
    page?: { readonly after: string; readonly limit: number },
  ): Promise<readonly Door[]>;
}
