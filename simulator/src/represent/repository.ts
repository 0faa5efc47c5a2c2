import type { Urls } from "../http/request.ts";
import { accountOf } from "../world/lookup.ts";
import type { Repository, World } from "../world/world.ts";
import { simpleUser } from "./account.ts";

/** GitHub's links of a repository: name to the path below it. */
const PATHS = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
} as const;

/** A repository with every field that answers and webhooks require. */
export function repositoryView(urls: Urls, world: World, repository: Repository): Readonly<Record<string, unknown>> {
  const owner = accountOf(world, repository.ownerId);
  const name = `${owner.login}/${repository.name}`;
  const base = `${urls.api}/repos/${name}`;
  const html = `${urls.html}/${name}`;
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: name,
    private: repository.visibility !== "public",
    owner: simpleUser(urls, owner),
    html_url: html,
    description: repository.description,
    fork: repository.parentId !== null,
    url: base,
    ...Object.fromEntries(Object.entries(PATHS).map(([key, path]) => [key, `${base}${path}`])),
    git_url: `git://${urls.html.replace(/^https?:\/\//, "")}/${name}.git`,
    ssh_url: `git@${new URL(urls.html).hostname}:${name}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: repository.mirrorUrl,
    ...counts(world, repository),
    ...features(repository),
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
    pushed_at: repository.pushedAt,
  };
}

function counts(world: World, repository: Repository): Readonly<Record<string, unknown>> {
  const forks = [...world.repositories.values()].filter(({ parentId }) => parentId === repository.id).length;
  const open = [...world.pullRequests.values()].filter(
    ({ repositoryId, state }) => repositoryId === repository.id && state === "open",
  ).length;
  return {
    forks,
    forks_count: forks,
    stargazers_count: repository.stars,
    watchers: repository.stars,
    watchers_count: repository.stars,
    open_issues: open,
    open_issues_count: open,
    size: repository.diskUsage,
  };
}

const features = (repository: Repository): Readonly<Record<string, unknown>> => ({
  license: null,
  homepage: null,
  language: repository.language,
  default_branch: repository.defaultBranch,
  is_template: false,
  topics: [],
  has_issues: true,
  has_projects: true,
  has_wiki: true,
  has_pages: false,
  has_downloads: true,
  has_discussions: false,
  archived: repository.archived,
  disabled: false,
  visibility: repository.visibility,
  allow_forking: true,
  web_commit_signoff_required: false,
});
