import type { Urls } from "../http/request.ts";
import { accountOf } from "../world/lookup.ts";
import type { Account, Organization, Team, World } from "../world/world.ts";

const USER_PATHS = {
  url: "",
  followers_url: "/followers",
  following_url: "/following{/other_user}",
  gists_url: "/gists{/gist_id}",
  starred_url: "/starred{/owner}{/repo}",
  subscriptions_url: "/subscriptions",
  organizations_url: "/orgs",
  repos_url: "/repos",
  events_url: "/events{/privacy}",
  received_events_url: "/received_events",
} as const;

/** An account as most answers embed it. */
export function simpleUser(urls: Urls, account: Account): Readonly<Record<string, unknown>> {
  const base = `${urls.api}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    avatar_url: `${urls.html}/avatars/${account.id}`,
    gravatar_id: "",
    html_url: `${urls.html}/${encodeURIComponent(account.login)}`,
    ...Object.fromEntries(Object.entries(USER_PATHS).map(([name, path]) => [name, `${base}${path}`])),
    type: account.type,
    site_admin: false,
  };
}

/** The same, or null when the account is gone. */
export const nullableUser = (urls: Urls, world: World, id: number | null): Readonly<Record<string, unknown>> | null =>
  id === null ? null : simpleUser(urls, accountOf(world, id));

/** An account's own page; nothing a person wrote about themselves exists here. */
export const publicUser = (urls: Urls, world: World, account: Account): Readonly<Record<string, unknown>> => ({
  ...simpleUser(urls, account),
  name: null,
  company: null,
  blog: "",
  location: null,
  email: null,
  hireable: null,
  bio: null,
  twitter_username: null,
  public_repos: [...world.repositories.values()].filter(
    ({ ownerId, visibility }) => ownerId === account.id && visibility === "public",
  ).length,
  public_gists: 0,
  followers: followersOf(world, account).length,
  following: account.type === "User" ? account.follows.size : 0,
  created_at: account.createdAt,
  updated_at: account.updatedAt,
});

const followersOf = (world: World, account: Account): readonly Account[] =>
  [...world.accounts.values()].filter((other) => other.type === "User" && other.follows.has(account.id));

/** An organisation as webhooks embed it. */
export function organizationSimple(urls: Urls, organization: Organization): Readonly<Record<string, unknown>> {
  const base = `${urls.api}/orgs/${organization.login}`;
  return {
    login: organization.login,
    id: organization.id,
    node_id: organization.nodeId,
    url: base,
    repos_url: `${base}/repos`,
    events_url: `${base}/events`,
    hooks_url: `${base}/hooks`,
    issues_url: `${base}/issues`,
    members_url: `${base}/members{/member}`,
    public_members_url: `${base}/public_members{/member}`,
    avatar_url: `${urls.html}/avatars/${organization.id}`,
    description: null,
  };
}

export function teamView(urls: Urls, organization: Organization, team: Team): Readonly<Record<string, unknown>> {
  const base = `${urls.api}/organizations/${organization.id}/team/${team.id}`;
  const parent = organization.teams.find(({ id }) => id === team.parentId);
  return {
    id: team.id,
    node_id: team.nodeId,
    name: team.name,
    slug: team.slug,
    description: "",
    privacy: team.privacy === "SECRET" ? "secret" : "closed",
    notification_setting: "notifications_enabled",
    permission: "pull",
    type: "organization",
    organization_id: organization.id,
    url: base,
    html_url: `${urls.html}/orgs/${organization.login}/teams/${team.slug}`,
    members_url: `${base}/members{/member}`,
    repositories_url: `${base}/repos`,
    parent: parent === undefined ? null : teamView(urls, organization, { ...parent, parentId: null }),
  };
}
