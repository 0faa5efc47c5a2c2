import { GraphQLError } from "graphql";
import type { Args } from "./fields.ts";

/** A page of a connection; `type` names nothing here, connections are found by the schema. */
export interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly unknown[];
  readonly edges: readonly Readonly<Record<string, unknown>>[];
  readonly pageInfo: Readonly<Record<string, unknown>>;
}

/** How one list becomes a connection. */
export interface Shape<T> {
  readonly node?: (item: T) => unknown;
  /** What the edge carries beside its node. */
  readonly edge?: (item: T) => Readonly<Record<string, unknown>>;
  readonly cursor?: (index: number) => string;
}

/** One page by `first`/`after` or `last`/`before`; order is the list's. */
export function connection<T>(items: readonly T[], args: Args, shape: Shape<T> = {}): Connection {
  const cursor = shape.cursor ?? opaque;
  const after = indexOf(args.after, cursor, items.length);
  const before = args.before == null ? items.length : indexOf(args.before, cursor, items.length);
  const window = items.map((item, index) => ({ item, index })).slice(after + 1, before);
  const { first, last } = args;
  const page = typeof first === "number" ? window.slice(0, first) : window.slice(-Number(last ?? window.length));
  const node = shape.node ?? ((item: T): unknown => item);
  return {
    totalCount: items.length,
    nodes: page.map(({ item }) => node(item)),
    edges: page.map(({ item, index }) => ({ ...shape.edge?.(item), node: node(item), cursor: cursor(index) })),
    pageInfo: {
      hasNextPage: (page.at(-1)?.index ?? after) < items.length - 1,
      hasPreviousPage: (page[0]?.index ?? 0) > 0,
      startCursor: page[0] === undefined ? null : cursor(page[0].index),
      endCursor: page.at(-1) === undefined ? null : cursor(page.at(-1)?.index ?? 0),
    },
  };
}

const opaque = (index: number): string => Buffer.from(`cursor:v2:${index}`).toString("base64");

function indexOf(value: unknown, cursor: (index: number) => string, length: number): number {
  if (value === undefined || value === null) return -1;
  for (let index = 0; index < length; index += 1) if (cursor(index) === value) return index;
  throw new GraphQLError(`\`${String(value)}\` does not appear to be a valid cursor.`, {
    extensions: { type: "INVALID_CURSOR_ARGUMENTS" },
  });
}
