import { z } from "zod";
import type { Role } from "../../../dossier/role.ts";
import { roleOf } from "../account/roles.ts";
import { integer, nodesOf, pageInfo } from "../transport/shapes.ts";

/** An account as the audit shows it: id and login. */
export const person = z.object({ databaseId: integer.brand<"AccountId">(), login: z.string() });
export type Person = z.infer<typeof person>;

/** A repository's or team's role on one edge; null for a role this version does not know. */
const roleWord = z.string().transform((word): Role | null => roleOf(null, word));

export const teamRepositories = z.object({
  pageInfo,
  edges: nodesOf(z.object({ permission: roleWord, node: z.object({ databaseId: integer.brand<"RepositoryId">() }) })),
});

export const teamMembers = z.object({ pageInfo, nodes: nodesOf(person) });

const collaborator = z.object({
  permission: roleWord,
  permissionSources: z
    .array(
      z.object({
        permission: z.string(),
        roleName: z.string().nullish(),
        source: z.object({ __typename: z.string() }),
      }),
    )
    .nullish(),
  node: person,
});
export type Collaborator = z.infer<typeof collaborator>;

export const collaborators = z.object({ pageInfo, edges: nodesOf(collaborator) });
