import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { AccountId } from "../../../ids.ts";
import type { TrailEntry } from "../../../store/store.ts";
import type { WebContext } from "../../context.ts";
import { accountParameter } from "../../guard/parameters.ts";
import type { Freshness } from "../../guard/remembering.ts";
import { formField } from "../../guard/security.ts";
import { type OpenedOrganization, openOrganization } from "../../organization.ts";
import { notFound, sendPage } from "../../reply.ts";
import { jsonTexts, streamed } from "../audit/streamed.ts";
import { ENOUGH } from "../report/enough.ts";
import { dataPage, isKnown, type RefusedForm } from "./data-view.ts";

const params = z.object({ account: accountParameter });
const MIN_LENGTH = 8;
const MAX_LENGTH = 2_000;

/**
 * What is kept about one account, for owners: seen, downloaded, corrected, erased. It opens for every number, because
 * "nothing is kept" is an answer that somebody may ask for.
 */
export function accountDataRoutes(app: FastifyInstance, context: WebContext): void {
  const { clock, viewLimit } = context;

  app.get("/orgs/:installation/accounts/:account/data", async (request, reply) => {
    const about = await open(request, "recent");
    if (!about) return notFound(context, request, reply);
    if (!viewLimit.allows(about.viewer.accountId, `account ${about.account}`)) return sendPage(reply, 429, ENOUGH);
    await record(about, "account.viewed");
    return show(about, reply, null);
  });

  app.get("/orgs/:installation/accounts/:account/data.json", async (request, reply) => {
    const about = await open(request, "live");
    if (!about) return notFound(context, request, reply);
    if (!viewLimit.allows(about.viewer.accountId, `account ${about.account}`)) return sendPage(reply, 429, ENOUGH);
    await record(about, "subject.exported");
    const subject = await about.tenant.subject(about.account, clock.now());
    return reply
      .type("application/json; charset=utf-8")
      .header("content-disposition", `attachment; filename="account-${about.account}.json"`)
      .send(streamed(jsonTexts(subject)));
  });

  app.post("/orgs/:installation/accounts/:account/data/correction", async (request, reply) => {
    const about = await open(request, "live");
    if (!about || !isKnown(await about.tenant.subject(about.account, clock.now())))
      return notFound(context, request, reply);
    const text = formField(request, "text").trim();
    if (text.length < MIN_LENGTH || text.length > MAX_LENGTH)
      return show(about, reply, { form: "correction", given: text });
    const { tenant, account, viewer } = about;
    const by = { byAccountId: viewer.accountId, byLogin: viewer.login, at: clock.now() };
    await tenant.addCorrection(account, { text, ...by });
    await record(about, "subject.corrected");
    return reply.redirect(dataPath(about), 303);
  });

  app.post("/orgs/:installation/accounts/:account/data/erase", async (request, reply) => {
    const about = await open(request, "live");
    if (!about) return notFound(context, request, reply);
    const given = formField(request, "confirm").trim();
    if (given !== String(about.account)) return show(about, reply, { form: "erase", given });
    await about.tenant.eraseSubject(about.account, { actorId: about.viewer.accountId, at: clock.now() });
    return reply.redirect(dataPath(about), 303);
  });

  /** Null for who is no owner, and for the account itself. */
  async function open(request: FastifyRequest, freshness: Freshness): Promise<About | null> {
    const opened = await openOrganization(context, request, freshness);
    const account = params.safeParse(request.params).data?.account;
    return opened && account && account !== opened.viewer.accountId ? { ...opened, account } : null;
  }

  const record = ({ tenant, viewer, account }: About, act: TrailEntry["act"]): Promise<void> =>
    tenant.addToTrail({
      ...{ at: clock.now(), actorId: viewer.accountId, act, target: `account:${account}`, reason: null },
    });

  async function show(about: About, reply: FastifyReply, refused: RefusedForm | null): Promise<FastifyReply> {
    const subject = await about.tenant.subject(about.account, clock.now());
    return sendPage(reply, refused ? 422 : 200, dataPage({ ...about, subject, refused }));
  }
}

interface About extends OpenedOrganization {
  readonly account: AccountId;
}

const dataPath = ({ installation, account }: About): string => `/orgs/${installation.id}/accounts/${account}/data`;
