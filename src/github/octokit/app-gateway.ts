import type { Probot } from "probot";
import { z } from "zod";
import type { Clock, Instant } from "../../clock.ts";
import { OperatingError, required } from "../../errors.ts";
import type { InstallationId } from "../../ids.ts";
import { accountId, installationId } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { AppGateway, LoggedDelivery, Reading } from "../gateway.ts";
import { makeInstallationGateway } from "./installation-gateway.ts";
import { ENDPOINTS, type Endpoint } from "./transport/endpoints.ts";
import { makeQuota, type Quota } from "./transport/quota.ts";
import { read, type Session } from "./transport/session.ts";

/** GitHub as the App sees it. The Probot app comes from `makeProbot`: only its clients leave waiting to the queue. */
export function makeAppGateway(options: {
  readonly probot: Probot;
  readonly appId: number;
  /** Origin of GitHub's pages and of git, for example `https://github.com`. */
  readonly webUrl: string;
  readonly clock: Clock;
  readonly log: Log;
}): AppGateway {
  const { probot, appId, webUrl, clock, log } = options;
  const organizations = new Map<number, Map<string, string>>();
  const quotas = new Map<number, Quota>();
  const session = async (id?: number): Promise<Session> => ({
    octokit: await probot.auth(id),
    asker: id === undefined ? "app" : "installation",
    clock,
    log,
    usage: { requests: 0, points: 0 },
  });
  /** Whatever asks for an installation hears how much of its quota is left; only a reading goes by it. */
  async function installationSession(id: InstallationId, reading?: Reading): Promise<Session> {
    const quota = quotas.get(id) ?? makeQuota(clock);
    quotas.set(id, quota);
    const made = await session(id);
    made.octokit.hook.after("request", ({ headers }) => quota.hear(headers));
    return reading === undefined ? made : { ...made, reading: { ...reading, lowUntil: quota.lowUntil } };
  }
  return {
    async installation(id, reading) {
      // Kept by installation: another tenant may be shown other things under the same name.
      const organizationNodeIds = organizations.get(id) ?? new Map<string, string>();
      organizations.set(id, organizationNodeIds);
      return makeInstallationGateway(await installationSession(id, reading), {
        installationId: id,
        appId,
        webUrl,
        organizationNodeIds,
      });
    },
    installations: async () => installations(await session()),
    identity: async () => identity(await session()),
    webhookUrl: async () => webhookUrl(await session()),
    answers: async (id) => answers(await session(id ?? undefined)),
    deliveriesSince: async (since) => deliveriesSince(await session(), since),
    redeliver: async (id) => {
      const answer = await read(await session(), ENDPOINTS.redeliver, { delivery_id: id });
      return answer.ok ? { ok: true, value: null } : answer;
    },
  };
}

const PER_PAGE = 100;
/** A hundred thousand installations or deliveries; the end of a list that has none. */
const MAX_PAGES = 1_000;

async function installations(session: Session): ReturnType<AppGateway["installations"]> {
  const found: Awaited<ReturnType<AppGateway["installations"]>>[number][] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = required(
      "installations",
      await read(session, ENDPOINTS.installations, { per_page: PER_PAGE, page }),
    );
    for (const { id, account, permissions, suspended_at: suspendedAt } of answer)
      if (account !== null)
        found.push({
          id: installationId(id),
          accountId: accountId(account.id),
          accountLogin: account.login ?? "",
          accountType: account.type ?? "",
          suspended: suspendedAt != null,
          permissions,
        });
    if (answer.length < PER_PAGE) break;
  }
  return found;
}

async function identity(session: Session): ReturnType<AppGateway["identity"]> {
  const answer = await read(session, ENDPOINTS.app, {});
  const { id, permissions, events } = required("identity of the App", answer);
  const date = Date.parse(String(answer.headers?.date ?? ""));
  if (Number.isNaN(date)) throw new OperatingError("upstream_error", "GET /app: the answer has no Date header");
  return { appId: id, githubNow: new Date(date).toISOString(), permissions, events };
}

/** Of the App alone, and of nobody who is looked at. */
const HOOK_CONFIG: Endpoint<{ readonly url?: string | null | undefined }> = {
  route: "GET /app/hook/config",
  schema: z.object({ url: z.string().nullish() }),
};

async function webhookUrl(session: Session): ReturnType<AppGateway["webhookUrl"]> {
  const answer = await read(session, HOOK_CONFIG, {});
  if (!answer.ok && answer.reason === "not_found") return null;
  return required("webhook of the App", answer).url || null;
}

async function answers(session: Session): Promise<boolean> {
  const ofInstallation = session.asker === "installation";
  const endpoint = ofInstallation ? ENDPOINTS.coveredRepositories : ENDPOINTS.app;
  try {
    const answer = await read<unknown>(session, endpoint, ofInstallation ? { per_page: 1 } : {});
    return answer.ok || answer.reason === "rate_limited";
  } catch (error) {
    if (error instanceof OperatingError) return error.code === "rate_limited";
    throw error;
  }
}

/** Newest first. GitHub's own filters leave out failures without a status, so everything is read. */
async function deliveriesSince(session: Session, since: Instant): Promise<readonly LoggedDelivery[]> {
  const found: LoggedDelivery[] = [];
  let cursor: string | undefined;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await read(session, ENDPOINTS.deliveries, { per_page: PER_PAGE, cursor });
    const deliveries = required("delivery log", answer);
    for (const { delivered_at: deliveredAt, status_code: statusCode, action = null, ...delivery } of deliveries)
      if (deliveredAt > since) found.push({ ...delivery, action, deliveredAt, statusCode });
    const next = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(String(answer.headers?.link ?? ""))?.[1];
    const last = deliveries.at(-1);
    if (last === undefined || last.delivered_at <= since || next === undefined || next === cursor) break;
    cursor = decodeURIComponent(next);
  }
  return found;
}
