import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { AccessAudit } from "../../../access/audit.ts";
import { checkedAudit } from "../../../access/audit-schema.ts";
import {
  coversLine,
  type ExposureDecision,
  endOf,
  lineKey,
  newestDecisions,
} from "../../../access/exposure-decision.ts";
import { keyOf } from "../../../access/keys.ts";
import { DUE_LOOK } from "../../../access/lines/due-look.ts";
import type { Exposure } from "../../../access/lines/kinds.ts";
import type { Remedy } from "../../../access/remedy/paths.ts";
import { type Instant, plusDays } from "../../../clock.ts";
import { inSlices } from "../../../slices.ts";
import type { WebContext } from "../../context.ts";
import { decisionIn, givenIn, type RefusedDecision } from "../../decision-form.ts";
import type { Freshness } from "../../guard/remembering.ts";
import { formField } from "../../guard/security.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { extentOf, linePage } from "./line-view.ts";
import { remediesFor } from "./remedies.ts";

const params = z.object({ line: z.string().regex(/^[a-z-]{1,40}(\.(all|\d{1,16})){2}$/) });
/** A decision without a day of its own counts this long. */
const MAX_DAYS = 366;

/** One line of standing exposure in the newest audit, decided on by an owner whom it is not about. */
export function lineRoutes(app: FastifyInstance, context: WebContext): void {
  const path = "/orgs/:installation/audit/lines/:line";

  app.get(path, async (request, reply) => {
    const found = await open(context, request, "recent");
    if (!found) return notFound(context, request, reply);
    const { tenant, viewer } = found.opened;
    const entry = { at: found.now, actorId: viewer.accountId, act: "audit.viewed", target: found.auditId } as const;
    await tenant.addToTrail({ ...entry, reason: null });
    return show(found, reply, null);
  });

  app.post(path, async (request, reply) => {
    const found = await open(context, request, "live");
    if (!found) return notFound(context, request, reply);
    const { opened, line, now: at } = found;
    const decided = decisionIn(request, at);
    if ("problem" in decided) return show(found, reply, decided);
    if (formField(request, "seen") !== extentOf(line))
      return show(found, reply, { problem: "changed", ...givenIn(request) });
    const { tenant, viewer, installation } = opened;
    const { outcome, reason } = decided;
    const { level: _, keptUntil: _k, openSince: _o, dueEvery: _d, lastActAt: _a, ...about } = line;
    await tenant.decideExposure({
      ...{ line: about, outcome, reason, at, until: decided.until ?? plusDays(at, MAX_DAYS) },
      by: { accountId: viewer.accountId, login: viewer.login },
    });
    const target = line.account === null ? `exposure:${line.kind}` : `account:${line.account}`;
    await tenant.addToTrail({ at, actorId: viewer.accountId, act: "exposure.decided", target, reason });
    return reply.redirect(`/orgs/${installation.id}/audit#${line.kind === DUE_LOOK ? "due" : "exposure"}`, 303);
  });
}

const show = (found: Found, reply: FastifyReply, refused: RefusedDecision | null): FastifyReply =>
  sendPage(reply, refused ? 422 : 200, linePage({ ...found.opened, ...found, refused }));

interface Found {
  readonly opened: OpenedOrganization;
  readonly auditId: string;
  readonly audit: AccessAudit;
  readonly line: Exposure;
  readonly remedy: Remedy;
  readonly decision: ExposureDecision | null;
  readonly now: Instant;
}

/** The line that the address names; null when the newest audit has none, and for whoever it is about. */
async function open(context: WebContext, request: FastifyRequest, freshness: Freshness): Promise<Found | null> {
  const opened = await openOrganization(context, request, freshness);
  const key = params.safeParse(request.params).data?.line;
  const stored = opened && key ? await opened.tenant.latestReport("without accounts") : null;
  if (!opened || !key || !stored) return null;
  const audit = await inSlices(checkedAudit(stored.report));
  const line = audit.exposure.find((one) => lineKey(one) === key);
  if (!line || line.account === keyOf(opened.viewer.accountId)) return null;
  const now = context.clock.now();
  const newest = newestDecisions(await opened.tenant.exposureDecisions(now)).get(key);
  const counts = newest && coversLine(newest, { seen: line, seenAt: audit.takenAt, now });
  // What it answers is asked whether somebody has decided or not.
  const { keptUntil: _, ...asked } = line;
  const remedies = await remediesFor(opened.tenant, { ...audit, exposure: [asked] }, []);
  return {
    remedy: remedies.line(line),
    opened,
    auditId: stored.id,
    audit,
    line,
    decision: counts ? { ...newest, until: endOf(newest, line) } : null,
    now,
  };
}
