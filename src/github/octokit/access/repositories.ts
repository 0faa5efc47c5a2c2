import { z } from "zod";
import type { AccessRepository } from "../../../access/grant.ts";
import type { Role } from "../../../dossier/role.ts";
import type { Fetched } from "../../gateway.ts";
import { roleOf } from "../roles.ts";
import type { Session } from "../session.ts";
import { integer, nodesOf, pageInfo, word } from "../shapes.ts";
import { allPages, pageOf } from "./pages.ts";
import { type Collaborator, collaborators, type Person } from "./shapes.ts";

/** One repository and the people who were given a role on it one by one. */
export interface RepositoryGrants {
  readonly repository: AccessRepository;
  /** Null where GitHub does not show the App who they are. */
  readonly direct: readonly { readonly person: Person; readonly role: Role | null }[] | null;
}

export interface AllRepositories {
  readonly repositories: readonly RepositoryGrants[];
  /** How many GitHub says there are; more than were shown when some are hidden from the App. */
  readonly totalCount: number;
  /** The owner's id on a personal account. */
  readonly ownerId: number | null;
}

/**
 * A1: repositories with their direct grants; 1 request per 50 repositories, and 1 per further 100 people of one with
 * more than 20. On a personal account the owner's own repositories.
 */
export async function allRepositories(
  session: Session,
  owner: { readonly login: string; readonly kind: "organization" | "user" },
  onProgress: (done: number, total: number | null) => void,
): Promise<Fetched<AllRepositories>> {
  const about: { totalCount: number; ownerId: number | null } = { totalCount: 0, ownerId: null };
  const found = await allPages(session, owner.kind === "organization" ? "OrgRepos" : "UserRepos", {
    schema: answerShape,
    variables: { owner: owner.login },
    at: [owner.kind],
    page({ organization, user }) {
      const shown = (organization ?? user)?.repositories;
      if (!shown) return null;
      about.totalCount = shown.totalCount;
      about.ownerId = user?.databaseId ?? null;
      return { items: shown.nodes, pageInfo: shown.pageInfo };
    },
    onPage: (count) => onProgress(count, about.totalCount),
  });
  if (!found.ok) return found;
  const repositories: RepositoryGrants[] = [];
  for (const repository of found.value) {
    const everybody = await allCollaborators(session, repository);
    if (!everybody.ok) return everybody;
    repositories.push({ repository: described(repository), direct: everybody.value?.flatMap(directGrant) ?? null });
  }
  return { ok: true, value: { repositories, ...about } };
}

const repository = z.object({
  id: z.string(),
  databaseId: integer,
  name: z.string(),
  visibility: word(["PRIVATE", "INTERNAL"], "PUBLIC"),
  isArchived: z.boolean(),
  collaborators: collaborators.nullish(),
});
type Found = z.infer<typeof repository>;

const page = z
  .object({
    databaseId: integer.nullish(),
    repositories: z.object({ totalCount: integer, pageInfo, nodes: nodesOf(repository) }),
  })
  .nullish();
const answerShape = z.object({ organization: page, user: page });
const moreShape = z.object({ node: z.object({ collaborators: collaborators.nullish() }).nullable() });

async function allCollaborators(
  session: Session,
  { id, collaborators: first }: Found,
): Promise<Fetched<readonly Collaborator[] | null>> {
  if (!first) return { ok: true, value: null };
  if (!first.pageInfo.hasNextPage) return { ok: true, value: first.edges };
  const rest = await allPages(session, "RepoCollaborators", {
    schema: moreShape,
    variables: { repository: id },
    after: first.pageInfo.endCursor,
    at: ["node"],
    page: ({ node }) => pageOf(node?.collaborators),
  });
  return rest.ok ? { ok: true, value: [...first.edges, ...rest.value] } : rest;
}

/**
 * DIRECT also lists people whose role comes from a team or the organisation, so the sources decide. A personal
 * repository names no sources: everybody on its list was invited one by one.
 */
function directGrant({ node, permission, permissionSources }: Collaborator) {
  if (!permissionSources) return [{ person: node, role: permission }];
  const own = permissionSources.find(({ source }) => source.__typename === "Repository");
  return own ? [{ person: node, role: roleOf(own.roleName, own.permission) }] : [];
}

const VISIBILITIES = { PUBLIC: "public", PRIVATE: "private", INTERNAL: "internal" } as const;

const described = ({ databaseId, name, visibility, isArchived }: Found): AccessRepository => ({
  id: String(databaseId),
  name,
  visibility: VISIBILITIES[visibility],
  archived: isArchived,
});
