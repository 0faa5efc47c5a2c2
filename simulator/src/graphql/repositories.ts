import { canAdminister, canRead } from "../http/rules.ts";
import { accessSources, collaboratorIds, effectiveRole, outsideCollaboratorIds } from "../world/access.ts";
import { accountOf, fullName, headSha } from "../world/lookup.ts";
import type { Repository, RepositoryRole } from "../world/world.ts";
import type { Commit } from "../world/world-commit.ts";
import { connection } from "./connection.ts";
import { type Args, type Fields, forbidden, type GraphqlContext, many, ordered, text, Unsimulated } from "./fields.ts";
import { branchProtectionRules, deployKeys, refs, rulesets } from "./rules.ts";
import { isVisible, requireRepository } from "./see.ts";

export const REPOSITORY: Fields<Repository> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  nameWithOwner: (repository, _, { world }) => fullName(world, repository),
  owner: ({ ownerId }, _, { world }) => accountOf(world, ownerId),
  visibility: ({ visibility }) => visibility.toUpperCase(),
  isPrivate: ({ visibility }) => visibility !== "public",
  isArchived: ({ archived }) => archived,
  isFork: ({ parentId }) => parentId !== null,
  isEmpty: ({ commits }) => commits.length === 0,
  createdAt: ({ createdAt }) => createdAt,
  pushedAt: ({ pushedAt }) => pushedAt,
  updatedAt: ({ pushedAt }) => pushedAt,
  diskUsage: ({ diskUsage }) => diskUsage,
  description: ({ description }) => description,
  isMirror: ({ mirrorUrl }) => mirrorUrl !== null,
  stargazerCount: ({ stars }) => stars,
  forkCount: ({ id }, _, { world }) =>
    [...world.repositories.values()].filter(({ parentId }) => parentId === id).length,
  forkingAllowed: () => true,
  autoMergeAllowed: () => false,
  primaryLanguage: ({ language }) => (language === null ? null : { name: language }),
  parent: ({ parentId }, _, context) => visible(context, parentId),
  templateRepository: ({ templateId }, _, context) => visible(context, templateId),
  defaultBranchRef: (repository) =>
    repository.commits.length === 0 ? null : { type: "Ref", name: repository.defaultBranch, repository },
  refs: (repository, args) => refs(repository, args),
  viewerCanAdminister: (repository, _, { caller }) => canAdminister(caller, repository),
  branchProtectionRules,
  deployKeys,
  rulesets,
  collaborators: (repository, args, context) => collaborators(repository, args, context),
  pullRequests: (repository, args, context) => {
    if (!canRead(context.caller, repository, "PullRequest")) throw forbidden();
    const { world } = context;
    const states = many(args.states);
    const all = [...world.pullRequests.values()].filter(
      ({ repositoryId, state }) =>
        repositoryId === repository.id && (states === null || states.includes(state.toUpperCase())),
    );
    return connection(ordered(all, args.orderBy, WORK_ORDER), args);
  },
  issues: (repository, args, { world }) => {
    const all = [...world.issues.values()].filter(({ repositoryId }) => repositoryId === repository.id);
    return connection(ordered(all, args.orderBy, WORK_ORDER), args);
  },
  object: (repository, args, context) => {
    if (args.oid != null) return commitOf(repository, text(args.oid), context);
    const expression = text(args.expression);
    if (!expression.includes(":")) return commitOf(repository, revisionOf(repository, expression), context);
    if (!canRead(context.caller, repository, "Commit")) throw forbidden();
    return objectAt(context, repository, expression);
  },
};

/** A branch's name stands for its head; the default branch is the one there is, and git's own `HEAD`. */
const revisionOf = ({ defaultBranch, commits }: Repository, expression: string): string =>
  expression === defaultBranch || expression === "HEAD" ? (commits[0]?.sha ?? "") : expression;

/** Any commit the repository has, on a branch or in a pull request; null for one it never saw. */
function commitOf({ id, commits }: Repository, oid: string, { world, caller }: GraphqlContext): Commit | null {
  const repository = world.repositories.get(id);
  if (repository === undefined || !canRead(caller, repository, "Commit")) throw forbidden();
  const built = world.histories.get(id)?.commits.find(({ commit }) => commit.sha === oid)?.commit;
  return built ?? commits.find(({ sha }) => sha === oid) ?? null;
}

const WORK_ORDER = {
  CREATED_AT: ({ createdAt }: { readonly createdAt: string }): string => createdAt,
  UPDATED_AT: ({ updatedAt }: { readonly updatedAt: string }): string => updatedAt,
} as const;

function visible(context: GraphqlContext, id: number | null): Repository | null {
  const repository = id === null ? undefined : context.world.repositories.get(id);
  return repository !== undefined && isVisible(context, repository) ? repository : null;
}

/** The default branch as a GraphQL Ref. */
export const REF: Fields<{ readonly name: string; readonly repository: Repository }> = {
  name: ({ name }) => name,
  target: ({ repository }, _, { caller }) => {
    if (!canRead(caller, repository, "Commit")) throw forbidden();
    return repository.commits[0] ?? null;
  },
  rules: (_, args) => connection([], args),
  branchProtectionRule: () => null,
};

/**
 * DIRECT is who was granted this repository by itself, in the organisation or not; the edge still tells every source,
 * as GitHub's does, so a reader must look at the sources and not at the list alone.
 */
function collaborators(repository: Repository, args: Args, context: GraphqlContext): unknown {
  requireRepository(context, repository, "metadata");
  const { world } = context;
  const owner = accountOf(world, repository.ownerId);
  const wanted = args.login == null ? null : text(args.login).toLowerCase();
  const ids = affiliated(repository, args, context).filter(
    (id) => wanted === null || accountOf(world, id).login.toLowerCase() === wanted,
  );
  return connection(ids, args, {
    node: (id) => accountOf(world, id),
    edge: (id) => ({
      permission: (effectiveRole(world, repository, id) ?? "read").toUpperCase(),
      permissionSources:
        owner.type === "Organization"
          ? accessSources(world, repository, id).map(({ role, source }) => ({
              permission: LEGACY[role],
              roleName: role,
              source,
              organization: owner,
            }))
          : null,
    }),
  });
}

function affiliated(repository: Repository, args: Args, { world }: GraphqlContext): readonly number[] {
  if (args.affiliation === "DIRECT") return [...repository.direct.keys()];
  if (args.affiliation !== "OUTSIDE") return collaboratorIds(world, repository);
  const owner = accountOf(world, repository.ownerId);
  return owner.type === "Organization" ? outsideCollaboratorIds(owner, [repository]) : [];
}

/** A source's `permission` knows four levels; the role's own name is beside it. */
const LEGACY: Readonly<Record<RepositoryRole, string>> = {
  admin: "ADMIN",
  maintain: "WRITE",
  write: "WRITE",
  triage: "READ",
  read: "READ",
};

/** What stands at `COMMIT:path`; null where nothing does. */
function objectAt(context: GraphqlContext, repository: Repository, expression: string): unknown {
  const cut = expression.indexOf(":");
  const [revision, path] = [expression.slice(0, cut), expression.slice(cut + 1)];
  if (revision === "HEAD") return tree(repository, path);
  const changes = [
    ...[...context.world.pullRequests.values()].filter((each) => headSha(each) === revision),
    ...context.world.branchPushes.filter(({ after }) => after === revision),
  ].filter(({ repositoryId }) => repositoryId === repository.id);
  if (cut < 0 || changes.length === 0) throw new Unsimulated(`object(expression: "${expression}")`);
  if (path === "") return { type: "Tree", entries: [] };
  const changed = changes.flatMap(({ files }) => files).find((file) => file.path === path);
  const found = changed === undefined ? repository.files.get(path) : (changed.text ?? undefined);
  return found === undefined ? null : { type: "Blob", text: found, isTruncated: false };
}

/** A folder of the default branch; null when there is none. */
function tree(repository: Repository, path: string): unknown {
  const inside = [...repository.files.keys()].filter((name) => name.startsWith(`${path}/`));
  const names = inside.map((name) => name.slice(path.length + 1)).filter((name) => !name.includes("/"));
  if (names.length === 0) return null;
  const entries = names.map((name) => ({ name, oid: Buffer.from(name).toString("hex").padEnd(40, "0").slice(0, 40) }));
  return { type: "Tree", entries };
}
