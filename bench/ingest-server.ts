import { generateKeyPairSync } from "node:crypto";
import { createWriteStream } from "node:fs";
import type { AddressInfo } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import Fastify from "fastify";
import { pino } from "pino";
import { Probot } from "probot";
import { makeDispatch } from "../src/app.ts";
import { systemClock } from "../src/clock.ts";
import { makeLog } from "../src/log.ts";
import { openStore } from "../src/store/postgres/open.ts";
import { INGEST_SERVER_OPTIONS, ingestRoutes } from "../src/web/ingest.ts";

/** What the parent asks for: start measuring, or tell what was measured since. */
export type Question = "start" | "start with memory" | "read";

export interface IngestServerSettings {
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly logFile: string;
  readonly secret: string;
  /** Plan the deliveries meanwhile, in this process, as `serve` does; otherwise only take them in, as `web` does. */
  readonly planning: boolean;
}

export interface Measured {
  readonly loopP99Ms: number;
  readonly rssBytes: number;
  readonly rssPeakBytes: number;
  readonly logBytes: number;
}

const settings: IngestServerSettings = JSON.parse(process.argv[2] ?? "{}");

let logBytes = 0;
const file = createWriteStream(settings.logFile);
const log = makeLog("info", {
  write(line) {
    logBytes += line.length;
    file.write(line);
  },
});

const store = await openStore({ ...settings, clock: systemClock, log });
if (settings.planning) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const options = { appId: 1, privateKey: pem, secret: settings.secret, log: pino({ level: "silent" }) };
  const probot = await new Probot(options).ready();
  await store.inbox.work(await makeDispatch(probot, { appId: 1 }));
}
const server = Fastify({ ...INGEST_SERVER_OPTIONS });
await server.register(ingestRoutes({ inbox: store.inbox, secrets: [settings.secret], clock: systemClock, log }));
await server.listen({ host: "127.0.0.1", port: 0 });

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let rssPeakBytes = 0;
const watchMemory = (): void => {
  rssPeakBytes = Math.max(rssPeakBytes, process.memoryUsage.rss());
};
let memoryWatch: NodeJS.Timeout | undefined;

process.on("message", (question: Question) => {
  const rssBytes = process.memoryUsage.rss();
  clearInterval(memoryWatch);
  if (question !== "read") {
    // Reading it costs a system call each time, so only where it is what is measured.
    if (question === "start with memory") memoryWatch = setInterval(watchMemory, 5);
    delay.reset();
    rssPeakBytes = rssBytes;
    logBytes = 0;
  }
  process.send?.({ loopP99Ms: delay.percentile(99) / 1e6, rssBytes, rssPeakBytes, logBytes } satisfies Measured);
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port: (server.server.address() as AddressInfo).port });
