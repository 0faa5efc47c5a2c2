import type { FastifyInstance } from "fastify";
import { modeOf } from "../../decision/mode.ts";
import type { Installation, Report } from "../../store/store.ts";
import type { WebContext } from "../context.ts";
import { openOrganization } from "../organization.ts";
import { notFound, sendPage } from "../reply.ts";
import type { Viewer } from "../session.ts";
import { type Desk, homePage, overviewPage } from "../views/home.ts";
import { placeOf } from "./report.ts";

/** Reports looked through per organisation for the front page. */
const RECENT_COUNT = 30;
const OVERVIEW_COUNT = 100;
/** Organisations asked about per visit: two requests each when nothing is cached. */
const MAX_INSTALLATION_COUNT = 20;

/** The front page after signing in, and an owner's overview of one organisation. */
export function homeRoutes(app: FastifyInstance, context: WebContext): void {
  const { store, authority, clock } = context;

  app.get("/", async (request, reply) => {
    const { viewer } = request;
    if (!viewer) return notFound(context, request, reply);
    const installations = (await store.installations()).slice(0, MAX_INSTALLATION_COUNT);
    const desks = await Promise.all(installations.map((installation) => deskOf(installation, viewer)));
    const visible = desks.filter((desk) => desk !== null);
    return sendPage(reply, 200, homePage({ desks: visible, viewer, now: clock.now() }));
  });

  app.get("/orgs/:installation", async (request, reply) => {
    const opened = await openOrganization(context, request, "recent");
    if (!opened) return notFound(context, request, reply);
    const { installation, tenant, viewer } = opened;
    const [recent, flags, audit, policy] = await Promise.all([
      tenant.recentReports(OVERVIEW_COUNT),
      tenant.flags("open"),
      tenant.latestAudit(),
      tenant.policy(null),
    ]);
    const desk: Desk = {
      installation,
      owner: true,
      mode: modeOf(policy?.file ?? null, installation.publication),
      reports: recent.filter(({ accountId }) => accountId !== viewer.accountId),
      openFlagCount: flags.filter(({ accountId }) => accountId !== viewer.accountId).length,
      auditTakenAt: audit?.takenAt ?? null,
    };
    return sendPage(reply, 200, overviewPage({ desk, viewer, now: clock.now() }));
  });

  /** What one organisation shows this viewer; null when it is none of his business. */
  async function deskOf(installation: Installation, viewer: Viewer): Promise<Desk | null> {
    const tenant = store.tenant(installation.id);
    const owner = await authority.owns(viewer.accountId, installation, "recent");
    const recent = (await tenant.recentReports(RECENT_COUNT)).filter(({ accountId }) => accountId !== viewer.accountId);
    const reports = owner ? recent : await workedOn(recent, viewer);
    if (!owner && reports.length === 0) return null;
    const flags = owner ? await tenant.flags("open") : [];
    return {
      installation,
      owner,
      mode: modeOf((await tenant.policy(null))?.file ?? null, installation.publication),
      reports,
      openFlagCount: flags.filter(({ accountId }) => accountId !== viewer.accountId).length,
      auditTakenAt: owner ? ((await tenant.latestAudit())?.takenAt ?? null) : null,
    };
  }

  async function workedOn(reports: readonly Report[], viewer: Viewer): Promise<readonly Report[]> {
    // By the newest report: its names are the latest.
    const firsts = new Map(reports.toReversed().map((report) => [report.repositoryId, report]));
    const allowed = await Promise.all(
      [...firsts].map(async ([id, report]) =>
        (await authority.worksOn(viewer.accountId, placeOf(report), "recent")) ? id : null,
      ),
    );
    return reports.filter(({ repositoryId }) => allowed.includes(repositoryId));
  }
}
