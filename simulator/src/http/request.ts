import type { Instant } from "../../../src/clock.ts";
import type { World } from "../world/world.ts";
import type { Caller, RandomHex } from "./credentials.ts";

/** Where this GitHub is reached; laid out as on an Enterprise Server. */
export interface Urls {
  /** Ends with `/api/v3`. */
  readonly api: string;
  readonly html: string;
}

/** What a route handler sees of one request, already authenticated, permitted and checked against the contract. */
export interface RestRequest {
  readonly world: World;
  readonly now: Instant;
  readonly urls: Urls;
  readonly random: RandomHex;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly path: string;
}

export interface RestResponse {
  readonly status: number;
  /** Undefined for an empty answer. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A delivery to repeat once the answer is on its way. */
  readonly redeliver?: number;
}

export type Handler = (request: RestRequest) => RestResponse;

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): RestResponse => ({
  status: 200,
  body,
  headers,
});

export const failure = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): RestResponse => ({
  status,
  body: { message, documentation_url: "https://docs.github.com/rest", status: String(status) },
  headers,
});

export const notFound = (): RestResponse => failure(404, "Not Found");

export const forbidden = (): RestResponse => failure(403, "Resource not accessible by integration");

/** One page of a list by `page` and `per_page`, with GitHub's Link header. */
export function paged<T>(request: RestRequest, items: readonly T[], show: (item: T) => unknown): RestResponse {
  const { slice, headers } = pageOf(request, items);
  return ok(slice.map(show), headers);
}

export function pageOf<T>(
  request: RestRequest,
  items: readonly T[],
): { readonly slice: readonly T[]; readonly headers: Readonly<Record<string, string>> } {
  const size = Math.min(100, Math.max(1, Number(request.query.get("per_page") ?? 30)));
  const page = Math.max(1, Number(request.query.get("page") ?? 1));
  const last = Math.max(1, Math.ceil(items.length / size));
  const links = [
    ...(page > 1 ? [link(request, page - 1, "prev"), link(request, 1, "first")] : []),
    ...(page < last ? [link(request, page + 1, "next"), link(request, last, "last")] : []),
  ];
  const slice = items.slice((page - 1) * size, page * size);
  return { slice, headers: links.length === 0 ? {} : { link: links.join(", ") } };
}

function link(request: RestRequest, page: number, relation: string): string {
  const query = new URLSearchParams(request.query);
  query.set("page", String(page));
  return `<${request.urls.api}${request.path}?${query}>; rel="${relation}"`;
}

/** A body as an object; GitHub's contract was checked before, so anything else is an empty one. */
export const fields = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body)) : {};

export const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
