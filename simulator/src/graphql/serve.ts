import { type DocumentNode, type GraphQLSchema, visit } from "graphql";
import type { Instant } from "../../../src/clock.ts";
import type { Caller } from "../http/credentials.ts";
import type { Fault } from "../http/faults.ts";
import type { Ledger } from "../http/ledger.ts";
import { fields, textOf, type Urls } from "../http/request.ts";
import { UnknownQualifier } from "../http/search.ts";
import type { Violation } from "../http/violations.ts";
import type { World } from "../world/world.ts";
import { shapeAnswer } from "./answer.ts";
import { type Prepared, prepare, run } from "./execute.ts";
import type { Args } from "./fields.ts";

/** A GraphQL request as sent, understood as far as it can be before it runs. */
export interface GraphqlRequest {
  readonly operationName: string | null;
  readonly variables: Args;
  readonly prepared: Prepared;
  /** For the ledger and the faults: the operation's own name. */
  readonly name: string;
  readonly mutation: boolean;
}

export function readAsk(schema: GraphQLSchema, body: unknown): GraphqlRequest {
  const { query, variables, operationName } = fields(body);
  const asked = { query: textOf(query) ?? "", variables: fields(variables), operationName: textOf(operationName) };
  const prepared = prepare(schema, asked);
  const operation = prepared.ok ? prepared.operation : null;
  return {
    ...asked,
    prepared,
    name: `graphql/${operation?.name?.value ?? "invalid"}`,
    mutation: operation?.operation === "mutation",
  };
}

/** Fields of an organisation that GitHub shows a personal token by its scopes alone. */
const READ_ORG = ["membersWithRole", "teams"];

/** Scopes are looked at before anything runs, so that the answer has no data at all. */
function lackingScope(caller: Caller, document: DocumentNode): Readonly<Record<string, unknown>> | null {
  if (caller.kind !== "person" || ["read:org", "admin:org"].some((scope) => caller.scopes.has(scope))) return null;
  const asked: string[] = [];
  visit(document, { Field: ({ name }) => void asked.push(name.value) });
  const field = READ_ORG.find((name) => asked.includes(name));
  if (field === undefined) return null;
  const held = [...caller.scopes].map((scope) => `'${scope}'`).join(", ");
  const message = `Your token has not been granted the required scopes to execute this query. The '${field}' field requires one of the following scopes: ['read:org'], but your token has only been granted the: [${held}] scopes.`;
  return { type: "INSUFFICIENT_SCOPES", locations: [{ line: 1, column: 1 }], message };
}

/** Runs what was asked; always 200, with GitHub's errors beside the data. */
export async function serve(
  schema: GraphQLSchema,
  asked: GraphqlRequest,
  scene: {
    readonly world: World;
    readonly urls: Urls;
    readonly now: Instant;
    readonly caller: Caller;
    readonly ledger: Ledger;
    readonly violations: Violation[];
    readonly faults: readonly Fault[];
  },
): Promise<Readonly<Record<string, unknown>>> {
  const { prepared, operationName, variables, name } = asked;
  if (!prepared.ok) return { errors: prepared.errors };
  const { world, urls, now, caller, ledger, violations, faults } = scene;
  const lacking = lackingScope(caller, prepared.document);
  if (lacking !== null) return { errors: [lacking] };
  const budget = ledger.window(caller, "graphql", now);
  const context = { world, urls, now, caller, price: prepared.price, budget };
  const { result, unsimulated } = await run(schema, { document: prepared.document, operationName, variables }, context);
  const searches = (result.errors ?? []).filter(({ originalError }) => originalError instanceof UnknownQualifier);
  if (unsimulated.length > 0) violations.push({ kind: "unresolved_field", where: name, problems: unsimulated });
  for (const { message } of searches)
    violations.push({ kind: "unknown_search_qualifier", where: name, problems: [message] });
  return shapeAnswer(result, faults);
}
