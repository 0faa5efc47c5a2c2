import type { FastifyInstance } from "fastify";
import { clustersFor } from "../../../flows/clusters/clusters-here.ts";
import { modeOf } from "../../../policy/mode.ts";
import type { Installation, ReportPlace, TenantStore } from "../../../store/store.ts";
import type { WebContext } from "../../context.ts";
import { mayRead } from "../../guard/may-read.ts";
import type { Viewer } from "../../guard/session.ts";
import { openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { placeOf } from "../report/route.ts";
import { homePage, type OrganizationOverview, overviewPage, SHOWN_COUNT } from "./view.ts";
import { chosen, inOrderOfUrgency, listQuery } from "./waiting.ts";

/** Reports looked through per organisation for the front page. */
const RECENT_COUNT = 30;
/** Reports of an organisation that its list looks through. */
const LISTED_COUNT = 200;
/** Repositories asked about per organisation: those with the newest reports. */
const MAX_REPOSITORY_COUNT = 5;
/** Organisations asked about at once; each costs one request when nothing is remembered, and two a repository. */
const ASKED_AT_ONCE = 10;

/** The front page after signing in, and an owner's overview of one organisation. */
export function homeRoutes(app: FastifyInstance, context: WebContext): void {
  const { store, authority, clock } = context;

  app.get("/", async (request, reply) => {
    const { viewer } = request;
    if (!viewer) return notFound(context, request, reply);
    const installations = await store.installations();
    const found: Awaited<ReturnType<typeof overviewOf>>[] = [];
    for (let start = 0; start < installations.length; start += ASKED_AT_ONCE)
      found.push(
        ...(await Promise.all(
          installations.slice(start, start + ASKED_AT_ONCE).map((installation) => overviewOf(installation, viewer)),
        )),
      );
    const overviews = found.flatMap(({ overview }) => (overview ? [overview] : []));
    const incomplete = found.some(({ unsure }) => unsure);
    return sendPage(reply, 200, homePage({ overviews, incomplete, viewer, now: clock.now() }));
  });

  overviewRoute(app, context);

  /** What one organisation shows this viewer, null when it is none of his business; `unsure` when GitHub did not say. */
  async function overviewOf(
    installation: Installation,
    viewer: Viewer,
  ): Promise<{ readonly overview: OrganizationOverview | null; readonly unsure: boolean }> {
    const tenant = store.tenant(installation.id);
    const owner = await authority.owns(viewer.accountId, installation, "listing");
    const recent = (await tenant.recentPlaces(RECENT_COUNT)).filter(({ accountId }) => accountId !== viewer.accountId);
    const { places, unsure } = owner
      ? { places: recent, unsure: false }
      : await readable(tenant, { installation, recent, viewer });
    if (!owner && places.length === 0) return { overview: null, unsure: unsure || owner === null };
    const found = await tenant.listReports({ ids: places.map(({ id }) => id) });
    const reports = inOrderOfUrgency(found).slice(0, SHOWN_COUNT);
    const flags = owner ? await tenant.flags("open") : [];
    const overview = {
      installation,
      owner: owner === true,
      mode: modeOf((await tenant.policy(null))?.file ?? null, installation.publication),
      reports,
      openFlagCount: flags.filter(({ accountId }) => accountId !== viewer.accountId).length,
      openPushCount: owner ? (await tenant.openAlerts()).alerts : 0,
      auditTakenAt: owner ? await tenant.latestAuditAt() : null,
      clusterCount: owner ? (await clustersFor(tenant, viewer.accountId)).length : 0,
      reading: owner ? await readingOf(tenant) : null,
      holdersWaiting: owner ? await store.queue.waitingOf("assess-holder", installation.id) : 0,
    };
    return { overview, unsure: unsure || owner === null };
  }

  async function readable(
    tenant: TenantStore,
    asked: { readonly installation: Installation; readonly recent: readonly ReportPlace[]; readonly viewer: Viewer },
  ): Promise<{ readonly places: readonly ReportPlace[]; readonly unsure: boolean }> {
    const { installation, recent, viewer } = asked;
    // By the newest report of each repository: its names are the latest.
    const newestOf = new Map(recent.toReversed().map((report) => [report.repositoryId, report]));
    const wanted = [...new Set(recent.map(({ repositoryId }) => repositoryId))].slice(0, MAX_REPOSITORY_COUNT);
    const answers = await Promise.all(
      wanted.map(async (id) => {
        const newest = newestOf.get(id);
        const place = newest ? placeOf(newest, installation) : null;
        const { accountId } = viewer;
        const reads = place ? await mayRead(context, { viewer: accountId, tenant, place }, "listing") : false;
        return [id, reads] as const;
      }),
    );
    const allowed = new Map(answers);
    return {
      places: recent.filter(({ repositoryId }) => allowed.get(repositoryId) === true),
      unsure: answers.some(([, answer]) => answer === null),
    };
  }
}

function overviewRoute(app: FastifyInstance, context: WebContext): void {
  app.get("/orgs/:installation", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) return notFound(context, request, reply);
    const { installation, tenant, viewer } = opened;
    const query = listQuery.parse(request.query);
    const [recent, flags, auditTakenAt, policy] = await Promise.all([
      tenant.listReports({ waiting: query.show === "waiting", limit: LISTED_COUNT }),
      tenant.flags("open"),
      tenant.latestAuditAt(),
      tenant.policy(null),
    ]);
    const overview: OrganizationOverview = {
      installation,
      owner: true,
      mode: modeOf(policy?.file ?? null, installation.publication),
      reports: chosen(
        recent.filter(({ accountId }) => accountId !== viewer.accountId),
        query,
      ),
      openFlagCount: flags.filter(({ accountId }) => accountId !== viewer.accountId).length,
      openPushCount: (await tenant.openAlerts()).alerts,
      auditTakenAt,
      clusterCount: (await clustersFor(tenant, viewer.accountId)).length,
      reading: await readingOf(tenant),
      holdersWaiting: await context.store.queue.waitingOf("assess-holder", installation.id),
    };
    return sendPage(
      reply,
      200,
      overviewPage({ overview, query, limited: recent.length === LISTED_COUNT, viewer, now: context.clock.now() }),
    );
  });
}

/** How far the look at all open pull requests is, while one is under way and something is left. */
async function readingOf(tenant: TenantStore): Promise<OrganizationOverview["reading"]> {
  const sweep = await tenant.pullRequestSweep();
  if (!sweep?.underWay) return null;
  const read = (await tenant.openPullRequests()).length;
  const found = Math.max(sweep.openCount, sweep.underWay.openCount);
  return read < found ? { read, found } : null;
}
