import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
  ValueNode,
} from "graphql";
import { getNamedType, isCompositeType, isInterfaceType, isObjectType, valueFromASTUntyped } from "graphql";

/** What a query costs before it runs. */
export interface Price {
  /** Connections to be answered, as GitHub counts them. */
  readonly requests: number;
  /** The most nodes the answer can hold; GitHub refuses over 500,000. */
  readonly nodes: number;
  readonly points: number;
  /** Connections without `first` or `last`, or asking for fewer than 1 or more than 100. */
  readonly unbounded: readonly string[];
  /** Connections with both `first` and `last`. */
  readonly twoWays: readonly string[];
}

/** How a client asked: the document's operation and its variables. */
export interface Ask {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * GitHub's arithmetic: one request per connection and parent, a hundred requests are one point, at least one.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function priceOf(schema: GraphQLSchema, { document, operation, variables }: Ask): Price {
  const count: Count = {
    schema,
    variables: withDefaults(operation, variables),
    fragments: new Map(
      document.definitions.flatMap((node) => (node.kind === "FragmentDefinition" ? [[node.name.value, node]] : [])),
    ),
    unbounded: [],
    twoWays: [],
    requests: 0,
    nodes: 0,
  };
  const root = operation.operation === "mutation" ? "Mutation" : "Query";
  walk(count, operation.selectionSet, { type: root, times: 1 });
  const { requests, nodes, unbounded, twoWays } = count;
  return { requests, nodes, unbounded, twoWays, points: Math.max(1, Math.round(requests / 100)) };
}

interface Count {
  readonly schema: GraphQLSchema;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly unbounded: string[];
  readonly twoWays: string[];
  requests: number;
  nodes: number;
}

interface Place {
  readonly type: string;
  /** How many parents there can be. */
  readonly times: number;
}

function walk(count: Count, selections: SelectionSetNode, place: Place): void {
  for (const node of selections.selections) {
    if (!included(count, node.directives)) continue;
    if (node.kind === "Field") walkField(count, node, place);
    else if (node.kind === "InlineFragment")
      walk(count, node.selectionSet, { ...place, type: node.typeCondition?.name.value ?? place.type });
    else {
      const fragment = count.fragments.get(node.name.value);
      if (fragment !== undefined)
        walk(count, fragment.selectionSet, { ...place, type: fragment.typeCondition.name.value });
    }
  }
}

function walkField(count: Count, node: FieldNode, { type, times }: Place): void {
  const parent = count.schema.getType(type);
  if (!(isObjectType(parent) || isInterfaceType(parent)) || node.selectionSet === undefined) return;
  const field = parent.getFields()[node.name.value];
  if (field === undefined) return;
  const named = getNamedType(field.type);
  if (!isCompositeType(named)) return;
  const argument = (name: string) =>
    argumentOf(count, node.arguments?.find((given) => given.name.value === name)?.value);
  if (named.name.endsWith("Connection")) {
    const size = Number(argument("first") ?? argument("last"));
    if (!(size >= 1 && size <= 100)) count.unbounded.push(node.name.value);
    if (argument("first") != null && argument("last") != null) count.twoWays.push(node.name.value);
    count.requests += times;
    count.nodes += times * (size || 0);
    walk(count, node.selectionSet, { type: named.name, times: times * (size || 0) });
    return;
  }
  const most = field.args.find(({ name }) => name === "maxRepositories");
  const ids = argument("ids");
  const listed = most ? Number(argument("maxRepositories") ?? most.defaultValue) : Array.isArray(ids) ? ids.length : 1;
  walk(count, node.selectionSet, { type: named.name, times: times * listed });
}

const argumentOf = (count: Count, value: ValueNode | undefined): unknown =>
  value === undefined ? undefined : valueFromASTUntyped(value, count.variables);

function included(count: Count, directives: FieldNode["directives"]): boolean {
  return (directives ?? []).every((directive) => {
    const value = argumentOf(count, directive.arguments?.[0]?.value);
    if (directive.name.value === "include") return value === true;
    return directive.name.value !== "skip" || value !== true;
  });
}

const withDefaults = (
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(
    (operation.variableDefinitions ?? [])
      .filter(({ defaultValue }) => defaultValue !== undefined)
      .map(({ variable, defaultValue }) => [variable.name.value, defaultValue && valueFromASTUntyped(defaultValue)]),
  ),
  ...variables,
});
