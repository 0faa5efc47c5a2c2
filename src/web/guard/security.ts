import { timingSafeEqual } from "node:crypto";
import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { WebContext } from "../context.ts";
import { html } from "../html.ts";
import { notice, sendPage } from "../reply.ts";
import type { Viewer } from "./session.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who is signed in. */
    viewer: Viewer | null;
  }
  interface FastifyContextConfig {
    /** True for the few pages that need no sign-in and say nothing about anybody. */
    readonly open?: boolean;
  }
}

const REQUESTS_PER_MINUTE = 300;
const SILENT = { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false } as const;
/** Our largest form is a reason of 2,000 characters. */
const MAX_FORM_BYTES = 16_384;

/** Headers, cookies, limits and the gate in front of every page. Cost per request: one session read. */
export async function secure(app: FastifyInstance, context: WebContext): Promise<void> {
  const https = context.publicUrl.startsWith("https:");
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy("'self'", https) },
    referrerPolicy: { policy: "no-referrer" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: "deny" },
  });
  await app.register(cookie, { secret: context.sessionSecret });
  await app.register(formbody, { bodyLimit: MAX_FORM_BYTES });
  // Without the counting headers every 404 has the same headers too.
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    addHeaders: SILENT,
    addHeadersOnExceeding: SILENT,
  });
  app.decorateRequest("viewer", null);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("cache-control", "no-store").header("x-robots-tag", "noindex, nofollow, noarchive");
    request.viewer = request.routeOptions.config.open ? null : await context.sessions.read(request);
    if (!request.routeOptions.config.open && !request.viewer) return signIn(request, reply);
  });
  app.addHook("preHandler", async (request, reply) => {
    if (request.method !== "POST") return;
    if (!cameFromUs(request, context.publicUrl) || !carriesToken(request)) return refuseForm(reply);
  });
}

/** Nothing may run, load or frame but our own style sheet and pictures. */
export function contentSecurityPolicy(formAction: string, https: boolean): Record<string, string[]> {
  return {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "form-action": formAction.split(" "),
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    ...(https ? { "upgrade-insecure-requests": [] } : {}),
  };
}

/** Every closed page sends strangers the same way, whether it exists or not. */
function signIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.method === "GET" || request.method === "HEAD")
    return reply.redirect(`/login?return_to=${encodeURIComponent(request.originalUrl.slice(0, 512))}`, 303);
  return sendPage(reply, 403, SIGNED_OUT);
}

/**
 * Our own forms only. With `Referrer-Policy: no-referrer` browsers send `Origin: null` even for a form of the same
 * site, so `Sec-Fetch-Site`, which no page can forge, decides then.
 */
function cameFromUs(request: FastifyRequest, publicUrl: string): boolean {
  const origin = request.headers.origin;
  if (origin === new URL(publicUrl).origin) return true;
  return (origin === undefined || origin === "null") && request.headers["sec-fetch-site"] === "same-origin";
}

function carriesToken(request: FastifyRequest): boolean {
  const expected = Buffer.from(request.viewer?.csrf ?? "");
  const given = Buffer.from(formField(request, "csrf"));
  return expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given);
}

/** A field of a posted form, as any store can keep it; empty when it is missing or not a single text. */
export function formField(request: FastifyRequest, name: string): string {
  const body = request.body;
  const value = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === "string" ? value.toWellFormed().replaceAll("\0", "\uFFFD") : "";
}

const SIGNED_OUT = notice({
  title: "You are signed out",
  body: html`<p>Nothing was changed: your session has ended. <a href="/login">Sign in</a> and try again.</p>`,
});

const refuseForm = (reply: FastifyReply): FastifyReply => sendPage(reply, 403, REFUSED_FORM);

const REFUSED_FORM = notice({
  title: "That form did not come from this page",
  body: html`<p>Nothing was changed. Go back, reload the page and try again.</p>`,
});
