import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Installation, Report, TenantStore } from "../../../store/store.ts";
import type { WebContext } from "../../context.ts";
import type { RepositoryPlace } from "../../guard/authorize.ts";
import { mayRead, readersOf } from "../../guard/may-read.ts";
import { installationParameter, rowParameter } from "../../guard/parameters.ts";
import type { Freshness } from "../../guard/remembering.ts";
import { formField } from "../../guard/security.ts";
import type { Viewer } from "../../guard/session.ts";
import { notFound, sendPage } from "../../reply.ts";
import { verdictIn } from "../../verdict-form.ts";
import { ENOUGH } from "./enough.ts";
import { pendingPage } from "./pending.ts";
import { sinceReview } from "./since.ts";
import { reportPage } from "./view.ts";

const doorParams = z.object({ ref: z.string().regex(/^[\w-]{22}$/) });
const doorQuery = z.object({ pr: z.coerce.number().int().positive().optional(), wait: z.literal("no").optional() });
const reportParams = z.object({ installation: installationParameter, id: rowParameter });

/** The private page behind a check run, reports by their id, and `Mark reviewed`. */
export function reportRoutes(app: FastifyInstance, context: WebContext): void {
  const { store, clock } = context;

  app.get("/r/:ref", async (request, reply) => {
    const { viewer } = request;
    const ref = doorParams.safeParse(request.params).data?.ref;
    const door = ref ? await store.findDoor(ref) : null;
    if (!viewer || !door) return notFound(context, request, reply);
    const tenant = store.tenant(door.installationId);
    const place = placeOf(door, await tenant.installation());
    if (!place || !(await mayRead(context, { viewer: viewer.accountId, tenant, place }, "recent")))
      return notFound(context, request, reply);
    const reports = await tenant.reportsOfHead(door.repositoryId, door.headSha);
    const visible = reports.filter((report) => report.accountId !== viewer.accountId);
    const { pr = door.pullRequestNumber, wait } = doorQuery.safeParse(request.query).data ?? {};
    const chosen = visible.find((report) => report.pullRequest?.number === pr) ?? visible[0];
    const mayReview = visible.length === reports.length;
    if (chosen) return show({ report: chosen, siblings: visible, tenant, viewer, mayReview }, request, reply);
    if (reports.length > 0) return notFound(context, request, reply);
    const { githubUrl } = context;
    return sendPage(reply, 200, pendingPage({ door, viewer, githubUrl, reload: wait !== "no", now: clock.now() }));
  });

  app.get("/orgs/:installation/reports/:id", async (request, reply) => {
    const found = await openReport(request, "recent");
    return found ? show({ ...found, siblings: [] }, request, reply) : notFound(context, request, reply);
  });

  app.post("/orgs/:installation/reports/:id/reviewed", async (request, reply) => {
    const found = await openReport(request, "live");
    if (!found?.mayReview) return notFound(context, request, reply);
    const { report, tenant, viewer } = found;
    const at = clock.now();
    const by = { accountId: viewer.accountId, login: viewer.login, at, verdict: verdictIn(request) };
    for (const target of await closed(found, by))
      await tenant.addToTrail({ at, actorId: viewer.accountId, act: "report.reviewed", target, reason: null });
    const back = formField(request, "back");
    return reply.redirect(/^\/r\/[\w-]{22}$/.test(back) ? back : reportPath(report), 303);
  });

  async function openReport(request: FastifyRequest, freshness: Freshness): Promise<Opened | null> {
    const params = reportParams.safeParse(request.params).data;
    if (!params || !request.viewer) return null;
    const tenant = store.tenant(params.installation);
    const report = await tenant.report(params.id);
    if (!report || report.accountId === request.viewer.accountId) return null;
    const place = placeOf(report, await tenant.installation());
    const { viewer } = request;
    if (!place || !(await mayRead(context, { viewer: viewer.accountId, tenant, place }, freshness))) return null;
    const sameHead = report.pullRequest
      ? await tenant.reportsOfHead(report.repositoryId, report.pullRequest.headSha)
      : [];
    return { report, tenant, viewer, mayReview: sameHead.every(({ accountId }) => accountId !== viewer.accountId) };
  }

  async function show(
    { report, siblings, tenant, viewer, mayReview }: Opened & { readonly siblings: readonly Report[] },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    if (!context.viewLimit.allows(viewer.accountId, report.id)) return sendPage(reply, 429, ENOUGH);
    const now = clock.now();
    await tenant.addToTrail({
      at: now,
      actorId: viewer.accountId,
      act: "report.viewed",
      target: report.id,
      reason: null,
    });
    const history = report.pullRequest
      ? await tenant.reportsOfPullRequest(report.repositoryId, report.pullRequest.number)
      : [];
    const since = await sinceReview(tenant, report, history);
    const address = request.url.split("?", 1)[0] ?? "/";
    const around = await aroundOf(context, { report, tenant, viewer });
    const readers = await readersOf(tenant, report.repositoryId);
    return sendPage(
      reply,
      200,
      reportPage({ report, siblings, history, since, viewer, mayReview, ...around, readers, now, address, context }),
    );
  }
}

/** Where a report is read by its id. */
export const reportPath = (report: Pick<Report, "installationId" | "id">): string =>
  `/orgs/${report.installationId}/reports/${report.id}`;

/** What owners noted about the account, and other reports about it: an owner's all, anybody else's those of the repository that he works on. */
async function aroundOf(
  { authority }: WebContext,
  { report, tenant, viewer }: Pick<Opened, "report" | "tenant" | "viewer">,
) {
  const installation = await tenant.installation();
  const owner = installation !== null && (await authority.owns(viewer.accountId, installation, "listing")) === true;
  const place = placeOf(report, installation);
  const administers = place !== null && (await authority.holds(viewer.accountId, "admin", place, "listing")) === true;
  if (report.accountId === null) return { owner, administers, others: [], corrections: [] };
  const all = await tenant.reportsOfAccount(report.accountId, OTHERS_LOOKED_THROUGH);
  const others = all.filter(
    ({ id, repositoryId, pullRequest }) =>
      id !== report.id &&
      (owner || repositoryId === report.repositoryId) &&
      // Earlier heads of the same pull request stand in its history.
      !(repositoryId === report.repositoryId && pullRequest && pullRequest.number === report.pullRequest?.number),
  );
  return { owner, administers, others, corrections: await tenant.corrections(report.accountId) };
}

/** Closes the report for everybody, with those of other pull requests that have its commit; returns their ids. */
async function closed(
  { report, tenant }: Opened,
  by: Parameters<TenantStore["markAccessReviewed"]>[1],
): Promise<readonly string[]> {
  if (report.pullRequest) return tenant.markReviewed(report.repositoryId, report.pullRequest.headSha, by);
  return (await tenant.markAccessReviewed(report.id, by)) ? [report.id] : [];
}

const OTHERS_LOOKED_THROUGH = 50;

interface Opened {
  readonly report: Report;
  readonly tenant: TenantStore;
  readonly viewer: Viewer;
  /** False when the viewer opened a pull request with the same commit: nobody answers for himself. */
  readonly mayReview: boolean;
}

/** Where a report or a door belongs, for asking who works there; null when its installation is gone. */
export const placeOf = (
  row: Pick<Report, "repositoryId" | "repositoryOwner" | "repositoryName">,
  installation: Installation | null,
): RepositoryPlace | null =>
  installation && {
    installation,
    repositoryId: row.repositoryId,
    address: { owner: row.repositoryOwner, name: row.repositoryName },
  };
