import { z } from "zod";
import { ROLES } from "../../dossier/role.ts";
import { account, name, repository } from "../reach/rules-schema.ts";

const instant = z.iso.datetime({ offset: true });
/** Permissions that can write, in GitHub's names; of a token or an App that can only read the list is empty. */
const writes = z.array(name);
/** GitHub does not say which ones are selected, but to the account that did. */
const reaches = z.enum(["all", "selected", "none"]);

const entry = {
  /** A role of the organisation that gives one on every repository: one entry an account and role. */
  organizationRoles: z.object({ account, name, role: z.enum(ROLES), team: name.exactOptional() }),
  /** An invitation to one repository: whoever accepts it holds the role. */
  repositoryInvitations: z.object({
    repository,
    login: name.nullable(),
    role: z.enum(ROLES),
    invitedAt: instant,
  }),
  deployKeys: z.object({ repository, title: name, readOnly: z.boolean(), createdAt: instant }),
  apps: z.object({ app: name, repositories: reaches, writes }),
  tokens: z.object({
    account,
    repositories: reaches,
    writes,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
  }),
};

const LIMITS = {
  ...{ organizationRoles: 200_000, repositoryInvitations: 100_000, deployKeys: 500_000 },
  ...{ apps: 10_000, tokens: 200_000 },
} as const;

type ListName = keyof typeof entry;

const list = <Of extends z.ZodType>(of: Of, limit: number) => z.array(of).max(limit).exactOptional();

/** Access that no grant of an account shows. A list that is absent: nobody looked. */
export const besideLists = {
  organizationRoles: list(entry.organizationRoles, LIMITS.organizationRoles),
  repositoryInvitations: list(entry.repositoryInvitations, LIMITS.repositoryInvitations),
  deployKeys: list(entry.deployKeys, LIMITS.deployKeys),
  apps: list(entry.apps, LIMITS.apps),
  tokens: list(entry.tokens, LIMITS.tokens),
};

/** The same with their entries unread. */
export const unreadBesideLists = Object.fromEntries(
  Object.entries(LIMITS).map(([each, limit]) => [each, list(z.unknown(), limit)]),
);

/** Reads the lists that a document has, each by `read`, which takes its name and what an entry looks like. */
export function readBesideGrants(
  json: unknown,
  read: <Of extends z.ZodType>(list: ListName, of: Of) => readonly z.infer<Of>[],
): BesideGrants {
  const has = (each: ListName): boolean => typeof json === "object" && json !== null && Object.hasOwn(json, each);
  return {
    ...(has("organizationRoles") && { organizationRoles: read("organizationRoles", entry.organizationRoles) }),
    ...(has("repositoryInvitations") && {
      repositoryInvitations: read("repositoryInvitations", entry.repositoryInvitations),
    }),
    ...(has("deployKeys") && { deployKeys: read("deployKeys", entry.deployKeys) }),
    ...(has("apps") && { apps: read("apps", entry.apps) }),
    ...(has("tokens") && { tokens: read("tokens", entry.tokens) }),
  };
}

type Lists = { readonly [List in ListName]: readonly z.infer<(typeof entry)[List]>[] };
/** Access that is no grant of an account on a repository: what gives it, gets it or acts with it. */
export type BesideGrants = Partial<Lists>;
export type OrganizationRole = Lists["organizationRoles"][number];
export type DeployKey = Lists["deployKeys"][number];
export type AppAccess = Lists["apps"][number];
export type TokenAccess = Lists["tokens"][number];
