import { type Handler, notFound, ok, type RestRequest, type RestResponse } from "../http/request.ts";
import { nullableUser } from "../represent/account.ts";
import { accountNamed, repositoryNamed } from "../world/lookup.ts";
import { nodeId } from "../world/nodes.ts";
import type { Push } from "../world/world-history.ts";

export const activityRoutes: Readonly<Record<string, Handler>> = { "repos/list-activities": activities };

/** The repository's activity log, newest first, in pages by cursor: it has no page numbers. */
function activities(request: RestRequest): RestResponse {
  const { world, params, query } = request;
  const repository = repositoryNamed(world, params.owner ?? "", params.repo ?? "");
  if (repository === undefined) return notFound();
  const found = world.pushes
    .filter((push) => push.repositoryId === repository.id && isAsked(request, push))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id - a.id);
  const log = query.get("direction") === "asc" ? found.toReversed() : found;
  const { page, headers } = cut(request, log);
  return ok(
    page.map((push) => view(request, push)),
    headers,
  );
}

function isAsked({ world, query, now }: RestRequest, push: Push): boolean {
  const [ref, actor, period, kind] = ["ref", "actor", "time_period", "activity_type"].map((name) => query.get(name));
  const days = PERIOD_DAYS.get(period ?? "") ?? Number.POSITIVE_INFINITY;
  return (
    (ref == null || [refOf(push), push.branch].includes(ref)) &&
    (actor == null || accountNamed(world, actor)?.id === push.actorId) &&
    (kind == null || kind === push.kind) &&
    Date.parse(now) - Date.parse(push.at) <= days * DAY_MS
  );
}

const DAY_MS = 86_400_000;
const PERIOD_DAYS: ReadonlyMap<string, number> = new Map([
  ["day", 1],
  ["week", 7],
  ["month", 30],
  ["quarter", 90],
  ["year", 365],
]);

/** Cursors stand between entries: `after` the entry a page ended with, `before` the one it began with. */
function cut(
  { query, urls, path }: RestRequest,
  log: readonly Push[],
): { readonly page: readonly Push[]; readonly headers: Readonly<Record<string, string>> } {
  const size = Math.min(100, Math.max(1, Number(query.get("per_page") ?? 30)));
  const [after, before] = [query.get("after"), query.get("before")];
  const end = before === null ? null : place(log, before);
  const start = end === null ? (after === null ? 0 : place(log, after) + 1) : Math.max(0, end - size);
  const page = log.slice(start, end ?? start + size);
  const link = (name: "after" | "before", push: Push | undefined, relation: string): string => {
    const asked = new URLSearchParams([...query].filter(([key]) => key !== "after" && key !== "before"));
    asked.set(name, push === undefined ? "" : cursor(push));
    return `<${urls.api}${path}?${asked}>; rel="${relation}"`;
  };
  const links = [
    ...(start > 0 ? [link("before", page[0], "prev")] : []),
    ...(start + page.length < log.length ? [link("after", page.at(-1), "next")] : []),
  ];
  return { page, headers: links.length === 0 ? {} : { link: links.join(", ") } };
}

const cursor = ({ id }: Push): string => Buffer.from(`v1:${id}`).toString("base64url");

/** Where a cursor stands; one that was never handed out stands at the end. */
function place(log: readonly Push[], text: string): number {
  const found = log.findIndex((push) => cursor(push) === text);
  return found < 0 ? log.length : found;
}

const refOf = ({ branch }: Push): string => `refs/heads/${branch}`;

const view = ({ world, urls }: RestRequest, push: Push): Readonly<Record<string, unknown>> => ({
  id: push.id,
  node_id: nodeId("Push", push.id),
  before: push.before,
  after: push.after,
  ref: refOf(push),
  timestamp: push.at,
  activity_type: push.kind,
  actor: nullableUser(urls, world, push.actorId),
});
