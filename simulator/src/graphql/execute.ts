import { readFileSync } from "node:fs";
import type {
  DocumentNode,
  ExecutionResult,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from "graphql";
import { buildSchema, execute, GraphQLError, getOperationAST, parse, validate } from "graphql";
import { BOT, ORGANIZATION, TEAM, USER } from "./accounts.ts";
import { COMMIT, GIT_ACTOR, SIGNATURE } from "./commits.ts";
import { BY_REPOSITORY, CONTRIBUTIONS } from "./contributions.ts";
import type { Args, Fields, GraphqlContext } from "./fields.ts";
import { Unsimulated } from "./fields.ts";
import type { Price } from "./points.ts";
import { priceOf } from "./points.ts";
import { FORCE_PUSH, ISSUE, ISSUE_COMMENT, PULL_REQUEST, RENAME } from "./pull-requests.ts";
import { QUERY } from "./query.ts";
import { REF, REPOSITORY } from "./repositories.ts";

const RESOLVERS: ReadonlyMap<string, Fields<never>> = new Map<string, Fields<never>>([
  ["Query", QUERY],
  ["User", USER],
  ["Bot", BOT],
  ["Organization", ORGANIZATION],
  ["Team", TEAM],
  ["Repository", REPOSITORY],
  ["Ref", REF],
  ["PullRequest", PULL_REQUEST],
  ["HeadRefForcePushedEvent", FORCE_PUSH],
  ["RenamedTitleEvent", RENAME],
  ["Issue", ISSUE],
  ["IssueComment", ISSUE_COMMENT],
  ["Commit", COMMIT],
  ["GitActor", GIT_ACTOR],
  ["GpgSignature", SIGNATURE],
  ["SshSignature", SIGNATURE],
  ["ContributionsCollection", CONTRIBUTIONS],
  ["CommitContributionsByRepository", BY_REPOSITORY],
]);

let schema: GraphQLSchema | null = null;

/**
 * GitHub's schema, read once per process. The published SDL defines two fields twice, so it is taken as it is.
 * The file is read by itself: importing the package would build the same schema a second time from JSON.
 */
export function loadSchema(): GraphQLSchema {
  const file = new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema"));
  schema ??= buildSchema(readFileSync(file, "utf8"), { assumeValid: true, assumeValidSDL: true, noLocation: true });
  return schema;
}

/** A query that GitHub would run, with its price; or GitHub's errors about it. */
export type Prepared =
  | {
      readonly ok: true;
      readonly document: DocumentNode;
      readonly operation: OperationDefinitionNode;
      readonly price: Price;
    }
  | { readonly ok: false; readonly errors: readonly unknown[] };

/** Parses, validates and prices a query. */
export function prepare(
  schema: GraphQLSchema,
  asked: { query: string; variables: Args; operationName: string | null },
): Prepared {
  const document = parsed(asked.query);
  if (document instanceof GraphQLError)
    return { ok: false, errors: [{ message: `Parse error on ${document.message}` }] };
  const problems = validate(schema, document);
  if (problems.length > 0) return { ok: false, errors: problems.map(validationError) };
  const operation = getOperationAST(document, asked.operationName);
  if (operation == null) return { ok: false, errors: [{ message: "No operation named by the request." }] };
  const price = priceOf(schema, { document, operation, variables: asked.variables });
  const tooMany = price.nodes > MOST_NODES ? [nodeLimit(price)] : [];
  const refused = [...price.unbounded.map(boundary), ...price.twoWays.map(bothWays), ...tooMany];
  if (refused.length > 0) return { ok: false, errors: refused };
  return { ok: true, document, operation, price };
}

const MOST_NODES = 500_000;

const nodeLimit = ({ nodes }: Price) => ({
  type: "MAX_NODE_LIMIT_EXCEEDED",
  message: `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of 500,000.`,
});

const boundary = (field: string) => ({
  type: "MISSING_PAGINATION_BOUNDARIES",
  message: `You must provide a \`first\` or \`last\` value between 1 and 100 to properly paginate the \`${field}\` connection.`,
});

const bothWays = (field: string) => ({
  message: `Passing both \`first\` and \`last\` to paginate the \`${field}\` connection is not supported.`,
});

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** A refused document in GitHub's words; clients tell an unknown field by `undefinedField`. */
function validationError(error: GraphQLError): unknown {
  const field = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message);
  const locations = error.locations;
  if (field === null) return { message: error.message, locations, path: ["query"] };
  const [, fieldName, typeName] = field;
  return {
    path: ["query", fieldName],
    extensions: { code: "undefinedField", typeName, fieldName },
    locations,
    message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
  };
}

/** Runs a prepared query over the world. `unsimulated` is told everything the simulator had no answer for. */
export async function run(
  schema: GraphQLSchema,
  asked: { document: DocumentNode; operationName: string | null; variables: Args },
  context: GraphqlContext,
): Promise<{ readonly result: ExecutionResult; readonly unsimulated: readonly string[] }> {
  const unsimulated: string[] = [];
  const result = await execute({
    schema,
    document: asked.document,
    operationName: asked.operationName,
    variableValues: asked.variables,
    contextValue: context,
    fieldResolver: (source, args, _, info) => {
      try {
        return resolve(source, { args, context, info });
      } catch (error) {
        if (!(error instanceof Unsimulated)) throw error;
        unsimulated.push(`${info.parentType.name}.${info.fieldName}: ${error.message}`);
        throw new GraphQLError(`the simulator has no answer for ${unsimulated.at(-1)}`);
      }
    },
    typeResolver: (value) => typeName(value),
  });
  return { result, unsimulated };
}

const typeName = (value: unknown): string =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" ? value.type : "";

function resolve(source: unknown, call: { args: Args; context: GraphqlContext; info: GraphQLResolveInfo }): unknown {
  const { parentType, fieldName, fieldNodes } = call.info;
  const fields = RESOLVERS.get(parentType.name);
  if (fields === undefined) return ownValue(source, fieldName);
  const field = fields[fieldName];
  if (field === undefined) throw new Unsimulated("no resolver");
  const read = new Set<string>(PAGING);
  const watched = new Proxy(call.args, {
    get(args, name) {
      if (typeof name === "string") read.add(name);
      return Reflect.get(args, name);
    },
  });
  const value = field(source as never, watched, call.context); // the map's key says what the source is
  const ignored = (fieldNodes[0]?.arguments ?? []).map(({ name }) => name.value).filter((name) => !read.has(name));
  if (ignored.length > 0) throw new Unsimulated(`argument ${ignored.join(", ")}`);
  return value;
}

const PAGING = ["first", "last", "after", "before"];

/** Fields of connections, edges, page infos and plain records: what is not there is not simulated. */
function ownValue(source: unknown, name: string): unknown {
  if (typeof source === "object" && source !== null && Object.hasOwn(source, name)) return Reflect.get(source, name);
  throw new Unsimulated("no such value");
}
