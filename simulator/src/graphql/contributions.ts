import { GraphQLError } from "graphql";
import type { Instant } from "../../../src/clock.ts";
import { nodeOf } from "../world/nodes.ts";
import type { Repository, User } from "../world/world.ts";
import { connection } from "./connection.ts";
import { type Args, type Fields, type GraphqlContext, ordered, text } from "./fields.ts";
import { visibleRepositories } from "./see.ts";

/** What one person contributed between two moments, in what the caller may see. */
export interface Contributions {
  readonly user: User;
  readonly from: Instant;
  readonly to: Instant;
  readonly commits: readonly Contribution[];
  readonly pullRequests: readonly Contribution[];
  readonly reviews: readonly Contribution[];
  readonly issues: readonly Contribution[];
  readonly repositories: readonly Contribution[];
  readonly restrictedCount: number;
}

interface Contribution {
  readonly repositoryId: number;
  readonly at: Instant;
  readonly count: number;
}

const YEAR_MS = 366 * 86_400_000;

/** The collection for `from`/`to`, the last year when left out; GitHub refuses more than a year. */
export function contributionsOf(user: User, args: Args, context: GraphqlContext): Contributions {
  const to = args.to == null ? context.now : new Date(text(args.to)).toISOString();
  const from =
    args.from == null
      ? new Date(Date.parse(to) - 365 * 86_400_000).toISOString()
      : new Date(text(args.from)).toISOString();
  if (Date.parse(to) - Date.parse(from) > YEAR_MS)
    throw new GraphQLError("The total time spanned by 'from' and 'to' must not exceed 1 year");
  const organization = args.organizationID == null ? null : nodeOf(context.world, text(args.organizationID));
  const seen = visibleRepositories(context);
  const all = allOf(user, context, seen);
  const within = (list: readonly Contribution[]) =>
    list.filter(
      ({ at, repositoryId }) =>
        at >= from && at < to && (organization === null || ownerOf(context, repositoryId) === ownerId(organization)),
    );
  return {
    user,
    from,
    to,
    commits: within(all.commits),
    pullRequests: within(all.pullRequests),
    reviews: within(all.reviews),
    issues: within(all.issues),
    repositories: within(all.repositories),
    restrictedCount:
      organization === null
        ? total(user.restrictedDays.filter(({ day }) => noon(day) >= from && noon(day) < to))
        : total(within(Object.values(allOf(user, context, allBut(seen, context))).flat())),
  };
}

function allBut(seen: readonly Repository[], { world }: GraphqlContext): readonly Repository[] {
  const known = new Set(seen);
  return [...world.repositories.values()].filter((repository) => !known.has(repository));
}

const ownerId = (node: object): unknown => ("id" in node ? node.id : undefined);
const ownerOf = ({ world }: GraphqlContext, repositoryId: number) => world.repositories.get(repositoryId)?.ownerId;
const noon = (day: string): Instant => `${day}T12:00:00.000Z`;
const total = (list: readonly { readonly count: number }[]): number => list.reduce((sum, { count }) => sum + count, 0);

type Kinds = Pick<Contributions, "commits" | "pullRequests" | "reviews" | "issues" | "repositories">;

function allOf(user: User, { world }: GraphqlContext, repositories: readonly Repository[]): Kinds {
  const ids = new Set(repositories.map(({ id }) => id));
  const only = (list: readonly Contribution[]) => list.filter(({ repositoryId }) => ids.has(repositoryId));
  const byDay = (days: User["commitDays"]): readonly Contribution[] =>
    days.map(({ day, repositoryId, count }) => ({ repositoryId, at: noon(day), count }));
  // Forks do not count until the work reaches their parent.
  const pushed = repositories
    .filter(({ parentId }) => parentId === null)
    .flatMap(({ id, commits }) =>
      commits
        .filter(({ author }) => author.accountId === user.id)
        .map(({ author }) => ({ repositoryId: id, at: new Date(author.date).toISOString(), count: 1 })),
    );
  const pulls = [...world.pullRequests.values()];
  const by = <T extends { authorId: number | null; repositoryId: number; createdAt: Instant }>(items: Iterable<T>) =>
    [...items].filter(({ authorId }) => authorId === user.id).map(dated);
  return {
    commits: only([...byDay(user.commitDays), ...pushed]),
    reviews: only([
      ...byDay(user.reviewDays),
      ...pulls.flatMap(({ reviews, repositoryId }) =>
        reviews.filter(({ reviewerId }) => reviewerId === user.id).map(({ at }) => ({ repositoryId, at, count: 1 })),
      ),
    ]),
    pullRequests: only(by(pulls)),
    issues: only(by(world.issues.values())),
    repositories: repositories
      .filter((repository) => repository.ownerId === user.id)
      .map(({ id, createdAt }) => ({ repositoryId: id, at: createdAt, count: 1 })),
  };
}

const dated = ({ repositoryId, createdAt }: { repositoryId: number; createdAt: Instant }): Contribution => ({
  repositoryId,
  at: createdAt,
  count: 1,
});

const repositoriesIn = (list: readonly Contribution[]): readonly number[] => [
  ...new Set(list.map(({ repositoryId }) => repositoryId)),
];

const newest = (list: readonly Contribution[], args: Args) =>
  connection(ordered(list, args.orderBy ?? { direction: "DESC" }, { OCCURRED_AT: ({ at }) => at }), args, {
    node: ({ at }) => ({ occurredAt: at }),
  });

export const CONTRIBUTIONS: Fields<Contributions> = {
  startedAt: ({ from }) => from,
  endedAt: ({ to }) => to,
  // Years of the whole account, whatever the span.
  contributionYears: ({ user }, _, context) => {
    const all = allOf(user, context, visibleRepositories(context));
    const years = Object.values(all).flatMap((list) => list.map(({ at }) => Number(at.slice(0, 4))));
    return [...new Set([Number(user.createdAt.slice(0, 4)), ...years])].sort((a, b) => b - a);
  },
  restrictedContributionsCount: ({ restrictedCount }) => restrictedCount,
  totalCommitContributions: ({ commits }) => total(commits),
  totalPullRequestContributions: ({ pullRequests }) => total(pullRequests),
  totalPullRequestReviewContributions: ({ reviews }) => total(reviews),
  totalIssueContributions: ({ issues }) => total(issues),
  totalRepositoryContributions: ({ repositories }) => total(repositories),
  totalRepositoriesWithContributedCommits: ({ commits }) => repositoriesIn(commits).length,
  totalRepositoriesWithContributedPullRequests: ({ pullRequests }) => repositoriesIn(pullRequests).length,
  contributionCalendar: (found) => calendar(found),
  commitContributionsByRepository: ({ commits }, args, { world }) =>
    repositoriesIn(commits)
      .slice(0, Number(args.maxRepositories ?? 25))
      .map((id) => ({
        repository: world.repositories.get(id),
        commits: commits.filter(({ repositoryId }) => repositoryId === id),
      })),
  pullRequestContributions: ({ pullRequests }, args) => newest(pullRequests, args),
  pullRequestReviewContributions: ({ reviews }, args) => newest(reviews, args),
};

export const BY_REPOSITORY: Fields<{ readonly repository: unknown; readonly commits: readonly Contribution[] }> = {
  repository: ({ repository }) => repository,
  contributions: ({ commits }, args) => newest(commits, args),
};

function calendar({ commits, pullRequests, reviews, issues, from, to }: Contributions) {
  const counts = new Map<string, number>();
  for (const { at, count } of [...commits, ...pullRequests, ...reviews, ...issues])
    counts.set(at.slice(0, 10), (counts.get(at.slice(0, 10)) ?? 0) + count);
  const days: { date: string; contributionCount: number }[] = [];
  for (let ms = Date.parse(from.slice(0, 10)); ms < Date.parse(to); ms += 86_400_000) {
    const date = new Date(ms).toISOString().slice(0, 10);
    days.push({ date, contributionCount: counts.get(date) ?? 0 });
  }
  const weeks = Array.from({ length: Math.ceil(days.length / 7) }, (_, week) => ({
    contributionDays: days.slice(week * 7, week * 7 + 7),
  }));
  return { totalContributions: days.reduce((sum, day) => sum + day.contributionCount, 0), weeks };
}
