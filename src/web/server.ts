import type { IncomingMessage } from "node:http";
import { setTimeout } from "node:timers/promises";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyPluginAsync } from "fastify";
import type { Clock } from "../clock.ts";
import { OperatingError } from "../errors.ts";
import type { AppGateway, LoginGateway } from "../github/gateway.ts";
import type { Log } from "../log.ts";
import type { MachineFinding } from "../machine.ts";
import type { Messenger } from "../notification/messenger.ts";
import type { Random } from "../random.ts";
import type { SignalMeta } from "../signals/signal.ts";
import type { Store } from "../store/store.ts";
import { type Connections, watchConnections } from "./connections.ts";
import type { WebContext } from "./context.ts";
import { makeAuthority } from "./guard/authorize.ts";
import { routableUrl } from "./guard/parameters.ts";
import { secure } from "./guard/security.ts";
import { makeSessions } from "./guard/session.ts";
import { makeViewLimit } from "./guard/view-limit.ts";
import { html } from "./html.ts";
import { INGEST_SERVER_OPTIONS, WEBHOOK_PATH } from "./ingest.ts";
import type { Metrics } from "./metrics.ts";
import { accountDataRoutes } from "./pages/account/data-route.ts";
import { accountRoutes } from "./pages/account/route.ts";
import { auditRoutes } from "./pages/audit/route.ts";
import { clusterRoutes } from "./pages/clusters/route.ts";
import { flagRoutes } from "./pages/flags/route.ts";
import { homeRoutes } from "./pages/home/route.ts";
import { loginRoutes } from "./pages/login/route.ts";
import { playbookRoutes } from "./pages/playbook/route.ts";
import { policyRoutes } from "./pages/policy/route.ts";
import { privacyRoutes } from "./pages/privacy/route.ts";
import { pushRoutes } from "./pages/pushes/route.ts";
import { reportRoutes } from "./pages/report/route.ts";
import { repositoryRoutes } from "./pages/repository/route.ts";
import { settingsRoutes } from "./pages/settings/route.ts";
import { signalRoutes } from "./pages/signals/route.ts";
import { trailRoutes } from "./pages/trail/route.ts";
import { workRoutes } from "./pages/work/route.ts";
import { notFound, notice, sendPage } from "./reply.ts";
import { staticRoutes } from "./static.ts";
import type { ForwardingWatch } from "./watch-machine.ts";

export interface WebOptions {
  readonly store: Store;
  readonly apps: AppGateway;
  readonly login: LoginGateway;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly signals: readonly SignalMeta[];
  /** Where people reach us, for example `https://sallyport.example`. */
  readonly publicUrl: string;
  /** GitHub's pages; `https://github.com` unless a GitHub Enterprise Server is used. */
  readonly githubUrl: string;
  /** Seals cookies, at least 32 bytes. */
  readonly sessionSecret: string;
  /** Mail or web address for questions of contributors; null when there is none. */
  readonly privacyContact?: string | null;
  /** Who is told by message of an organisation; nobody unless given. */
  readonly destinationsOf?: Messenger["destinationsOf"];
  /** Proxies in front of us whose `X-Forwarded-For` is believed, counted from this process. */
  readonly trustedProxyHops?: number;
  /** The webhook route: registered outside the pages, so that none of their hooks touches it. */
  readonly ingest?: FastifyPluginAsync;
  readonly metrics?: Metrics;
  /** Sees every request. */
  readonly forwarding?: ForwardingWatch;
  /** The machine and what stands in front of it, for the page "Work". */
  readonly health?: () => readonly MachineFinding[];
  /** Waiting, for tests. */
  readonly wait?: (ms: number) => Promise<void>;
  /** Waiting for GitHub, for tests. */
  readonly patience?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const patience = (ms: number, signal: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal }).catch(() => undefined);

/** Parameters of any length that a request line can have reach the pages, whose own 404 answers them. */
const ROUTING = { routerOptions: { maxParamLength: 65_536 } } as const;

/** The pages, and the webhook route beside them. Not yet listening. */
export async function makeWebServer(options: WebOptions): Promise<FastifyInstance> {
  const trustProxy = (_address: string, hop: number): boolean => hop < (options.trustedProxyHops ?? 0);
  const rewriteUrl = ({ url }: IncomingMessage): string => routableUrl(url ?? "/");
  const app = Fastify({ ...INGEST_SERVER_OPTIONS, ...ROUTING, logger: false, trustProxy, rewriteUrl });
  if (options.metrics) app.addHook("onResponse", options.metrics.requestAnswered);
  const { forwarding } = options;
  if (forwarding) app.addHook("onRequest", async (request) => forwarding.look(request));
  const connections = watchConnections(app.server, ({ url }) => url !== WEBHOOK_PATH);
  if (options.ingest) await app.register(options.ingest);
  await app.register(pages(contextOf(options), options.login, connections));
  return app;
}

const pages =
  (context: WebContext, github: LoginGateway, connections: Connections): FastifyPluginAsync =>
  async (app) => {
    app.decorateRequest("arrivedAt", 0);
    app.addHook("onRequest", async (request, reply) => {
      request.arrivedAt = Date.parse(context.clock.now());
      if (connections.tooManyPages()) return sendPage(reply.header("connection", "close"), 503, FAILED);
    });
    app.setErrorHandler<FastifyError>((error, request, reply) => {
      const status = error instanceof OperatingError ? 503 : (error.statusCode ?? 500);
      if (status >= 500) context.log.error("http.failed", { route: request.routeOptions.url ?? "none", status }, error);
      return sendPage(reply, status, status === 429 ? TOO_MANY : status < 500 ? BAD_REQUEST : FAILED);
    });
    await secure(app, context);
    app.setNotFoundHandler((request, reply) => notFound(context, request, reply));
    for (const routes of [homeRoutes, reportRoutes, auditRoutes, accountRoutes, accountDataRoutes, flagRoutes])
      routes(app, context);
    for (const routes of [repositoryRoutes, settingsRoutes, policyRoutes, workRoutes, trailRoutes])
      routes(app, context);
    for (const routes of [pushRoutes, clusterRoutes, privacyRoutes, signalRoutes]) routes(app, context);
    playbookRoutes(app);
    loginRoutes(app, context, github);
    staticRoutes(app);
  };

function contextOf(options: WebOptions): WebContext {
  const { store, clock, random, log } = options;
  const publicUrl = options.publicUrl.replace(/\/+$/, "");
  return {
    store,
    clock,
    log,
    publicUrl,
    githubUrl: options.githubUrl.replace(/\/+$/, ""),
    authority: makeAuthority(options.apps, clock, options.patience ?? patience),
    sessions: makeSessions({ store: store.sessions, clock, random, secure: publicUrl.startsWith("https:") }),
    viewLimit: makeViewLimit(clock),
    signals: new Map(options.signals.map((signal) => [signal.id, signal])),
    sessionSecret: options.sessionSecret,
    privacyContact: options.privacyContact ?? null,
    destinationsOf: options.destinationsOf ?? (() => []),
    health: options.health ?? (() => []),
    wait: options.wait ?? (async (ms) => void (await setTimeout(ms))),
  };
}

const FAILED = notice({
  title: "Something is not working",
  body: html`<p>The page could not be made just now. Nothing was changed. Try again in a minute.</p>`,
});

const BAD_REQUEST = notice({
  title: "That request could not be read",
  body: html`<p>Nothing was changed. Go back and try again.</p>`,
});

const TOO_MANY = notice({
  title: "A moment, please",
  body: html`<p>There were many requests in a short time. Wait a minute and try again.</p>`,
});
