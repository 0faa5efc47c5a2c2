import nock from "nock";
import { required } from "../../src/errors.ts";
import { describe, expect, test } from "../support/jest.ts";
import { NOW } from "./support/gateway.ts";
import { API, answerQuery, installationGateway, playGithub } from "./support/played.ts";

playGithub();

const end = { hasNextPage: false, endCursor: null };
const more = (endCursor: string) => ({ hasNextPage: true, endCursor });
const person = (databaseId: number) => ({ databaseId, login: `person-${databaseId}-example` });
const source = (__typename: string, roleName: string | null, permission: string) => ({
  permission,
  roleName,
  source: { __typename },
});
const edge = (id: number, permission: string, sources: readonly unknown[] | null) => ({
  permission,
  permissionSources: sources,
  node: person(id),
});
const repository = (databaseId: number, edges: readonly unknown[] | null) => ({
  ...{ id: `R_${databaseId}`, databaseId, name: `repo-${databaseId}`, visibility: "PRIVATE", isArchived: false },
  collaborators: edges && { pageInfo: end, edges },
});
const repositories = (nodes: readonly unknown[], pageInfo: object = end, totalCount = nodes.length) => ({
  data: { rateLimit: { cost: 1 }, organization: { repositories: { totalCount, pageInfo, nodes } } },
});
const members = (...edges: readonly unknown[]) => ({
  data: {
    rateLimit: { cost: 1 },
    organization: { membersWithRole: { totalCount: edges.length, pageInfo: end, edges } },
  },
});
const teams = (...nodes: readonly unknown[]) => ({
  data: { rateLimit: { cost: 1 }, organization: { teams: { totalCount: nodes.length, pageInfo: end, nodes } } },
});
const settings = (body: object = { default_repository_permission: "write" }) =>
  nock(API).get("/orgs/octo-example").reply(200, body);
const outside = (...people: readonly unknown[]) => {
  nock(API)
    .get("/orgs/octo-example/outside_collaborators?per_page=100&page=1")
    .reply(200, people as nock.Body);
  invited([]);
};
const invited = (list: readonly unknown[], page = 1, status = 200) =>
  nock(API)
    .get(`/orgs/octo-example/invitations?per_page=100&page=${page}`)
    .reply(status, list as nock.Body);
const asked = async () =>
  (await installationGateway()).accessSnapshot({
    organization: "octo-example",
    now: NOW,
    depth: "roles",
    onProgress() {},
  });

test("access: custom roles count as the role they extend; inherited roles on the direct list are left to their source", async () => {
  settings();
  answerQuery(
    "OrgRepos",
    repositories([
      repository(1, [
        edge(10, "WRITE", [source("Repository", "Release Captain", "WRITE"), source("Organization", "read", "READ")]),
        edge(11, "ADMIN", [source("Organization", "admin", "ADMIN")]),
        edge(12, "MAINTAIN", [source("Team", "maintain", "WRITE"), source("Repository", "triage", "READ")]),
      ]),
    ]),
  );
  answerQuery("OrgMembers", members({ role: "ADMIN", node: person(11) }, { role: "MEMBER", node: person(12) }));
  outside({ id: 10, login: "person-10-example" });
  answerQuery("OrgTeams", teams());
  const snapshot = required("snapshot", await asked());
  expect(snapshot.grants).toEqual([
    { account: "10", repository: "1", role: "write", via: { kind: "outside" } },
    { account: "12", repository: "1", role: "triage", via: { kind: "direct" } },
  ]);
  expect(snapshot.owners).toEqual(["11"]);
  expect(snapshot.organization.basePermission).toBe("write");
  expect(snapshot.accounts.map(({ id }) => id)).toEqual(["10", "11", "12"]);
});

test("access: what is hidden is named, and counted as nothing", async () => {
  settings({ login: "octo-example" });
  answerQuery(
    "OrgRepos",
    repositories([repository(1, null), null, repository(2, [edge(10, "OVERLORD", null)])], end, 4),
  );
  answerQuery("OrgMembers", {
    data: { rateLimit: { cost: 1 }, organization: null },
    errors: [{ type: "FORBIDDEN", path: ["organization"], message: "no" }],
  });
  outside();
  answerQuery("OrgTeams", teams());
  const snapshot = required("snapshot", await asked());
  expect(snapshot.grants).toEqual([]);
  expect(snapshot.organization.basePermission).toBe("none");
  const what = snapshot.notChecked?.map((one) => one.what) ?? [];
  expect(what).toEqual(
    expect.arrayContaining([
      "owners and members",
      "the role every member has everywhere (counted as none)",
      "everything of 2 repositories",
      "direct grants of 1 repositories",
      "1 grants of an unknown role",
      "deploy keys",
    ]),
  );
});

describe("access: invitations to the organisation that wait", () => {
  const invitation = (more: object = {}) => ({
    ...{ id: 1, login: "ida-example", email: null, role: "direct_member", created_at: "2026-11-01T00:00:00Z" },
    ...{ team_count: 2, inviter: { id: 11, login: "person-11-example" }, failed_at: null, ...more },
  });
  const askedWith = async (...pages: readonly (readonly [list: readonly unknown[], status?: number])[]) => {
    settings();
    answerQuery("OrgRepos", repositories([]));
    answerQuery("OrgMembers", members());
    nock(API).get("/orgs/octo-example/outside_collaborators?per_page=100&page=1").reply(200, []);
    for (const [index, [list, status]] of pages.entries()) invited(list, index + 1, status);
    answerQuery("OrgTeams", teams());
    return required("snapshot", await asked());
  };
  const gaps = ({ notChecked }: { readonly notChecked?: readonly { readonly what: string }[] }) =>
    notChecked?.map(({ what }) => what).filter((what) => what.startsWith("invitations"));

  test("are listed with what each would make of the account, and without the address they went to", async () => {
    const snapshot = await askedWith([
      [
        invitation({ role: "admin", team_count: 0 }),
        invitation({ login: null, email: "someone@example.com" }),
        invitation({ role: "billing_manager" }),
        invitation({ role: "reinstate" }),
        invitation({ role: "a word of tomorrow" }),
      ],
    ]);
    const ida = { login: "ida-example", invitedAt: "2026-11-01T00:00:00.000Z" };
    expect(snapshot.invitations).toEqual([
      { ...ida, role: "owner", teamCount: 0 },
      { ...ida, role: "former_role", teamCount: 2 },
      { ...ida, login: null, role: "member", teamCount: 2 },
      { ...ida, role: "billing_manager", teamCount: 2 },
      { ...ida, role: "other", teamCount: 2 },
    ]);
    expect(JSON.stringify(snapshot)).not.toContain("someone@");
    expect(gaps(snapshot)).toEqual(["invitations to repositories"]);
  });

  test("are all read when there are over a hundred", async () => {
    const snapshot = await askedWith([Array.from({ length: 100 }, () => invitation())], [[invitation()]]);
    expect(snapshot.invitations).toHaveLength(101);
  });

  test("are not checked, with the permission that opens them, when GitHub refuses", async () => {
    const snapshot = await askedWith([[], 404]);
    expect(snapshot.invitations).toBeUndefined();
    expect(gaps(snapshot)).toEqual(["invitations to the organisation", "invitations to repositories"]);
    expect(snapshot.notChecked?.find(({ what }) => what === "invitations to the organisation")?.opensWith).toBe(
      "Members: read",
    );
  });
});

test("access: a cursor that comes back is incomplete, not endless", async () => {
  settings();
  answerQuery("OrgRepos", repositories([repository(1, [])], more("again")));
  answerQuery("OrgRepos", repositories([repository(1, [])], more("again")));
  expect(await asked()).toEqual({ ok: false, reason: "incomplete", retryAt: null });
});

test("access: members without a role are incomplete: an owner could be among them", async () => {
  settings();
  answerQuery("OrgRepos", repositories([]));
  answerQuery("OrgMembers", members({ role: null, node: person(11) }));
  expect(await asked()).toEqual({ ok: false, reason: "incomplete", retryAt: null });
});

describe("access: a part that GitHub failed to answer makes the whole incomplete", () => {
  const whole = { ok: false, reason: "incomplete", retryAt: null };
  const failed = (...path: readonly (string | number)[]) => ({
    errors: [{ type: "RESOURCE_LIMITS_EXCEEDED", path, message: "Resource limits for this query exceeded." }],
  });

  test("a repository's collaborators", async () => {
    settings();
    const at = failed("organization", "repositories", "nodes", 0, "collaborators");
    answerQuery("OrgRepos", { ...repositories([repository(1, null)]), ...at });
    expect(await asked()).toEqual(whole);
  });
  test("a repository", async () => {
    settings();
    const at = failed("organization", "repositories", "nodes", 1);
    answerQuery("OrgRepos", { ...repositories([repository(1, []), null]), ...at });
    expect(await asked()).toEqual(whole);
  });
  test("a member", async () => {
    settings();
    answerQuery("OrgRepos", repositories([]));
    const at = failed("organization", "membersWithRole", "edges", 1);
    answerQuery("OrgMembers", { ...members({ role: "ADMIN", node: person(11) }, null), ...at });
    expect(await asked()).toEqual(whole);
  });
  test("a team", async () => {
    settings();
    answerQuery("OrgRepos", repositories([]));
    answerQuery("OrgMembers", members());
    outside();
    answerQuery("OrgTeams", { ...teams(null), ...failed("organization", "teams", "nodes", 0) });
    expect(await asked()).toEqual(whole);
  });
  test("members that are counted and not shown, without a word why", async () => {
    settings();
    answerQuery("OrgRepos", repositories([]));
    answerQuery("OrgMembers", members({ role: "ADMIN", node: person(11) }, null, { role: "MEMBER", node: null }));
    expect(await asked()).toEqual(whole);
  });
  test("teams that are counted and not shown, without a word why", async () => {
    settings();
    answerQuery("OrgRepos", repositories([]));
    answerQuery("OrgMembers", members());
    outside();
    answerQuery("OrgTeams", teams(null));
    expect(await asked()).toEqual(whole);
  });
  test("collaborators that GitHub keeps from the App are named, and the rest stands", async () => {
    settings();
    const path = ["organization", "repositories", "nodes", 0, "collaborators"];
    const errors = [{ type: "FORBIDDEN", path, message: "Resource not accessible by integration" }];
    answerQuery("OrgRepos", { ...repositories([repository(1, null)]), errors });
    answerQuery("OrgMembers", members());
    outside();
    answerQuery("OrgTeams", teams());
    const what = required("snapshot", await asked()).notChecked?.map((one) => one.what);
    expect(what).toContain("direct grants of 1 repositories");
  });
});

test("access: a limit on the way keeps its time", async () => {
  settings();
  nock(API).post("/graphql").reply(429, { message: "slow down" }, { "retry-after": "120" });
  expect(await asked()).toEqual({ ok: false, reason: "rate_limited", retryAt: "2026-11-20T12:02:00.000Z" });
});

test("access: teams that form a loop, which GitHub forbids, end all the same", async () => {
  const team = (databaseId: number, parent: number) => ({
    ...{ id: `T_${databaseId}`, databaseId, slug: `team-${databaseId}`, parentTeam: { databaseId: parent } },
    members: { pageInfo: end, nodes: [person(10 + databaseId)] },
    repositories: { pageInfo: end, edges: [{ permission: "WRITE", node: { databaseId: databaseId } }] },
  });
  settings();
  answerQuery("OrgRepos", repositories([repository(1, []), repository(2, [])]));
  answerQuery("OrgMembers", members());
  outside();
  answerQuery("OrgTeams", teams(team(1, 2), team(2, 1)));
  const snapshot = required("snapshot", await asked());
  expect(snapshot.grants.map(({ account, repository: where }) => `${account} ${where}`).toSorted()).toEqual([
    "11 1",
    "11 2",
    "12 1",
    "12 2",
  ]);
});

describe("access: a team that reaches repositories that were not shown", () => {
  async function said(selection: "all" | "selected") {
    const gateway = await installationGateway({ selection });
    settings();
    answerQuery("OrgRepos", repositories([]));
    answerQuery("OrgMembers", members());
    outside();
    const repositoriesOfTeam = { pageInfo: end, edges: [{ permission: "WRITE", node: { databaseId: 9 } }] };
    answerQuery(
      "OrgTeams",
      teams({
        ...{ id: "T_1", databaseId: 1, slug: "core", parentTeam: null },
        members: { pageInfo: end, nodes: [person(10)] },
        repositories: repositoriesOfTeam,
      }),
    );
    const answer = await gateway.accessSnapshot({
      organization: "octo-example",
      now: NOW,
      depth: "roles",
      onProgress() {},
    });
    const what = required("snapshot", answer).notChecked?.map((one) => one.what) ?? [];
    return what.filter((one) => /not installed|not shown/.test(one));
  }
  test("an installation on selected repositories is said once", async () => {
    expect(await said("selected")).toEqual(["repositories the App is not installed on"]);
  });
  test("an installation on all repositories is not called one on selected ones", async () => {
    expect(await said("all")).toEqual(["1 grants of teams on repositories that were not shown"]);
  });
});

describe("access: over a hundred in one team", () => {
  test("further pages are asked by the team's node id", async () => {
    settings();
    answerQuery("OrgRepos", repositories([repository(1, [])]));
    answerQuery("OrgMembers", members());
    outside();
    const first = { id: "T_1", databaseId: 1, slug: "core", parentTeam: null };
    answerQuery(
      "OrgTeams",
      teams({
        ...first,
        members: { pageInfo: more("m"), nodes: [person(10)] },
        repositories: { pageInfo: more("r"), edges: [] },
      }),
    );
    answerQuery("TeamMembers", {
      data: { rateLimit: { cost: 1 }, node: { members: { pageInfo: end, nodes: [person(11)] } } },
    });
    const edges = [{ permission: "ADMIN", node: { databaseId: 1 } }];
    answerQuery("TeamRepos", { data: { rateLimit: { cost: 1 }, node: { repositories: { pageInfo: end, edges } } } });
    const snapshot = required("snapshot", await asked());
    expect(snapshot.grants.map(({ account, role }) => [account, role])).toEqual([
      ["10", "admin"],
      ["11", "admin"],
    ]);
  });
});
