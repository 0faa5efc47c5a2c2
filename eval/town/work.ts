import { addRepository } from "@sallyport/simulator/src/build/build.ts";
import { addHistory, addPush } from "@sallyport/simulator/src/build/build-history.ts";
import { mergePullRequest, openHistoryPullRequest } from "@sallyport/simulator/src/build/build-merge.ts";
import { comment, openIssue } from "@sallyport/simulator/src/build/build-work.ts";
import type { HistoryCommit, HistoryPerson } from "@sallyport/simulator/src/build/history-commit.ts";
import { addKeys } from "@sallyport/simulator/src/scenarios/history.ts";
import type { Repository } from "@sallyport/simulator/src/world/world.ts";
import { type Instant, plusDays } from "../../src/clock.ts";
import { ago, type Person, type Town } from "./town.ts";

/** One commit of a person at its own clock. */
export const asPerson = ({ name, address, offsetMinutes }: Person, at: Instant): HistoryPerson => ({
  ...{ name, email: address, at, offsetMinutes },
});

/** Moments between two days ago, in order, at the hours people keep, no two on one minute. */
export function moments(
  town: Town,
  { from, to, count }: { readonly from: number; readonly to: number; readonly count: number },
): readonly Instant[] {
  const days = Array.from({ length: count }, () => town.between(to, from)).sort((a, b) => b - a);
  return days.map((day) => plusDays(ago(Math.ceil(day)), 0.3 + town.between(0, 0.45) - 0.5));
}

/** Work as people do it: a file or two a commit, several lines long. */
export function ordinaryCommits(
  town: Town,
  person: Person,
  span: { readonly from: number; readonly to: number; readonly count: number },
): readonly HistoryCommit[] {
  return moments(town, span).map((at, index) => ({
    author: asPerson(person, at),
    message: `Handle case ${index + 1} of ${town.costume.word()}`,
    files: { [`src/part-${index % 7}.ts`]: lines(town, index) },
  }));
}

const lines = (town: Town, index: number): string =>
  Array.from({ length: town.whole(4, 30) }, (_, line) => `export const value${line} = ${index * 31 + line};`).join(
    "\n",
  );

/** A public repository of a person's own, pushed by itself month after month as the work was done. */
export function ownRepository(
  town: Town,
  person: Person,
  {
    commits,
    madeDaysAgo,
    pushes = "as made",
  }: {
    readonly commits: readonly HistoryCommit[];
    readonly madeDaysAgo: number;
    /** At once, on the day it was made; or with the commits; or so that GitHub's log knows nothing of them. */
    readonly pushes?: "as made" | "at once" | "unlogged";
  },
): Repository {
  const { world, costume } = town;
  const repository = addRepository(world, { owner: person.user, name: costume.word(), createdAt: ago(madeDaysAgo) });
  const made = addHistory(world, repository, commits);
  if (pushes === "unlogged") return repository;
  const PUSHED_TOGETHER = 12;
  let before: string | undefined;
  for (const [index, { sha, committer }] of made.entries()) {
    const isLast = index === made.length - 1;
    if (!isLast && (pushes === "at once" || index % PUSHED_TOGETHER < PUSHED_TOGETHER - 1)) continue;
    const at =
      pushes === "at once" ? plusDays(ago(madeDaysAgo), 0.1) : plusDays(new Date(committer.date).toISOString(), 0.01);
    addPush(world, repository, { by: person.user, at, after: sha, ...(before !== undefined && { before }) });
    before = sha;
  }
  return repository;
}

/** Years of steady public work: repositories of its own, merged pull requests, issues and comments, a key. */
export function steadyLife(
  town: Town,
  person: Person,
  { from, to = 5, everyDays = 45 }: { readonly from: number; readonly to?: number; readonly everyDays?: number },
): void {
  const places = Array.from({ length: 6 }, () => town.elsewhere(from + 500));
  const count = town.whole(30, 70);
  ownRepository(town, person, { commits: ordinaryCommits(town, person, { from, to, count }), madeDaysAgo: from });
  for (let day = from - 20, turn = 0; day > to; day -= everyDays * town.between(0.6, 1.4), turn += 1) {
    const place = places[turn % places.length];
    if (place === undefined) return;
    const pullRequest = town.contributes(person, place, { daysAgo: day, title: `Handle case ${turn + 1}` });
    comment(town.world, pullRequest, { author: person.user, at: ago(day - 0.5) });
    if (turn % 3 === 0)
      openIssue(town.world, place.repository, { author: person.user, title: `Case ${turn + 1}`, at: ago(day + 1) });
  }
  addKeys(town.world, person.user, ago(Math.max(to, from - 100)));
}

/** Pull requests to somebody's own repository, with commits that git can serve, each merged by its keeper. */
export function mergedBy(
  town: Town,
  author: Person,
  { repository, keeper }: { readonly repository: Repository; readonly keeper: Person },
  { count, daysAgo, everyDays }: { readonly count: number; readonly daysAgo: number; readonly everyDays: number },
): void {
  for (let turn = 0; turn < count; turn += 1) {
    const at = ago(daysAgo - turn * everyDays);
    const files = { [`part-${author.user.id}-${turn}.ts`]: "ok\n" };
    const commits = [{ author: asPerson(author, at), message: `Part ${turn}`, files }];
    const work = { author: author.user, title: `Part ${turn + 1}`, at, commits };
    const made = openHistoryPullRequest(town.world, repository, work);
    const merged = { by: keeper.user, as: asPerson(keeper, at), at: plusDays(at, 0.2), way: "merge" } as const;
    mergePullRequest(town.world, made, merged);
  }
}

/** Merged here before, by two people. */
export function knownHere(town: Town, person: Person, daysAgo: number): void {
  for (const [index, keeper] of town.maintainers.entries())
    town.contributes(person, { repository: town.repository, keeper }, { daysAgo: daysAgo - index * 20 });
}
