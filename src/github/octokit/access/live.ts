import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { AccessRepository } from "../../../access/grant.ts";
import { keyOf } from "../../../access/keys.ts";
import type { LivePerson, LiveTeam } from "../../../access/live/live.ts";
import type { RepositoryAddress } from "../../../ids.ts";
import type { InstallationGateway } from "../../gateway.ts";
import { roleOf } from "../account/roles.ts";
import { missing, query, renewOldToken, type Session } from "../transport/session.ts";
import { integer, nodesOf, pageInfo } from "../transport/shapes.ts";
import { failureAmong, problemAt } from "../transport/translate.ts";
import { allPages, type Page, pageOf } from "./pages.ts";
import { allDirect, described, directPage, repository } from "./repositories.ts";
import { type Person, teamMembers } from "./shapes.ts";

/** See `InstallationGateway.teamAccess`. */
export async function teamWithAncestors(
  session: Session,
  { nodeId, organization }: Parameters<InstallationGateway["teamAccess"]>[0],
): ReturnType<InstallationGateway["teamAccess"]> {
  const variables = { team: nodeId, org: organization };
  const answer = await query(session, "TeamAccess", { schema: teamShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const failed = failureAmong(problems);
  if (failed !== null) return missing(session, "TeamAccess", failed);
  // Whoever is shown no team at all cannot tell one that is gone.
  if (!data.organization?.teams) return missing(session, "TeamAccess", "forbidden");
  const { node } = data;
  if (!isTeam(node)) {
    const reason = problemAt(problems, ["node"]);
    return reason === null || reason === "not_found" ? { ok: true, value: [] } : missing(session, "TeamAccess", reason);
  }
  const teams: Omit<LiveTeam, "askedAt">[] = [];
  for (const found of [node, ...node.ancestors.nodes]) {
    const team = await wholeTeam(session, found);
    if (!team.ok) return team;
    teams.push(team.value);
  }
  return { ok: true, value: teams };
}

const teamRole = z.object({
  permission: z.string(),
  node: repository.pick({ databaseId: true, name: true, visibility: true, isArchived: true }),
});
const teamRoles = z.object({ pageInfo, edges: nodesOf(teamRole) });
const team = z.object({
  id: z.string(),
  databaseId: integer,
  slug: z.string(),
  members: teamMembers,
  repositories: teamRoles,
});
const withAncestors = team.extend({ ancestors: z.object({ nodes: nodesOf(team) }) });
/** A node of another kind answers with an empty object. */
const teamShape = z.object({
  organization: z.object({ teams: z.object({ totalCount: integer }).nullish() }).nullish(),
  node: z.union([withAncestors, z.strictObject({})]).nullish(),
});
const isTeam = (node: z.infer<typeof teamShape>["node"]): node is z.infer<typeof withAncestors> =>
  node != null && "slug" in node;

const membersShape = z.object({ node: z.object({ members: teamMembers.nullish() }).nullish() });
const rolesShape = z.object({ node: z.object({ repositories: teamRoles.nullish() }).nullish() });

async function wholeTeam(session: Session, found: z.infer<typeof team>): Promise<Fetched<Omit<LiveTeam, "askedAt">>> {
  const { id, databaseId, slug } = found;
  const members = await rest(session, "TeamMembers", {
    first: { items: found.members.nodes, pageInfo: found.members.pageInfo },
    schema: membersShape,
    variables: { team: id, membership: "ALL" },
    at: ["node"],
    page: ({ node }) => node?.members && { items: node.members.nodes, pageInfo: node.members.pageInfo },
  });
  if (!members.ok) return members;
  const roles = await rest(session, "TeamRepos", {
    first: { items: found.repositories.edges, pageInfo: found.repositories.pageInfo },
    schema: rolesShape,
    variables: { team: id },
    at: ["node"],
    page: ({ node }) => pageOf(node?.repositories),
  });
  if (!roles.ok) return roles;
  return {
    ok: true,
    value: {
      kind: "team",
      id: databaseId,
      slug,
      members: members.value.map(personOf),
      roles: roles.value.flatMap(roleIn),
    },
  };
}

const personOf = ({ databaseId, login }: Person): LivePerson => ({ id: keyOf(databaseId), login });

/** A role this version has no word for is left out, as in an audit. */
function roleIn({ permission, node }: z.infer<typeof teamRole>): LiveTeam["roles"] {
  const role = roleOf(null, permission);
  return role === null ? [] : [{ repository: described(node), role }];
}

type PagesOf<Data, Item> = Parameters<typeof allPages<Data, Item>>[2];

/** A first page that came with another question, and what follows it. */
async function rest<Data, Item>(
  session: Session,
  name: "TeamMembers" | "TeamRepos",
  { first, ...pages }: PagesOf<Data, Item> & { readonly first: Page<Item> },
): Promise<Fetched<readonly Item[]>> {
  if (!first.pageInfo.hasNextPage) return { ok: true, value: first.items };
  const more = await allPages(session, name, { ...pages, after: first.pageInfo.endCursor });
  return more.ok ? { ok: true, value: [...first.items, ...more.value] } : more;
}

/** See `InstallationGateway.repositoryAccess`. Of one that was just added to a selection an old token knows nothing. */
export async function repositoryAccess(
  session: Session,
  address: RepositoryAddress,
): ReturnType<InstallationGateway["repositoryAccess"]> {
  const answer = await askRepository(session, address);
  if (answer.ok || answer.reason !== "not_found" || !(await renewOldToken(session))) return answer;
  return askRepository(session, address);
}

async function askRepository(
  session: Session,
  address: RepositoryAddress,
): ReturnType<InstallationGateway["repositoryAccess"]> {
  const variables = { owner: address.owner, name: address.name };
  const answer = await query(session, "RepoAccess", { schema: repositoryShape, variables });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const failed = failureAmong(problems);
  if (failed !== null) return missing(session, "RepoAccess", failed);
  const found = data.repository;
  if (!found) return missing(session, "RepoAccess", problemAt(problems, ["repository"]) ?? "not_found");
  const is: AccessRepository = described(found);
  const ownerId = found.owner.databaseId;
  const direct = await allDirect(session, found.id, found.collaborators ? directPage(found.collaborators) : null);
  if (!direct.ok) return direct;
  const holders = direct.value?.flatMap(({ person, role }) =>
    role === null || person.databaseId === ownerId ? [] : [{ ...personOf(person), role }],
  );
  return { ok: true, value: { is, ownerId, direct: holders ?? null } };
}

const repositoryShape = z.object({
  repository: repository.extend({ owner: z.object({ databaseId: integer.brand<"AccountId">() }) }).nullish(),
});
