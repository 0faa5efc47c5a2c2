import { accountNamed, organizationNamed, repositoryNamed } from "../world/lookup.ts";
import type { Issue, PullRequest, Repository, World } from "../world/world.ts";
import type { Caller } from "./credentials.ts";
import { canRead } from "./rules.ts";

/** Search hands out at most a thousand hits, whatever it counted. */
export const MOST_HITS = 1000;

export type Found = Issue | PullRequest;

/** Thrown for a qualifier the simulator does not speak: a query must never silently mean something else. */
export class UnknownQualifier extends Error {}

interface Term {
  readonly name: string;
  readonly value: string;
  readonly negated: boolean;
}

/** What the caller may read that fits a GitHub search query; newest first unless it has its own `sort:`. */
export function searchIssues(world: World, query: string, caller: Caller): readonly Found[] {
  const terms = termsOf(query);
  const all: readonly Found[] = [...world.pullRequests.values(), ...world.issues.values()];
  const found = all.filter((item) => {
    const repository = world.repositories.get(item.repositoryId);
    if (repository === undefined || !canRead(caller, repository, item.type)) return false;
    return terms.every((term) => fits(world, term, { item, repository }) !== term.negated);
  });
  return sorted(found, terms.find(({ name }) => name === "sort")?.value ?? "created-desc");
}

/** Terms of a query; words without a colon search titles. Quotes group. */
export const termsOf = (query: string): readonly Term[] =>
  [...query.matchAll(/(-?)(?:([\w-]+):)?("[^"]*"|\S+)/g)].map(([, minus, name, value]) => ({
    name: name ?? "",
    value: (value ?? "").replaceAll('"', ""),
    negated: minus === "-",
  }));

interface Subject {
  readonly item: Found;
  readonly repository: Repository;
}

type Fit = (world: World, value: string, subject: Subject) => boolean;

const FITS: ReadonlyMap<string, Fit> = new Map<string, Fit>([
  ["", (_, value, { item }) => namesCommit(item, value) || item.title.toLowerCase().includes(value.toLowerCase())],
  ["sort", () => true],
  ["repo", (world, value, { repository }) => repositoryNamed(world, ...split(value)) === repository],
  ["org", (world, value, { repository }) => organizationNamed(world, value)?.id === repository.ownerId],
  ["user", (world, value, { repository }) => accountNamed(world, value)?.id === repository.ownerId],
  ["author", (world, value, { item }) => item.authorId !== null && searchedId(world, value) === item.authorId],
  ["type", (_, value, subject) => isOf(value, subject)],
  ["is", (_, value, subject) => isOf(value, subject)],
  ["state", (_, value, { item }) => stateOf(item) === value],
  ["commenter", (world, value, { item }) => commented(world, item, searchedId(world, value))],
  [
    "involves",
    (world, value, { item }) => {
      const id = searchedId(world, value);
      return item.authorId === id || commented(world, item, id);
    },
  ],
  [
    "reviewed-by",
    (world, value, { item }) =>
      item.type === "PullRequest" && item.reviews.some(({ reviewerId }) => reviewerId === searchedId(world, value)),
  ],
  ["created", (_, value, { item }) => inRange(item.createdAt, value)],
  ["updated", (_, value, { item }) => inRange(item.updatedAt, value)],
  ["closed", (_, value, { item }) => item.closedAt !== null && inRange(item.closedAt, value)],
  [
    "merged",
    (_, value, { item }) => item.type === "PullRequest" && item.mergedAt !== null && inRange(item.mergedAt, value),
  ],
]);

function fits(world: World, { name, value }: Term, subject: Subject): boolean {
  const check = FITS.get(name);
  if (check === undefined) throw new UnknownQualifier(`${name}:${value}`);
  return check(world, value, subject);
}

function isOf(value: string, { item, repository }: Subject): boolean {
  switch (value) {
    case "pr":
      return item.type === "PullRequest";
    case "issue":
      return item.type === "Issue";
    case "open":
    case "closed":
      return stateOf(item) === value;
    case "merged":
      return item.type === "PullRequest" && item.mergedAt !== null;
    case "unmerged":
      return item.type === "PullRequest" && item.mergedAt === null;
    case "draft":
      return item.type === "PullRequest" && item.draft;
    case "public":
    case "private":
      return (repository.visibility === "public") === (value === "public");
    default:
      throw new UnknownQualifier(`is:${value}`);
  }
}

/** A SHA as a search word finds the pull requests that contain the commit. */
const namesCommit = (item: Found, word: string): boolean =>
  item.type === "PullRequest" && /^[0-9a-f]{7,40}$/.test(word) && item.commits.some(({ sha }) => sha.startsWith(word));

/** Search writes an App's bot account as `app/name`. */
export const searchedId = (world: World, value: string): number | undefined =>
  accountNamed(world, value.startsWith("app/") ? `${value.slice(4)}[bot]` : value)?.id;

const stateOf = (item: Found): string => (item.closedAt === null ? "open" : "closed");

const commented = (world: World, item: Found, accountId: number | undefined): boolean =>
  world.comments.some((comment) => comment.issueId === item.id && comment.authorId === accountId);

function split(name: string): [string, string] {
  const [owner = "", repository = ""] = name.split("/", 2);
  return [owner, repository];
}

/** `>=2026-01-01`, `<2026-01-01T10:00:00Z`, `2025-01-01..2026-01-01`, or one day. */
export function inRange(at: string, range: string): boolean {
  const time = new Date(at).toISOString();
  const between = range.split("..");
  if (between.length === 2) return inRange(at, `>=${between[0]}`) && inRange(at, `<=${between[1]}`);
  const [, sign = "", bound = ""] = /^(>=|<=|>|<)?(.*)$/.exec(range) ?? [];
  const comparable = bound.length === 10 ? time.slice(0, 10) : time;
  const limit = bound.length === 10 ? bound : new Date(bound).toISOString();
  if (sign === ">") return comparable > limit;
  if (sign === ">=") return comparable >= limit;
  if (sign === "<") return comparable < limit;
  if (sign === "<=") return comparable <= limit;
  return comparable === limit;
}

export function sorted(found: readonly Found[], order: string): readonly Found[] {
  const [key, direction] = order.split("-");
  if (key !== "created" && key !== "updated") throw new UnknownQualifier(`sort:${order}`);
  const at = (item: Found) => (key === "created" ? item.createdAt : item.updatedAt);
  const sign = direction === "asc" ? 1 : -1;
  return found.toSorted((a, b) => (at(a) < at(b) ? -sign : at(a) > at(b) ? sign : 0));
}
