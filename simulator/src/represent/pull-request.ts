import type { Urls } from "../http/request.ts";
import { authorAssociation } from "../world/access.ts";
import { accountOf, fullName, headSha, repositoryOf } from "../world/lookup.ts";
import { nodeId } from "../world/nodes.ts";
import type { Account, ChangedFile, PullRequest, Repository, World } from "../world/world.ts";
import { nullableUser, simpleUser } from "./account.ts";
import { repositoryView } from "./repository.ts";

type View = Readonly<Record<string, unknown>>;

/** A pull request as `pulls/get` and webhooks show it; `showPrivate` as in `authorAssociation`. */
export function pullRequestView(
  urls: Urls,
  world: World,
  shown: { pullRequest: PullRequest; showPrivate: boolean },
): View {
  const { pullRequest } = shown;
  const sum = (key: "additions" | "deletions") => pullRequest.files.reduce((total, file) => total + file[key], 0);
  return {
    ...pullRequestSimple(urls, world, shown),
    merged: pullRequest.state === "merged",
    mergeable: pullRequest.state === "open" ? true : null,
    rebaseable: null,
    mergeable_state: pullRequest.state === "open" ? "clean" : "unknown",
    merged_by: nullableUser(urls, world, pullRequest.mergedById),
    comments: world.comments.filter(({ issueId }) => issueId === pullRequest.id).length,
    review_comments: 0,
    maintainer_can_modify: pullRequest.maintainerCanModify,
    commits: pullRequest.commits.length,
    additions: sum("additions"),
    deletions: sum("deletions"),
    changed_files: pullRequest.files.length,
  };
}

/** A pull request as lists show it. */
export function pullRequestSimple(
  urls: Urls,
  world: World,
  shown: { pullRequest: PullRequest; showPrivate: boolean },
): View {
  const { pullRequest, showPrivate } = shown;
  const repository = repositoryOf(world, pullRequest.repositoryId);
  const links = linksOf(urls, world, pullRequest);
  return {
    ...links.fields,
    id: pullRequest.id,
    node_id: pullRequest.nodeId,
    number: pullRequest.number,
    state: pullRequest.state === "open" ? "open" : "closed",
    locked: false,
    active_lock_reason: null,
    title: pullRequest.title,
    user: nullableUser(urls, world, pullRequest.authorId) ?? simpleUser(urls, GHOST),
    body: pullRequest.body,
    labels: [...pullRequest.labels].map((name) => labelView(urls, world, repository, name)),
    milestone: null,
    created_at: pullRequest.createdAt,
    updated_at: pullRequest.updatedAt,
    closed_at: pullRequest.closedAt,
    merged_at: pullRequest.mergedAt,
    merge_commit_sha: pullRequest.mergeCommit?.sha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: headView(urls, world, pullRequest),
    base: sideView(urls, world, { repository, ref: pullRequest.base, sha: pullRequest.baseSha }),
    _links: links._links,
    author_association: authorAssociation(world, pullRequest, showPrivate),
    auto_merge: null,
    draft: pullRequest.draft,
  };
}

/** What REST shows in place of an account that is gone. */
export const GHOST: Account = {
  type: "User",
  id: 10_137,
  nodeId: nodeId("User", 10_137),
  login: "ghost",
  createdAt: "2008-05-13T06:14:25.000Z",
  updatedAt: "2018-04-10T17:22:33.000Z",
  gpgKeys: [],
  sshSigningKeys: [],
  commitDays: [],
  reviewDays: [],
  restrictedDays: [],
  follows: new Set(),
};

/** The head; its repository is null when the fork is gone. */
function headView(urls: Urls, world: World, pullRequest: PullRequest): View {
  const { branch, repositoryId } = pullRequest.head;
  const sha = headSha(pullRequest);
  const repository = repositoryId === null ? undefined : world.repositories.get(repositoryId);
  if (repository !== undefined) return sideView(urls, world, { repository, ref: branch, sha });
  return { label: branch, ref: branch, sha, user: simpleUser(urls, GHOST), repo: null };
}

function sideView(urls: Urls, world: World, side: { repository: Repository; ref: string; sha: string }): View {
  const owner = accountOf(world, side.repository.ownerId);
  return {
    label: `${owner.login}:${side.ref}`,
    ref: side.ref,
    sha: side.sha,
    user: simpleUser(urls, owner),
    repo: repositoryView(urls, world, side.repository),
  };
}

function linksOf(urls: Urls, world: World, pullRequest: PullRequest): { readonly fields: View; readonly _links: View } {
  const repository = repositoryOf(world, pullRequest.repositoryId);
  const base = `${urls.api}/repos/${fullName(world, repository)}`;
  const html = `${urls.html}/${fullName(world, repository)}/pull/${pullRequest.number}`;
  const url = `${base}/pulls/${pullRequest.number}`;
  const issue = `${base}/issues/${pullRequest.number}`;
  const commits = `${url}/commits`;
  const statuses = `${base}/statuses/${headSha(pullRequest)}`;
  const [reviews, review] = [`${url}/comments`, `${base}/pulls/comments{/number}`];
  return {
    fields: {
      url,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      issue_url: issue,
      commits_url: commits,
      review_comments_url: reviews,
      review_comment_url: review,
      comments_url: `${issue}/comments`,
      statuses_url: statuses,
    },
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: issue },
      comments: { href: `${issue}/comments` },
      review_comments: { href: reviews },
      review_comment: { href: review },
      commits: { href: commits },
      statuses: { href: statuses },
    },
  };
}

export function labelView(urls: Urls, world: World, repository: Repository, name: string): View {
  const id = [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), repository.id);
  return {
    id,
    node_id: `LA_${id}`,
    url: `${urls.api}/repos/${fullName(world, repository)}/labels/${encodeURIComponent(name)}`,
    name,
    color: "ededed",
    default: false,
    description: null,
  };
}

/** A changed file; GitHub leaves `patch` out when it has none to show. */
export function fileView(
  urls: Urls,
  world: World,
  shown: { readonly repositoryId: number; readonly sha: string; readonly file: ChangedFile },
): View {
  const { repositoryId, sha, file } = shown;
  const name = fullName(world, repositoryOf(world, repositoryId));
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${urls.html}/${name}/blob/${sha}/${path}`,
    raw_url: `${urls.html}/${name}/raw/${sha}/${path}`,
    contents_url: `${urls.api}/repos/${name}/contents/${path}?ref=${sha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}
