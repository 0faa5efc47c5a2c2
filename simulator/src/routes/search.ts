import type { Handler, RestRequest, RestResponse } from "../http/request.ts";
import { failure, ok, pageOf } from "../http/request.ts";
import { canRead, canSee } from "../http/rules.ts";
import type { Found } from "../http/search.ts";
import { inRange, MOST_HITS, searchedId, searchIssues, sorted, termsOf, UnknownQualifier } from "../http/search.ts";
import { nullableUser, simpleUser } from "../represent/account.ts";
import { commitView } from "../represent/commit.ts";
import { GHOST, labelView } from "../represent/pull-request.ts";
import { repositoryView } from "../represent/repository.ts";
import { authorAssociation } from "../world/access.ts";
import { accountNamed, fullName, organizationNamed, repositoryNamed, repositoryOf } from "../world/lookup.ts";
import type { Repository, World } from "../world/world.ts";
import type { Commit } from "../world/world-commit.ts";

export const searchRoutes: Readonly<Record<string, Handler>> = {
  "search/commits": (request) => guarded(request, commits),
  "search/issues-and-pull-requests": (request) => guarded(request, issues),
};

/** GitHub refuses a search for an account or a repository that it does not know or the caller cannot see. */
function guarded(request: RestRequest, answer: Handler): RestResponse {
  const { world, caller } = request;
  const unknown = termsOf(request.query.get("q") ?? "").some(({ name, value }) => {
    if (name !== "repo") return ACCOUNT_TERMS.has(name) && searchedId(world, value) === undefined;
    const repository = repositoryCalled(world, value);
    return repository === undefined || !canSee(caller, repository);
  });
  if (!unknown) return answer(request);
  return failure(
    422,
    "Validation Failed: The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.",
  );
}

const ACCOUNT_TERMS = new Set(["author", "user", "org", "commenter", "involves", "reviewed-by"]);

function issues(request: RestRequest): RestResponse {
  const { world, query, caller } = request;
  const found = searchIssues(world, query.get("q") ?? "", caller);
  const key = query.get("sort");
  const ordered = key === null ? found : sorted(found, `${key}-${query.get("order") ?? "desc"}`);
  return hits(request, ordered, (item) => issueView(request, item));
}

function issueView({ world, urls }: RestRequest, item: Found): Readonly<Record<string, unknown>> {
  const repository = repositoryOf(world, item.repositoryId);
  const name = fullName(world, repository);
  const url = `${urls.api}/repos/${name}/issues/${item.number}`;
  const html = `${urls.html}/${name}/${item.type === "PullRequest" ? "pull" : "issues"}/${item.number}`;
  return {
    id: item.id,
    node_id: item.nodeId,
    number: item.number,
    title: item.title,
    url,
    repository_url: `${urls.api}/repos/${name}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    locked: false,
    user: nullableUser(urls, world, item.authorId) ?? simpleUser(urls, GHOST),
    labels: item.type === "Issue" ? [] : [...item.labels].map((label) => labelView(urls, world, repository, label)),
    state: item.closedAt === null ? "open" : "closed",
    assignee: null,
    milestone: null,
    comments: world.comments.filter(({ issueId }) => issueId === item.id).length,
    created_at: item.createdAt,
    updated_at: item.updatedAt,
    closed_at: item.closedAt,
    score: 1,
    author_association: authorAssociation(world, item, true),
    ...(item.type === "Issue" ? {} : { draft: item.draft, pull_request: pullLinks(urls.api, { name, html, item }) }),
  };
}

function pullLinks(api: string, { name, html, item }: { name: string; html: string; item: Found }) {
  const merged_at = item.type === "PullRequest" ? item.mergedAt : null;
  const url = `${api}/repos/${name}/pulls/${item.number}`;
  return { url, html_url: html, diff_url: `${html}.diff`, patch_url: `${html}.patch`, merged_at };
}

/** Default branches only; dates keep the author's offset. */
function commits(request: RestRequest): RestResponse {
  const { world, urls, query, caller } = request;
  const terms = termsOf(query.get("q") ?? "");
  const all = [...world.repositories.values()]
    .filter((repository) => canRead(caller, repository, "Commit"))
    .flatMap((repository) => repository.commits.map((commit) => ({ commit, repository })))
    .filter((hit) => terms.every((term) => commitFits(world, term, hit) !== term.negated));
  const byCommitter = query.get("sort") === "committer-date";
  const at = ({ commit }: Hit) => Date.parse((byCommitter ? commit.committer : commit.author).date);
  const sign = query.get("order") === "asc" ? 1 : -1;
  return hits(
    request,
    all.toSorted((a, b) => sign * (at(a) - at(b))),
    ({ commit, repository }) => ({
      ...commitView(urls, world, { commit, keepOffset: true }),
      repository: undated(repositoryView(urls, world, repository)),
      score: 1,
    }),
  );
}

/** What search says of a commit's repository ends before its dates and counts. */
function undated(view: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { created_at, updated_at, pushed_at, ...rest } = view;
  return rest;
}

interface Hit {
  readonly commit: Commit;
  readonly repository: Repository;
}

function commitFits(world: World, { name, value }: { name: string; value: string }, hit: Hit): boolean {
  const { commit, repository } = hit;
  switch (name) {
    case "author":
      return searchedId(world, value) === commit.author.accountId;
    case "author-email":
      return commit.author.email.toLowerCase() === value.toLowerCase();
    case "author-date":
      return inRange(commit.author.date, value);
    case "committer-date":
      return inRange(commit.committer.date, value);
    case "tree":
      return commit.tree === value.toLowerCase();
    case "org":
      return organizationNamed(world, value)?.id === repository.ownerId;
    case "user":
      return accountNamed(world, value)?.id === repository.ownerId;
    case "repo":
      return repositoryCalled(world, value) === repository;
    case "":
      return commit.message.toLowerCase().includes(value.toLowerCase());
    default:
      throw new UnknownQualifier(`${name}:${value}`);
  }
}

function repositoryCalled(world: World, name: string): Repository | undefined {
  const [owner = "", repository = ""] = name.split("/", 2);
  return repositoryNamed(world, owner, repository);
}

function hits<T>(request: RestRequest, found: readonly T[], show: (item: T) => unknown): RestResponse {
  const { slice, headers } = pageOf(request, found.slice(0, MOST_HITS));
  const body = { total_count: found.length, incomplete_results: false, items: slice.map(show), search_type: "lexical" };
  return ok(body, headers);
}
