import { timingSafeEqual } from "node:crypto";
import formbody from "@fastify/formbody";
import helmet from "@fastify/helmet";
import Fastify, { type FastifyInstance } from "fastify";
import { z } from "zod";
import { OperatingError } from "../../../errors.ts";
import type { CreatedApp } from "../../../github/gateway.ts";
import type { Log } from "../../../log.ts";
import { type Random, randomRef } from "../../../random.ts";
import { contentSecurityPolicy } from "../../guard/security.ts";
import { html } from "../../html.ts";
import { INGEST_SERVER_OPTIONS, MAX_CONNECTIONS } from "../../ingest.ts";
import type { Page } from "../../layout.ts";
import { notice, sendPage } from "../../reply.ts";
import { staticRoutes } from "../../static.ts";
import { type AppFile, manifestFor, type TierFile, withTier } from "./manifest.ts";
import { createdPage, setupPage, shownPage } from "./view.ts";

export interface SetupOptions {
  readonly app: AppFile;
  /** What the tier for audits adds, for who chooses it. */
  readonly tier: TierFile;
  /** Where people and GitHub reach this server, without a slash at the end. */
  readonly publicUrl: string;
  /** Where GitHub is to send events. */
  readonly webhookUrl: string;
  /** Why GitHub cannot send anything there, in words; the page does not go on then. Null when it may well. */
  readonly outOfReach: string | null;
  /** GitHub's pages, without a slash at the end. */
  readonly githubUrl: string;
  readonly random: Random;
  readonly log: Log;
  /** Turns the code into the App, once. Throws OperatingError. */
  readonly exchange: (code: string) => Promise<CreatedApp>;
  /** Why credentials could not be kept now, in words; null when they can. Asked before anybody is sent to GitHub. */
  readonly whyNotKept: () => Promise<string | null>;
  /** Keeps the credentials; resolves to why it could not, in words, and they are shown to the person, once. */
  readonly keep: (app: CreatedApp) => Promise<string | null>;
}

/** The set-up server and the address to open, which only whoever sees the terminal knows. */
export interface SetupServer {
  readonly server: FastifyInstance;
  readonly address: string;
}

const callbackQuery = z.object({ code: z.string().regex(/^[\w-]{1,200}$/), state: z.string().max(100) });
const pageQuery = z.object({
  organization: z.string().regex(/^[A-Za-z0-9-]{0,39}$/),
  tier: z.enum(["usual", "audits"]).default("usual"),
});

/**
 * Creates the App through GitHub's manifest flow. The page lies behind 128 random bits that are printed where the
 * program was started: a server without credentials must not be set up by whoever finds it first.
 */
export async function makeSetupServer(options: SetupOptions): Promise<SetupServer> {
  const { publicUrl, webhookUrl, githubUrl, random, log } = options;
  const key = randomRef(random);
  let state: string | null = randomRef(random);
  // Whoever has sent half a request keeps nobody from ending the set-up.
  const server = Fastify({ ...INGEST_SERVER_OPTIONS, logger: false, forceCloseConnections: true });
  server.server.maxConnections = MAX_CONNECTIONS;
  const https = publicUrl.startsWith("https:");
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy(`'self' ${githubUrl}`, https) },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: false,
  });
  await server.register(formbody);
  server.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
  server.setNotFoundHandler((_request, reply) => sendPage(reply, 404, NOT_FOUND));
  server.setErrorHandler((error, request, reply) => {
    log.error("http.failed", { route: request.routeOptions.url ?? "none", status: 500 }, error);
    return sendPage(reply, 500, FAILED);
  });
  staticRoutes(server);
  server.get("/", (_request, reply) => sendPage(reply, 200, NOT_SET_UP));

  server.get<{ Params: { key: string } }>("/setup/:key", async (request, reply) => {
    if (!state || !same(request.params.key, key)) return sendPage(reply, 404, NOT_FOUND);
    const { organization = null, tier = "usual" } = pageQuery.safeParse(request.query).data ?? {};
    const { outOfReach } = options;
    const app = tier === "audits" ? withTier(options.app, options.tier) : options.app;
    const manifest = JSON.stringify(manifestFor(app, options));
    const whyNotKept = await options.whyNotKept();
    const view = { app, tier, manifest, organization, state, githubUrl, publicUrl, webhookUrl, outOfReach, whyNotKept };
    return sendPage(reply, 200, setupPage(view));
  });

  server.get("/setup/callback", async (request, reply) => {
    const query = callbackQuery.safeParse(request.query).data;
    if (!query || !state || !same(query.state, state)) return sendPage(reply, 400, REFUSED);
    const usable = state;
    state = null;
    let created: CreatedApp;
    try {
      created = await options.exchange(query.code);
    } catch (error) {
      state = usable;
      if (error instanceof OperatingError) return sendPage(reply, 502, NOT_EXCHANGED);
      throw error;
    }
    // From here on the code is used and the App exists: what is not kept is shown, or its key is lost.
    const whyNot = await options.keep(created);
    return sendPage(reply, 200, whyNot === null ? createdPage(created) : shownPage(created, whyNot));
  });
  return { server, address: `${publicUrl}/setup/${key}` };
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const alone = (message: Parameters<typeof notice>[0]): Page => ({ ...notice(message), alone: true });

const NOT_SET_UP = alone({
  title: "Not set up yet",
  body: html`<p>Open the address that was printed where Sallyport was started. It is long and only known there.</p>`,
});
const NOT_FOUND = alone({ title: "Nothing here", body: html`<p>There is no such page.</p>` });
const REFUSED = alone({
  title: "That did not come from this set-up",
  body: html`<p>Open the printed address again and create the App from there. Nothing was kept.</p>`,
});
const NOT_EXCHANGED = alone({
  title: "GitHub did not hand over the App",
  body: html`<p>
    The code may be older than an hour or used already. If the App exists on GitHub, delete it there; then open the printed
    address and create it again.
  </p>`,
});
const FAILED = alone({
  title: "Something is not working",
  body: html`<p>Look at the terminal where Sallyport was started.</p>`,
});
