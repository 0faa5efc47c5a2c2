import type { FastifyReply, FastifyRequest } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Store } from "../store/store.ts";

/** Counts for operators: no login, no id, no band; every label is a closed set. */
export interface Metrics {
  /** The text of `/metrics`. */
  text(): Promise<string>;
  /** A Fastify `onResponse` hook. */
  requestAnswered(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** One run of a job ended; `kind` and `outcome` are the words of `job/`. */
  jobFinished(run: { readonly kind: string; readonly outcome: string; readonly durationMs: number }): void;
}

const SECONDS_PER_MS = 1 / 1_000;
/** From a page out of memory to a slow answer of GitHub, in seconds. */
const REQUEST_BUCKETS = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10];
const JOB_BUCKETS = [0.05, 0.2, 1, 5, 20, 60, 300];

/** Process figures, requests by route pattern, jobs by kind and outcome, and what waits in the store. */
export function makeMetrics(store: Store): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "sallyport_" });
  const requests = new Histogram({
    name: "sallyport_http_request_duration_seconds",
    help: "Answered requests by route pattern",
    labelNames: ["method", "route", "status"],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const jobs = new Histogram({
    name: "sallyport_job_duration_seconds",
    help: "Runs of jobs by kind",
    labelNames: ["kind"],
    buckets: JOB_BUCKETS,
    registers,
  });
  const outcomes = new Counter({
    name: "sallyport_jobs_total",
    help: "Runs of jobs by kind and outcome",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const waiting = new Gauge({
    name: "sallyport_store_rows",
    help: "Deliveries and jobs by state",
    labelNames: ["what", "state"],
    registers,
    async collect() {
      const [inbox, queue] = await Promise.all([store.inbox.counts(), store.queue.counts()]);
      for (const [state, count] of Object.entries(inbox)) this.set({ what: "delivery", state }, count);
      for (const [state, count] of Object.entries(queue)) this.set({ what: "job", state }, count);
    },
  });
  waiting.reset();
  gaugeLosses(store, registers);
  return {
    text: () => registry.metrics(),
    async requestAnswered(request, reply) {
      const route = request.routeOptions.url ?? "none";
      const status = `${Math.floor(reply.statusCode / 100)}xx`;
      requests.observe({ method: methodOf(request), route, status }, reply.elapsedTime * SECONDS_PER_MS);
    },
    jobFinished({ kind, outcome, durationMs }) {
      jobs.observe({ kind }, durationMs * SECONDS_PER_MS);
      outcomes.inc({ kind, outcome });
    },
  };
}

/** What holds work up, what was given up, and how far deliveries are behind. */
function gaugeLosses(store: Store, registers: Registry[]): void {
  new Gauge({
    name: "sallyport_set_aside",
    help: "Jobs and deliveries that were given up, or are tried alone after crashes, by kind",
    labelNames: ["what", "kind", "state"],
    registers,
    async collect() {
      this.reset();
      for (const { what, kind, state } of await store.setAside(null)) this.inc({ what, kind, state });
    },
  });
  new Gauge({
    name: "sallyport_circuits_open",
    help: "Circuits that hold jobs because GitHub does not answer, for everybody or for installations",
    labelNames: ["scope"],
    registers,
    async collect() {
      const open = await store.circuits();
      const everybody = open.filter(({ installationId }) => installationId === null).length;
      this.set({ scope: "github" }, everybody);
      this.set({ scope: "installation" }, open.length - everybody);
    },
  });
  new Gauge({
    name: "sallyport_newest_delivery_timestamp_seconds",
    help: "When the newest delivery was received, and when the newest in GitHub's log was made",
    labelNames: ["side"],
    registers,
    async collect() {
      const { receivedAt, madeAt } = await store.deliveryProgress();
      if (receivedAt !== null) this.set({ side: "received" }, Date.parse(receivedAt) * SECONDS_PER_MS);
      if (madeAt !== null) this.set({ side: "made" }, Date.parse(madeAt) * SECONDS_PER_MS);
    },
  });
}

/** Methods are sent by anybody: unknown ones share a label. */
const methodOf = ({ method }: FastifyRequest): string => (["GET", "HEAD", "POST"].includes(method) ? method : "other");
