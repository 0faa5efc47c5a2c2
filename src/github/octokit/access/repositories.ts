import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { AccessRepository } from "../../../access/grant.ts";
import { keyOf } from "../../../access/keys.ts";
import type { Role } from "../../../dossier/role.ts";
import type { AccountId } from "../../../ids.ts";
import { paced } from "../../../slices.ts";
import { roleOf } from "../account/roles.ts";
import type { Session } from "../transport/session.ts";
import { integer, nodesOf, pageInfo, word } from "../transport/shapes.ts";
import { allPages, type Page } from "./pages.ts";
import { type Collaborator, collaborators, type Person } from "./shapes.ts";

/** One repository and the people who were given a role on it one by one. */
export interface RepositoryGrants {
  readonly repository: AccessRepository;
  /** In the order of ids; null where GitHub does not show the App who they are. */
  readonly direct: readonly DirectGrant[] | null;
}

export interface DirectGrant {
  readonly person: Person;
  /** Null for a role this version has no word for. */
  readonly role: Role | null;
}

export interface AllRepositories {
  readonly repositories: readonly RepositoryGrants[];
  /** How many GitHub says there are; more than were shown when some are hidden from the App. */
  readonly totalCount: number;
  /** The owner's id on a personal account. */
  readonly ownerId: AccountId | null;
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
  const about: { totalCount: number; ownerId: AccountId | null } = { totalCount: 0, ownerId: null };
  const found = await allPages(session, owner.kind === "organization" ? "OrgRepos" : "UserRepos", {
    schema: answerShape,
    variables: { owner: owner.login },
    at: [owner.kind],
    page({ organization, user }) {
      const shown = (organization ?? user)?.repositories;
      if (!shown) return null;
      about.totalCount = shown.totalCount;
      about.ownerId = user?.databaseId ?? null;
      // A page at a time, so that what GitHub says besides is not kept for all of them at once.
      return { items: shown.nodes.map(trimmed), pageInfo: shown.pageInfo };
    },
    onPage: (count) => onProgress(count, about.totalCount),
  });
  if (!found.ok) return found;
  const repositories: RepositoryGrants[] = [];
  const pacer = paced();
  for (const { id, repository, first } of found.value) {
    await pacer();
    const direct = await allDirect(session, id, first);
    if (!direct.ok) return direct;
    repositories.push({ repository, direct: direct.value });
  }
  return { ok: true, value: { repositories, ...about } };
}

export const repository = z.object({
  id: z.string(),
  databaseId: integer.brand<"RepositoryId">(),
  name: z.string(),
  visibility: word(["PRIVATE", "INTERNAL"], "PUBLIC"),
  isArchived: z.boolean(),
  collaborators: collaborators.nullish(),
});
type Found = z.infer<typeof repository>;

const page = z
  .object({
    databaseId: integer.brand<"AccountId">().nullish(),
    repositories: z.object({ totalCount: integer, pageInfo, nodes: nodesOf(repository) }),
  })
  .nullish();
const answerShape = z.object({ organization: page, user: page });
const moreShape = z.object({ node: z.object({ collaborators: collaborators.nullish() }).nullable() });

/** What is kept of a repository until the rest of its people were asked for. */
interface Trimmed {
  readonly id: string;
  readonly repository: AccessRepository;
  readonly first: Page<DirectGrant> | null;
}

const trimmed = (found: Found): Trimmed => ({
  id: found.id,
  repository: described(found),
  first: found.collaborators ? directPage(found.collaborators) : null,
});

export const directPage = ({ edges, pageInfo: where }: z.infer<typeof collaborators>): Page<DirectGrant> => ({
  items: edges.flatMap(directGrant),
  pageInfo: where,
});

/** The rest of the people of one repository, after those that came with it; in the order of ids. */
export async function allDirect(
  session: Session,
  repository: string,
  first: Page<DirectGrant> | null,
): Promise<Fetched<readonly DirectGrant[] | null>> {
  if (!first) return { ok: true, value: null };
  if (!first.pageInfo.hasNextPage) return { ok: true, value: byAccount(first.items) };
  const rest = await allPages(session, "RepoCollaborators", {
    schema: moreShape,
    variables: { repository },
    after: first.pageInfo.endCursor,
    at: ["node"],
    page: ({ node }) => node?.collaborators && directPage(node.collaborators),
  });
  return rest.ok ? { ok: true, value: byAccount([...first.items, ...rest.value]) } : rest;
}

const byAccount = (direct: readonly DirectGrant[]): readonly DirectGrant[] =>
  direct.toSorted((a, b) => a.person.databaseId - b.person.databaseId);

/**
 * DIRECT also lists people whose role comes from a team or the organisation, so the sources decide. A personal
 * repository names no sources: everybody on its list was invited one by one.
 */
function directGrant({ node, permission, permissionSources }: Collaborator): readonly DirectGrant[] {
  if (!permissionSources) return [{ person: node, role: permission }];
  const own = permissionSources.find(({ source }) => source.__typename === "Repository");
  return own ? [{ person: node, role: roleOf(own.roleName, own.permission) }] : [];
}

const VISIBILITIES = { PUBLIC: "public", PRIVATE: "private", INTERNAL: "internal" } as const;

export const described = ({
  databaseId,
  name,
  visibility,
  isArchived,
}: Pick<Found, "databaseId" | "name" | "visibility" | "isArchived">): AccessRepository => ({
  id: keyOf(databaseId),
  name,
  visibility: VISIBILITIES[visibility],
  archived: isArchived,
});
