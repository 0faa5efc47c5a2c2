import { MOST_HITS, searchIssues } from "../http/search.ts";
import { organizationNamed, repositoryNamed, userNamed } from "../world/lookup.ts";
import { nodeOf } from "../world/nodes.ts";
import { connection } from "./connection.ts";
import type { Args, Fields, GraphqlContext } from "./fields.ts";
import { forbidden, many, text, Unsimulated, unresolved } from "./fields.ts";
import { ruleWith } from "./rules.ts";
import { isKnown, isReadable, isVisible } from "./see.ts";

/** The roots of a query. */
export const QUERY: Fields<unknown> = {
  rateLimit: (_, __, { price, budget }) => ({
    cost: price.points,
    nodeCount: price.nodes,
    limit: budget.limit,
    used: budget.used,
    remaining: Math.max(0, budget.limit - budget.used),
    resetAt: budget.resetAt,
  }),
  node: (_, args, context) => found(context, text(args.id)),
  // GitHub resolves each id by itself: a null and an error per id it does not know.
  nodes: (_, args, context) => (many(args.ids) ?? []).map((id) => attempt(() => found(context, text(id)))),
  user: (_, args, { world }) => {
    const user = userNamed(world, text(args.login));
    if (user === undefined) throw unresolved(`a User with the login of '${text(args.login)}'`);
    return user;
  },
  organization: (_, args, { world }) => {
    const organization = organizationNamed(world, text(args.login));
    if (organization === undefined) throw unresolved(`an Organization with the login of '${text(args.login)}'`);
    return organization;
  },
  repository: (_, args, context) => {
    const [owner, name] = [text(args.owner), text(args.name)];
    const repository = repositoryNamed(context.world, owner, name);
    if (repository === undefined || !isVisible(context, repository))
      throw unresolved(`a Repository with the name '${owner}/${name}'`);
    return repository;
  },
  search,
};

function found(context: GraphqlContext, id: string): unknown {
  const rule = ruleWith(context, id);
  if (rule !== null) return rule;
  const node = nodeOf(context.world, id);
  if (node === null || !isKnown(context, node)) throw unresolved(`a node with the global id of '${id}'`);
  if (!isReadable(context, node)) throw forbidden();
  return node;
}

/** The value, or the error itself: graphql-js reports an error in a list as that item's error. */
function attempt(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    return error;
  }
}

function search(_: unknown, args: Args, context: GraphqlContext): unknown {
  if (args.type !== "ISSUE" && args.type !== "ISSUE_ADVANCED") throw new Unsimulated(`search type ${text(args.type)}`);
  const { world, caller } = context;
  const hits = searchIssues(world, text(args.query), caller);
  return { ...connection(hits.slice(0, MOST_HITS), args), issueCount: hits.length };
}
