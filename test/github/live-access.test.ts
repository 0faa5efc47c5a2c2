import nock from "nock";
import { required } from "../../src/errors.ts";
import { expect, test } from "../support/jest.ts";
import { API, answerQuery, installationGateway, playGithub } from "./support/played.ts";

playGithub();

const end = { hasNextPage: false, endCursor: null };
const more = { hasNextPage: true, endCursor: "c1" };
const person = (databaseId: number) => ({ databaseId, login: `person-${databaseId}-example` });
const role = (databaseId: number, permission: string) => ({
  permission,
  node: { databaseId, name: `repo-${databaseId}`, visibility: "PRIVATE", isArchived: false },
});
const team = (databaseId: number, members: object, edges: readonly object[], pageInfo: object = end) => ({
  ...{ id: `T_${databaseId}`, databaseId, slug: `team-${databaseId}` },
  ...{ members, repositories: { pageInfo, edges } },
});
const shown = { organization: { teams: { totalCount: 1 } } };
const data = (fields: object, errors?: readonly object[]) => ({
  data: { rateLimit: { cost: 1 }, ...fields },
  ...(errors && { errors }),
});
const asked = async () => (await installationGateway()).teamAccess({ nodeId: "T_1", organization: "octo-example" });
const gone = [{ type: "NOT_FOUND", message: "no node", path: ["node"] }];

test("team: itself and those above it, with everybody it reaches and every role, page by page", async () => {
  const members = { pageInfo: more, nodes: [person(1)] };
  const parent = team(2, { pageInfo: end, nodes: [person(1), person(3)] }, [
    role(11, "MAINTAIN"),
    role(12, "CUSTOM_X"),
  ]);
  const node = { ...team(1, members, [role(10, "WRITE")], more), ancestors: { nodes: [parent] } };
  answerQuery("TeamAccess", data({ ...shown, node }));
  answerQuery("TeamMembers", data({ node: { members: { pageInfo: end, nodes: [person(2)] } } }));
  answerQuery("TeamRepos", data({ node: { repositories: { pageInfo: end, edges: [role(13, "ADMIN")] } } }));
  const [own, above, ...others] = required("team", await asked());
  expect(own?.members.map(({ id }) => id)).toEqual(["1", "2"]);
  expect(own?.roles.map(({ repository, role: held }) => [repository.name, held])).toEqual([
    ["repo-10", "write"],
    ["repo-13", "admin"],
  ]);
  expect(above).toMatchObject({ id: 2, slug: "team-2", roles: [{ repository: { id: "11" }, role: "maintain" }] });
  expect(others).toEqual([]);
});

test("team: one that is not there is gone; where no team is shown, or an answer failed, nobody can tell", async () => {
  answerQuery("TeamAccess", data({ ...shown, node: null }, gone));
  expect(await asked()).toEqual({ ok: true, value: [] });
  answerQuery("TeamAccess", data({ ...shown, node: {} }));
  expect(await asked()).toEqual({ ok: true, value: [] });
  const hidden = { type: "FORBIDDEN", message: "no", path: ["organization", "teams"] };
  answerQuery("TeamAccess", data({ organization: { teams: null }, node: null }, [hidden, ...gone]));
  expect(await asked()).toMatchObject({ ok: false, reason: "forbidden" });
  answerQuery("TeamAccess", data({ ...shown, node: null }, [{ type: "TIMEOUT", message: "late", path: ["node"] }]));
  expect(await asked()).toMatchObject({ ok: false, reason: "incomplete" });
});

const place = { owner: "octo-example", name: "repo-10" };
const repository = (edges: readonly object[] | null) => ({
  ...{ id: "R_10", databaseId: 10, name: "repo-10", visibility: "PUBLIC", isArchived: true },
  ...{ owner: { databaseId: 7 }, collaborators: edges && { pageInfo: end, edges } },
});
const edge = (id: number, source: string) => ({
  ...{ permission: "ADMIN", node: person(id) },
  permissionSources: [{ permission: "WRITE", roleName: "maintain", source: { __typename: source } }],
});

test("repository: who holds a role of its own there, and not its owner; null where GitHub does not say", async () => {
  const gateway = await installationGateway();
  answerQuery(
    "RepoAccess",
    data({ repository: repository([edge(1, "Repository"), edge(2, "Team"), edge(7, "Repository")]) }),
  );
  expect(await gateway.repositoryAccess(place)).toEqual({
    ok: true,
    value: {
      is: { id: "10", name: "repo-10", visibility: "public", archived: true },
      ...{ ownerId: 7, direct: [{ id: "1", login: "person-1-example", role: "maintain" }] },
    },
  });
  answerQuery("RepoAccess", data({ repository: repository(null) }));
  expect(await gateway.repositoryAccess(place)).toMatchObject({ ok: true, value: { direct: null } });
});

test("invitation: of a login however it is written, with the teams that come with it; null where none waits", async () => {
  const gateway = await installationGateway();
  const list = (teams: number) => {
    const one = { id: 5, login: "Ada-Example", role: "direct_member", created_at: "2026-11-01T00:00:00Z" };
    const mail = { ...one, id: 6, login: null, team_count: 0, inviter: null };
    nock(API)
      .get("/orgs/octo-example/invitations?per_page=100&page=1")
      .reply(200, [mail, { ...one, team_count: teams, inviter: { id: 11 } }]);
  };
  const of = (login: string) => gateway.invitationOf({ organization: "octo-example", login });
  const invitation = { role: "member", invitedAt: "2026-11-01T00:00:00.000Z", inviterId: 11 };
  list(1);
  nock(API)
    .get("/orgs/octo-example/invitations/5/teams?per_page=100")
    .reply(200, [{ id: 1, node_id: "T_1" }]);
  expect(await of("ada-example")).toEqual({ ok: true, value: { ...invitation, teamNodeIds: ["T_1"] } });
  list(0);
  expect(await of("ada-example")).toEqual({ ok: true, value: { ...invitation, teamNodeIds: [] } });
  list(0);
  expect(await of("bo-example")).toEqual({ ok: true, value: null });
});
