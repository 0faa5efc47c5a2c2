import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { OperatingError } from "../../../errors.ts";
import type { LoginGateway } from "../../../github/gateway.ts";
import type { WebContext } from "../../context.ts";
import { html } from "../../html.ts";
import { notice, sendPage } from "../../reply.ts";
import { safeReturnTo } from "./return-to.ts";
import { signInPage } from "./view.ts";

const LOGINS_PER_MINUTE = 20;
const callbackQuery = z.object({ code: z.string().min(1).max(200), state: z.string().min(1).max(200) });

/**
 * Signing in by GitHub's web flow with PKCE. The user's token is read once for his account id and dropped; from then
 * on only the App's own token asks about him.
 */
export function loginRoutes(app: FastifyInstance, context: WebContext, github: LoginGateway): void {
  const { sessions, clock, log } = context;
  const redirectUri = `${context.publicUrl}/login/callback`;
  const config = { open: true, rateLimit: { max: LOGINS_PER_MINUTE, timeWindow: 60_000 } } as const;

  app.get("/login", { config: { open: true } }, (request, reply) =>
    sendPage(reply, 200, signInPage(safeReturnTo(queryField(request.query, "return_to")))),
  );

  app.get("/login/start", { config }, async (request, reply) => {
    const returnTo = safeReturnTo(queryField(request.query, "return_to"));
    const { state, codeChallenge } = await sessions.beginLogin(reply, returnTo);
    return reply.redirect(github.authorizeUrl({ state, codeChallenge, redirectUri }), 303);
  });

  app.get("/login/callback", { config }, async (request, reply) => {
    const pending = await sessions.takeLogin(request, reply);
    const query = callbackQuery.safeParse(request.query).data;
    if (!pending || !query || !same(pending.state, query.state)) return refuse("state", reply);
    try {
      const { code } = query;
      const account = await github.accountOf({ code, codeVerifier: pending.codeVerifier, redirectUri });
      await sessions.start(request, reply, { accountId: account.id, login: account.login });
    } catch (error) {
      if (!(error instanceof OperatingError) || error.code === "database_unavailable") throw error;
      return refuse(error.code, reply);
    }
    return reply.redirect(pending.returnTo, 303);
  });

  app.post("/logout", async (request, reply) => {
    await sessions.end(request, reply);
    return sendPage(reply, 200, SIGNED_OUT);
  });

  function refuse(reason: string, reply: FastifyReply): FastifyReply {
    log.warn("login.refused", { reason, at: clock.now() });
    return sendPage(reply, 400, REFUSED);
  }
}

function queryField(query: unknown, name: string): unknown {
  return typeof query === "object" && query !== null ? Reflect.get(query, name) : undefined;
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const REFUSED = notice({
  title: "Signing in did not work",
  body: html`<p>
    GitHub did not confirm this sign-in, or it took longer than ten minutes, or it was begun in another browser.
    <a href="/login">Try again</a>.
  </p>`,
});

// A page, not a redirect: the way to GitHub's sign-in leads out of `form-action 'self'`.
const SIGNED_OUT = notice({
  title: "You are signed out",
  body: html`<p>Nothing of your visit is left in this browser. <a href="/login">Sign in again</a>.</p>`,
});
