import { afterAll, afterEach, beforeAll, expect, test } from "../../test/support/jest.ts";
import { addTeam, addUser } from "../src/build/build.ts";
import { call, type Stand, stand } from "./stand.ts";

const scene: Stand = stand();
const { world, org, simulator } = scene;
const member = addUser(world, { login: "member-example", createdAt: "2016-01-01T00:00:00.000Z" });
org.members.add(member.id);
let url: string;

beforeAll(async () => {
  url = await simulator.listen();
});
afterEach(() => simulator.expectNoViolations());
afterAll(() => simulator.stop());

type Who = "owner" | "member" | "stranger";
const ALL = ["repo", "read:org", "admin:org"];

const PEOPLE = { owner: scene.ada, member, stranger: scene.newcomer };

const tokenOf = (who: Who, scopes: readonly string[] = ALL): string =>
  simulator.credentials.issuePersonalToken(PEOPLE[who], scopes);

const get = async (who: Who, path: string, scopes?: readonly string[]): Promise<number> =>
  (await call(url, `/api/v3${path}`, { token: tokenOf(who, scopes) })).status;
const ask = async (who: Who, query: string, scopes?: readonly string[]) =>
  (await call(url, "/api/graphql", { token: tokenOf(who, scopes), method: "POST", body: { query } })).body;

test.each<[string, Record<Who, number>]>([
  ["/user", { owner: 200, member: 200, stranger: 200 }],
  ["/users/ada-example", { owner: 200, member: 200, stranger: 200 }],
  ["/repos/octo-org/wallet", { owner: 200, member: 200, stranger: 200 }],
  ["/repos/octo-org/vault", { owner: 200, member: 200, stranger: 404 }],
  ["/repos/octo-org/wallet/pulls/1", { owner: 200, member: 200, stranger: 200 }],
  ["/repos/octo-org/wallet/collaborators/ada-example/permission", { owner: 200, member: 403, stranger: 403 }],
  ["/orgs/octo-org/memberships/ada-example", { owner: 200, member: 200, stranger: 403 }],
  ["/orgs/octo-org/outside_collaborators", { owner: 200, member: 403, stranger: 403 }],
  ["/orgs/octo-org/invitations", { owner: 200, member: 403, stranger: 403 }],
  ["/app", { owner: 401, member: 401, stranger: 401 }],
  ["/installation/repositories", { owner: 403, member: 403, stranger: 403 }],
])("personal token: %s answers each by what he may see", async (path, statuses) => {
  for (const who of ["owner", "member", "stranger"] as const)
    expect([who, await get(who, path)]).toEqual([who, statuses[who]]);
});

test("personal token: its scopes narrow what its owner may see", async () => {
  expect(await get("owner", "/repos/octo-org/vault", ["read:org"])).toBe(404);
  expect(await get("owner", "/orgs/octo-org/outside_collaborators", ["repo"])).toBe(403);
  expect(await get("owner", "/orgs/octo-org/invitations", ["repo", "read:org"])).toBe(403);
  const path = "/api/v3/orgs/octo-org";
  const shown = async (scopes: readonly string[]) =>
    (await call(url, path, { token: tokenOf("owner", scopes) })).body as Readonly<Record<string, unknown>>;
  expect(await shown(ALL)).toHaveProperty("default_repository_permission");
  expect(await shown(["repo", "read:org"])).not.toHaveProperty("default_repository_permission");
});

test("personal token: writes nothing", async () => {
  const answer = await call(url, "/api/v3/repos/octo-org/wallet/issues/1/labels", {
    token: tokenOf("owner"),
    method: "POST",
    body: { labels: ["x"] },
  });
  expect(answer.status).toBe(403);
});

const MEMBERS = '{ organization(login: "octo-org") { membersWithRole(first: 9) { totalCount } } }';

test("personal token: members show themselves to members with read:org, and scopes are looked at first", async () => {
  expect(await ask("member", MEMBERS)).toEqual({ data: { organization: { membersWithRole: { totalCount: 2 } } } });
  expect(await ask("stranger", MEMBERS)).toMatchObject({
    data: { organization: null },
    errors: [{ type: "FORBIDDEN" }],
  });
  const scoped = await ask("owner", MEMBERS, ["repo"]);
  expect(scoped).toMatchObject({ errors: [{ type: "INSUFFICIENT_SCOPES" }] });
  expect(scoped).not.toHaveProperty("data");
});

test("personal token: secret teams show themselves to owners and their own people", async () => {
  addTeam(world, org, { name: "Night watch", privacy: "SECRET" });
  const query = '{ organization(login: "octo-org") { teams(first: 9) { totalCount } } }';
  expect(await ask("owner", query)).toMatchObject({ data: { organization: { teams: { totalCount: 1 } } } });
  expect(await ask("member", query)).toMatchObject({ data: { organization: { teams: { totalCount: 0 } } } });
});

test("personal token: who holds a role shows itself to those who may push; what is hidden is left out", async () => {
  const query =
    '{ organization(login: "octo-org") { viewerIsAMember viewerCanAdminister repositories(first: 9) { totalCount nodes { name collaborators(first: 9) { totalCount } } } } }';
  expect(await ask("owner", query)).toMatchObject({
    data: { organization: { viewerIsAMember: true, viewerCanAdminister: true, repositories: { totalCount: 2 } } },
  });
  expect(await ask("stranger", query)).toMatchObject({
    data: {
      organization: {
        ...{ viewerIsAMember: false, viewerCanAdminister: false },
        repositories: { totalCount: 1, nodes: [{ name: "wallet", collaborators: null }] },
      },
    },
    errors: [{ type: "FORBIDDEN" }],
  });
});

test("personal token: one that nobody issued is refused", async () => {
  expect((await call(url, "/api/v3/user", { token: "ghp_nobody" })).status).toBe(401);
});
