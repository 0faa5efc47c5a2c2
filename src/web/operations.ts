import { setTimeout } from "node:timers/promises";
import Fastify, { type FastifyInstance } from "fastify";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";
import type { Metrics } from "./metrics.ts";

/** A database that takes longer than this to answer a trivial query is not ready. */
const PING_MS = 2_000;

/**
 * `/healthz` (the process lives), `/readyz` (it can work) and `/metrics`, for a port that only operators reach.
 * `isReady` turns false while the program stops. Not yet listening.
 */
export function makeOperationsServer(options: {
  readonly store: Store;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly isReady?: () => boolean;
  /** What an operator should mend though all works; stands on `/healthz`. */
  readonly notes?: readonly string[];
}): FastifyInstance {
  const { store, metrics, log, isReady = () => true, notes = [] } = options;
  const app = Fastify({ logger: false });
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
  app.get("/healthz", (_request, reply) => reply.type("text/plain").send(["ok", ...notes, ""].join("\n")));
  app.get("/readyz", async (_request, reply) => {
    const ready = isReady() && (await answers(store));
    return reply
      .code(ready ? 200 : 503)
      .type("text/plain")
      .send(ready ? "ready\n" : "not ready\n");
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type("text/plain; version=0.0.4; charset=utf-8").send(await metrics.text()),
  );
  app.setErrorHandler((error, request, reply) => {
    log.error("http.failed", { route: request.routeOptions.url ?? "none", status: 500 }, error);
    return reply.code(500).type("text/plain").send("failed\n");
  });
  return app;
}

async function answers(store: Store): Promise<boolean> {
  try {
    const stop = new AbortController();
    const late = setTimeout(PING_MS, false, { signal: stop.signal, ref: false }).catch(() => false);
    const ready = await Promise.race([store.ping().then(() => true), late]);
    stop.abort();
    return ready;
  } catch {
    return false;
  }
}
