import type { Instant } from "../../../src/clock.ts";
import type { User, World } from "./world.ts";

/** One entry of a public timeline. */
export interface PublicEvent {
  readonly id: string;
  readonly type: string;
  readonly repositoryId: number;
  readonly at: Instant;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Public timelines reach back 30 days and hold at most 300 entries. */
const WINDOW_MS = 30 * 86_400_000;
const MOST_EVENTS = 300;

/** What the account did in public lately, newest first. */
export function publicEvents(world: World, user: User, now: Instant): readonly PublicEvent[] {
  const since = new Date(Date.parse(now) - WINDOW_MS).toISOString();
  return acts(world, user)
    .filter(({ at, repositoryId }) => at > since && at <= now && isPublic(world, repositoryId))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, MOST_EVENTS);
}

function acts(world: World, user: User): PublicEvent[] {
  const pulls = [...world.pullRequests.values()].filter(({ authorId }) => authorId === user.id);
  const issues = [...world.issues.values()].filter(({ authorId }) => authorId === user.id);
  const comments = world.comments.filter(({ authorId }) => authorId === user.id);
  const repositories = [...world.repositories.values()].filter(({ ownerId }) => ownerId === user.id);
  return [
    ...pulls.map((pull) => event("PullRequestEvent", pull, { action: "opened" })),
    ...issues.map((issue) => event("IssuesEvent", issue, { action: "opened" })),
    ...comments.map((comment) => event("IssueCommentEvent", comment, { action: "created" })),
    ...repositories.map(({ id, parentId, createdAt }) =>
      event(
        parentId === null ? "CreateEvent" : "ForkEvent",
        { id, repositoryId: id, createdAt },
        { action: "created" },
      ),
    ),
    ...user.commitDays.map(({ day, repositoryId }, index) =>
      event(
        "PushEvent",
        { id: user.id * 10_000 + index, repositoryId, createdAt: `${day}T12:00:00.000Z` },
        { action: "pushed" },
      ),
    ),
  ];
}

const event = (
  type: string,
  act: { readonly id: number; readonly repositoryId: number; readonly createdAt: Instant },
  payload: Readonly<Record<string, unknown>>,
): PublicEvent => ({ id: String(act.id), type, repositoryId: act.repositoryId, at: act.createdAt, payload });

const isPublic = (world: World, repositoryId: number): boolean =>
  world.repositories.get(repositoryId)?.visibility === "public";
