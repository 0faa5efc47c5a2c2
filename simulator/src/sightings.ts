import type { Instant } from "../../src/clock.ts";

/**
 * One act of the App that people besides it can see: everything it writes (check runs, labels, comments, statuses,
 * whatever comes), and every time git asks for a repository, which GitHub shows its owner day by day. Reading by the
 * API is shown to nobody.
 */
export interface Sighting {
  readonly at: Instant;
  /** Operation of the API, name of the mutation, or git's service. */
  readonly act: string;
  /** Path of the request, or `owner/name` for git. */
  readonly place: string;
  readonly body: string;
}
