import { setTimeout } from "node:timers/promises";
import Fastify, { type FastifyInstance } from "fastify";
import { InvalidInput, OperatingError } from "../errors.ts";
import type { Log } from "../log.ts";
import { healthLine, type MachineFinding } from "../machine.ts";
import type { Store } from "../store/store.ts";
import type { Metrics } from "./metrics.ts";

/** A database that takes longer than this to store a delivery is not ready. */
const PING_MS = 2_000;

/**
 * `/healthz` (the process lives, and on what machine), `/readyz` (a delivery can be stored, or why not), `/metrics` and
 * `POST /backup` (a copy of the embedded database beside it), for a port that only operators reach.
 * `isReady` turns false while the program stops. Not yet listening.
 */
export function makeOperationsServer(options: {
  readonly store: Store;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly isReady?: () => boolean;
  /** The machine and what stands in front of it, for `/healthz`. */
  readonly health?: () => readonly MachineFinding[];
}): FastifyInstance {
  const { store, metrics, log, isReady = () => true, health = () => [] } = options;
  const app = Fastify({ logger: false });
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
  app.get("/healthz", (_request, reply) =>
    reply.type("text/plain").send(["ok", ...health().map(healthLine), ""].join("\n")),
  );
  app.get("/readyz", async (_request, reply) => {
    const reason = isReady() ? await whyNotReady(store) : "stopping";
    return reply
      .code(reason === null ? 200 : 503)
      .type("text/plain")
      .send(reason === null ? "ready\n" : `not ready: ${reason}\n`);
  });
  app.post("/backup", async (request, reply) => {
    // No page of somebody else's can send this field without asking first, and nothing here answers that.
    if (request.headers["x-sallyport"] !== "backup") return reply.code(403).send({ problems: [] });
    try {
      return await store.backup();
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return reply.code(409).send({ problems: error.problems });
    }
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

/** Null when a delivery can be stored; else what keeps it out. */
async function whyNotReady(store: Store): Promise<"database" | "disk" | null> {
  const stop = new AbortController();
  try {
    const late = setTimeout(PING_MS, "database" as const, { signal: stop.signal, ref: false }).catch(() => null);
    return await Promise.race([store.ping().then(() => null), late]);
  } catch (error) {
    return error instanceof OperatingError && error.code === "disk_full" ? "disk" : "database";
  } finally {
    stop.abort();
  }
}
