import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { type AccountId, accountId } from "../../../ids.ts";
import type { NumberedEntry, TenantStore } from "../../../store/store.ts";
import type { WebContext } from "../../context.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { trailHeader, trailRow } from "./csv.ts";
import { type TrailQuery, trailQuery } from "./query.ts";
import { type ShownEntry, trailPage } from "./view.ts";

const SHOWN_COUNT = 200;
/** Entries read at once for the export. */
const EXPORTED_AT_ONCE = 500;

/** Who looked and who decided, for the organisation's owners: a page at a time, and all of it as CSV. */
export function trailRoutes(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation/trail", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) return notFound(context, request, reply);
    const { tenant, viewer } = opened;
    const query = trailQuery.parse(request.query);
    const newest = await tenant.readTrail({
      act: query.act,
      actorId: query.person,
      before: query.before,
      limit: SHOWN_COUNT,
    });
    const people = [...new Set([...(await tenant.actors()), ...(query.person === null ? [] : [query.person])])];
    const shown = await labelled(opened, newest, people);
    const older = newest.length === SHOWN_COUNT ? (newest.at(-1)?.seq ?? null) : null;
    const own = new Map([...shown.logins, [viewer.accountId, viewer.login]]);
    return sendPage(reply, 200, trailPage({ ...opened, entries: shown.entries, logins: own, people, query, older }));
  });

  app.get("/orgs/:installation/trail.csv", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) return notFound(context, request, reply);
    const name = `trail-${context.clock.now().slice(0, 10)}.csv`;
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="${name}"`)
      .send(Readable.from(exported(opened, trailQuery.parse(request.query)), { objectMode: false }));
  });
}

/** Every entry that fits, a few hundred at a time. */
async function* exported(opened: OpenedOrganization, query: TrailQuery): AsyncGenerator<string> {
  yield trailHeader();
  for (let { before } = query; ; ) {
    const asked = { act: query.act, actorId: query.person, before, limit: EXPORTED_AT_ONCE };
    const read = await opened.tenant.readTrail(asked);
    const { entries, logins } = await labelled(opened, read, []);
    yield entries.map((entry) => trailRow(entry, logins)).join("");
    before = read.at(-1)?.seq ?? null;
    if (read.length < EXPORTED_AT_ONCE || before === null) return;
  }
}

/** Entries that the viewer may read, with what they are about and the names of everybody in them and of `others`. */
async function labelled(
  { tenant, viewer }: { readonly tenant: TenantStore; readonly viewer: OpenedOrganization["viewer"] },
  read: readonly NumberedEntry[],
  others: readonly AccountId[],
): Promise<{ readonly entries: readonly ShownEntry[]; readonly logins: ReadonlyMap<AccountId, string> }> {
  const subjects = await tenant.subjectsOf([...new Set(read.map(({ target }) => target))]);
  const entries = read.flatMap((entry): readonly ShownEntry[] => {
    const subject = subjects.get(entry.target) ?? null;
    const about = subject?.accountId ?? accountIn(entry.target);
    // Nobody reads what was said about himself. Of what is gone nobody knows whom it was about.
    return about === viewer.accountId ? [] : [{ ...entry, subject, about }];
  });
  const accounts = entries.flatMap(({ actorId, about }) => [actorId, about].filter((each) => each !== null));
  return { entries, logins: await tenant.loginsOf([...new Set([...accounts, ...others])]) };
}

/** The account of a target such as `account:4711`. */
function accountIn(target: string): AccountId | null {
  const [, number] = /^account:([1-9]\d{0,15})$/.exec(target) ?? [];
  return number === undefined ? null : accountId(Number(number));
}
