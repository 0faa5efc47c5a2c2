import { GraphQLError } from "graphql";
import type { Instant } from "../../../src/clock.ts";
import type { Caller } from "../http/credentials.ts";
import type { Urls } from "../http/request.ts";
import type { World } from "../world/world.ts";
import type { Price } from "./points.ts";

export type Args = Readonly<Record<string, unknown>>;

/** What every resolver may use beside its source. */
export interface GraphqlContext {
  readonly world: World;
  readonly urls: Urls;
  readonly now: Instant;
  readonly caller: Caller;
  readonly price: Price;
  readonly budget: { readonly limit: number; readonly used: number; readonly resetAt: Instant };
}

export type Resolve<Source> = (source: Source, args: Args, context: GraphqlContext) => unknown;

/** The fields of one GraphQL type, over the world's own nouns. */
export type Fields<Source> = Readonly<Record<string, Resolve<Source>>>;

/** Something of GitHub's schema that the simulator does not answer; recorded, so that the test that asked fails. */
export class Unsimulated extends Error {}

/** An error with GitHub's `type` beside its message. */
export const githubError = (type: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { type } });

export const unresolved = (what: string): GraphQLError => githubError("NOT_FOUND", `Could not resolve to ${what}.`);

export const forbidden = (): GraphQLError => githubError("FORBIDDEN", "Resource not accessible by integration");

export const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Values of an argument that takes one or many; null when it was not given. */
export const many = (value: unknown): readonly unknown[] | null =>
  value === undefined || value === null ? null : Array.isArray(value) ? value : [value];

/** Items in the order of an `orderBy` argument; `keys` names the fields that can be sorted by. */
export function ordered<T>(
  items: readonly T[],
  orderBy: unknown,
  keys: Readonly<Record<string, (item: T) => string | number>>,
): readonly T[] {
  if (orderBy === undefined || orderBy === null) return items;
  const { field, direction } = Object.fromEntries(Object.entries(orderBy));
  const key = keys[field ?? Object.keys(keys)[0] ?? ""];
  if (key === undefined) throw new Unsimulated(`orderBy ${field}`);
  const sign = direction === "ASC" ? 1 : -1;
  return items.toSorted((a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0));
}
