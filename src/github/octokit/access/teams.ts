import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { AccessSnapshot } from "../../../access/grant.ts";
import { keyOf } from "../../../access/keys.ts";
import type { Role } from "../../../dossier/role.ts";
import type { RepositoryId } from "../../../ids.ts";
import { paced } from "../../../slices.ts";
import { missing, type Session } from "../transport/session.ts";
import { integer, nodesOf, pageInfo } from "../transport/shapes.ts";
import { allPages, pageOf } from "./pages.ts";
import { type Person, teamMembers, teamRepositories } from "./shapes.ts";

/** A team with the people and the roles that are its own, not inherited; both in the order of ids. */
export interface TeamAccess {
  readonly id: number;
  readonly slug: string;
  readonly parentId: number | null;
  readonly members: readonly Person[];
  /** By repository; null for a role this version has no word for. */
  readonly roles: ReadonlyMap<RepositoryId, Role | null>;
}

/**
 * A2: every team; 1 request per 20 teams and 1 per further 100 members or repositories of one team. Fewer teams than
 * GitHub counts are `incomplete`.
 */
export async function teamAccess(session: Session, organization: string): Promise<Fetched<readonly TeamAccess[]>> {
  let totalCount = 0;
  const found = await allPages(session, "OrgTeams", {
    schema: answerShape,
    variables: { org: organization },
    at: ["organization"],
    page({ organization: there }) {
      totalCount = there?.teams?.totalCount ?? 0;
      return there?.teams && { items: there.teams.nodes, pageInfo: there.teams.pageInfo };
    },
  });
  if (!found.ok) return found;
  if (found.value.length < totalCount) return missing(session, "OrgTeams", "incomplete");
  const teams: TeamAccess[] = [];
  const pacer = paced();
  for (const team of found.value) {
    await pacer();
    const members = await allMembers(session, team);
    if (!members.ok) return members;
    const repositories = await allRepositories(session, team);
    if (!repositories.ok) return repositories;
    teams.push({
      id: team.databaseId,
      slug: team.slug,
      parentId: team.parentTeam?.databaseId ?? null,
      members: members.value.toSorted((a, b) => a.databaseId - b.databaseId),
      roles: new Map(
        repositories.value
          .toSorted((a, b) => a.node.databaseId - b.node.databaseId)
          .map(({ permission, node }) => [node.databaseId, permission]),
      ),
    });
  }
  return { ok: true, value: teams };
}

const team = z.object({
  id: z.string(),
  databaseId: integer,
  slug: z.string(),
  parentTeam: z.object({ databaseId: integer.nullable() }).nullish(),
  members: teamMembers,
  repositories: teamRepositories,
});
type Found = z.infer<typeof team>;

const answerShape = z.object({
  organization: z
    .object({ teams: z.object({ totalCount: integer, pageInfo, nodes: nodesOf(team) }).nullish() })
    .nullish(),
});
const membersShape = z.object({ node: z.object({ members: teamMembers.nullish() }).nullable() });
const repositoriesShape = z.object({ node: z.object({ repositories: teamRepositories.nullish() }).nullable() });

async function allMembers(session: Session, { id, members }: Found): Promise<Fetched<Found["members"]["nodes"]>> {
  if (!members.pageInfo.hasNextPage) return { ok: true, value: members.nodes };
  const rest = await allPages(session, "TeamMembers", {
    schema: membersShape,
    variables: { team: id },
    after: members.pageInfo.endCursor,
    at: ["node"],
    page: ({ node }) => node?.members && { items: node.members.nodes, pageInfo: node.members.pageInfo },
  });
  return rest.ok ? { ok: true, value: [...members.nodes, ...rest.value] } : rest;
}

async function allRepositories(
  session: Session,
  { id, repositories }: Found,
): Promise<Fetched<Found["repositories"]["edges"]>> {
  if (!repositories.pageInfo.hasNextPage) return { ok: true, value: repositories.edges };
  const rest = await allPages(session, "TeamRepos", {
    schema: repositoriesShape,
    variables: { team: id },
    after: repositories.pageInfo.endCursor,
    at: ["node"],
    page: ({ node }) => pageOf(node?.repositories),
  });
  return rest.ok ? { ok: true, value: [...repositories.edges, ...rest.value] } : rest;
}

/** Teams as rules name them, with those of their members that the graph has. */
export function teamsOf(
  teams: readonly TeamAccess[],
  accounts: AccessSnapshot["accounts"],
): NonNullable<AccessSnapshot["teams"]> {
  const known = new Set(accounts.map(({ id }) => id));
  const slugs = new Map(teams.map(({ id, slug }) => [id, slug]));
  return teams.map(({ slug, parentId, members }) => ({
    slug,
    parent: parentId === null ? null : (slugs.get(parentId) ?? null),
    members: members.map(({ databaseId }) => keyOf(databaseId)).filter((id) => known.has(id)),
  }));
}
