import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../clock.ts";
import { type DeclineReason, declineEarly, isDeliveryId, MAX_BODY_BYTES, receive } from "../delivery/receive.ts";
import { OperatingError } from "../errors.ts";
import type { Log, LogFields } from "../log.ts";
import type { Inbox } from "../store/store.ts";

export interface IngestOptions {
  readonly inbox: Pick<Inbox, "accept">;
  /** One, or two while they are being exchanged. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

export const WEBHOOK_PATH = "/api/github/webhooks";

/** What the server that carries these routes must be made with. Node enforces its time-outs only at each check. */
export const INGEST_SERVER_OPTIONS = {
  requestTimeout: 15_000,
  keepAliveTimeout: 10_000,
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 1_000 },
} as const;

/** Each may hold a small body: with `Bodies`, at most 48 MiB of unverified bytes. */
export const MAX_CONNECTIONS = 512;

/**
 * `POST /api/github/webhooks`: 202 once the delivery is on disk, and nothing else happens in the request. Answers
 * carry the request's id and no other word. Register it beside the pages, not under their hooks.
 */
export function ingestRoutes(options: IngestOptions): FastifyPluginAsync {
  const refusals = new RefusalLog(options);
  const bodies = new Bodies();

  /** Before Fastify looks at the content type, and before the body is awaited. */
  function refuseEarly(request: FastifyRequest, reply: FastifyReply, next: () => void): void {
    const declined = declineEarly(request.headers);
    if (!declined) {
      next();
      return;
    }
    stopReading(request.raw);
    refuse(request, reply, declined);
  }

  async function ingest(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const body = await bodies.read(request.raw);
    if (!Buffer.isBuffer(body)) {
      stopReading(request.raw);
      return refuse(request, reply, body);
    }
    const bytes = body.length;
    const received = receive({ headers: request.headers, body }, options.secrets, options.clock.now());
    if (!received.ok) return refuse(request, reply, { ...received, bytes });
    const { guid, event, installationId } = received.delivery;
    let outcome: Awaited<ReturnType<Inbox["accept"]>>;
    try {
      outcome = await within(ACCEPT_DEADLINE_MS, options.inbox.accept(received.delivery));
    } catch (error) {
      const full = error instanceof OperatingError && error.code === "disk_full";
      return refuse(request, reply, { status: 503, reason: full ? "disk_full" : "not_stored", error, bytes });
    }
    const fields = { guid, name: event.name, installation_id: installationId, bytes, outcome };
    options.log.info("delivery.received", fields);
    return answer(request, reply, 202);
  }

  function refuse(request: FastifyRequest, reply: FastifyReply, why: Refusal): FastifyReply {
    if (why.status !== 202) refusals.note(why, request);
    return answer(request, reply, why.status);
  }

  return async (server) => {
    server.server.maxConnections = MAX_CONNECTIONS;
    // Bodies are left in the socket: Fastify would buffer them before anything is known about them.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser("*", (_request, _payload, done) => done(null));
    server.setErrorHandler((error, request, reply) => refuse(request, reply, { status: 500, reason: "failed", error }));
    server.post(WEBHOOK_PATH, { onRequest: refuseEarly }, ingest);
  };
}

/** A store that has not answered by then is down for this delivery; GitHub itself gives up after 10 s. */
const ACCEPT_DEADLINE_MS = 5_000;

interface Refusal {
  readonly status: number;
  readonly reason: DeclineReason | "aborted" | "busy" | "disk_full" | "not_stored" | "failed";
  readonly error?: unknown;
  /** Size of the body, when it was read. */
  readonly bytes?: number;
}

const answer = (request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply =>
  reply
    .code(status)
    .type("application/json")
    .send(JSON.stringify({ id: request.id }));

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Reads bodies and bounds what unverified ones may occupy together. */
class Bodies {
  /** Beyond this, only small bodies are read on: deliveries get through while large ones are thrown at us. */
  static readonly MAX_BYTES = 16 * 1024 * 1024;
  static readonly SMALL_BYTES = 64 * 1024;
  #bytes = 0;

  /** The whole body, or why it is not there. Never holds more than the cap, whatever the sender promised. */
  read(stream: IncomingMessage): Promise<Buffer | Refusal> {
    const { promise, resolve } = Promise.withResolvers<Buffer | Refusal>();
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = (result: Buffer | Refusal): void => {
      stream.off("data", take).off("end", end).off("error", abort).off("close", abort);
      this.#bytes -= bytes;
      resolve(result);
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      bytes += chunk.length;
      this.#bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) finish(TOO_LARGE);
      else if (this.#bytes > Bodies.MAX_BYTES && bytes > Bodies.SMALL_BYTES) finish({ status: 503, reason: "busy" });
    };
    const end = (): void => finish(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes));
    const abort = (): void => finish({ status: 400, reason: "aborted" });
    stream.on("data", take).on("end", end).on("error", abort).on("close", abort);
    return promise;
  }
}

const TOO_LARGE: Refusal = { status: 413, reason: "too_large" };

/** Long enough for an honest sender to read the answer before the connection goes. */
const LINGER_MS = 1_000;

/**
 * Ends the reading of a refused body. A short one is thrown away, and the connection lives on. Of a long or endless
 * one no more is read, because even bytes that are thrown away fill memory until they are collected.
 */
function stopReading(stream: IncomingMessage): void {
  if (stream.destroyed) return;
  if (Number(stream.headers["content-length"] ?? Number.POSITIVE_INFINITY) <= MAX_BODY_BYTES) {
    stream.resume();
    return;
  }
  // Node reads on and throws away what nobody listens for; a listener that takes nothing leaves it with the sender.
  stream.pause().on("readable", () => {});
  const timer = setTimeout(() => stream.socket.destroy(), LINGER_MS);
  stream.on("error", () => {}).on("close", () => clearTimeout(timer));
}

/**
 * Log lines about refused requests: at most one per reason and second, whatever is thrown at us, with the number of
 * those in between. Only sizes, closed words and a well-formed GUID; nothing that the sender wrote.
 */
class RefusalLog {
  static readonly PAUSE_MS = 1_000;
  readonly #options: Pick<IngestOptions, "clock" | "log">;
  readonly #seen = new Map<Refusal["reason"], { nextAtMs: number; suppressedCount: number }>();

  constructor(options: Pick<IngestOptions, "clock" | "log">) {
    this.#options = options;
  }

  note({ status, reason, error, bytes }: Refusal, request: FastifyRequest): void {
    const nowMs = Date.parse(this.#options.clock.now());
    const seen = this.#seen.get(reason) ?? { nextAtMs: nowMs, suppressedCount: 0 };
    this.#seen.set(reason, seen);
    if (nowMs < seen.nextAtMs) {
      seen.suppressedCount += 1;
      return;
    }
    const guid = request.headers["x-github-delivery"];
    const fields: LogFields = {
      request_id: request.id,
      guid: isDeliveryId(guid) ? guid : null,
      reason,
      status,
      bytes: bytes ?? null,
      suppressed_count: seen.suppressedCount,
    };
    seen.nextAtMs = nowMs + RefusalLog.PAUSE_MS;
    seen.suppressedCount = 0;
    if (error === undefined) this.#options.log.warn("delivery.refused", fields);
    else this.#options.log.error("http.failed", fields, error);
  }
}
