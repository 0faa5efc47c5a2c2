import { Buffer } from "node:buffer";
import { type ChildProcess, execFile, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Load, LoadSettings } from "./ingest-load.ts";
import type { IngestServerSettings, Measured, Question } from "./ingest-server.ts";

export interface IngestBenchOptions {
  readonly store: "embedded" | "postgres";
  /** The server to use for `postgres`; its tables are created when missing. */
  readonly databaseUrl?: string;
  /** Plan while taking in, as `serve` does. Off: `web` alone. */
  readonly planning?: boolean;
  readonly seconds?: number;
}

export interface IngestBench {
  /** Durable acknowledged deliveries per second ÷ those of a server that only verifies and parses. Median of 3. */
  readonly ratio: number;
  readonly acksPerSecond: number;
  readonly barePerSecond: number;
  readonly failedCount: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Event-loop delay of the server under that load. */
  readonly loopP99Ms: number;
  /** Log bytes ÷ request bytes of genuine deliveries. */
  readonly logShare: number;
  /** Rise of resident memory under 16 parallel unsigned bodies of 25 MB, the worst of the ways to send them. */
  readonly floodRssRiseMiB: number;
  readonly floodLogShare: number;
}

const CONNECTIONS = 32;
const ROUNDS = 3;
const BODY_BYTES = 21_390;
const secret = randomBytes(32).toString("hex");

/** Measures taking deliveries in, against the floor on the same machine in the same minute. About a minute. */
export async function benchIngest(options: IngestBenchOptions): Promise<IngestBench> {
  const { store, databaseUrl, planning = false, seconds = 4 } = options;
  if (store === "postgres" && !databaseUrl) throw new Error("bench ingest: postgres needs a databaseUrl");
  const directory = await mkdtemp(join(tmpdir(), "sallyport-bench-"));
  const settings: IngestServerSettings = {
    databaseUrl: store === "postgres" ? (databaseUrl ?? null) : null,
    dataDir: join(directory, "data"),
    logFile: join(directory, "log"),
    secret,
    planning,
  };
  const bare = await startServer("bare-server.ts", secret);
  const own = await startServer("ingest-server.ts", JSON.stringify(settings));
  try {
    for (const { port } of [bare, own]) await load(port, 2);
    const rounds: { readonly bare: Load; readonly own: Load; readonly measured: Measured }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const floor = await load(bare.port, seconds);
      await ask(own.child, "start");
      rounds.push({ bare: floor, own: await load(own.port, seconds), measured: await ask(own.child, "read") });
    }
    const flood = await measureFlood(own.child, own.port);
    const acks = rounds.map((round) => round.own.acksPerSecond);
    return {
      ratio: median(rounds.map((round) => round.own.acksPerSecond / round.bare.acksPerSecond)),
      acksPerSecond: median(acks),
      barePerSecond: median(rounds.map((round) => round.bare.acksPerSecond)),
      failedCount: rounds.reduce((sum, round) => sum + round.own.failedCount, 0),
      p50Ms: median(rounds.map((round) => round.own.p50Ms)),
      p99Ms: median(rounds.map((round) => round.own.p99Ms)),
      loopP99Ms: Math.max(...rounds.map((round) => round.measured.loopP99Ms)),
      logShare: median(rounds.map((r) => r.measured.logBytes / (r.own.acksPerSecond * seconds * BODY_BYTES))),
      ...flood,
    };
  } finally {
    for (const { child } of [bare, own]) child.disconnect();
    await Promise.all([bare, own].map(({ child }) => child.exitCode === null && once(child, "exit")));
    await rm(directory, { recursive: true });
  }
}

const file = (name: string): string => join(import.meta.dirname, name);

async function startServer(name: string, argument: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(file(name), [argument], { execArgv: ["--disable-warning=ExperimentalWarning"] });
  const failed = once(child, "exit").then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`)));
  failed.catch(() => {});
  const [{ port }] = await Promise.race([once(child, "message"), failed]);
  return { child, port };
}

async function load(port: number, seconds: number): Promise<Load> {
  const settings: LoadSettings = { port, secret, connections: CONNECTIONS, seconds };
  const { stdout } = await promisify(execFile)(process.execPath, [file("ingest-load.ts"), JSON.stringify(settings)]);
  return JSON.parse(stdout);
}

async function ask(child: ChildProcess, question: Question): Promise<Measured> {
  const answered = once(child, "message");
  child.send(question);
  const [measured] = await answered;
  return measured;
}

const FLOOD_BYTES = 25 * 1024 * 1024;
const FLOOD_CONNECTIONS = 16;
const FORGED = `X-Hub-Signature-256: sha256=${"0".repeat(64)}\r\n`;

/** Unsigned and forged, with a content length and without one. */
async function measureFlood(
  child: ChildProcess,
  port: number,
): Promise<Pick<IngestBench, "floodRssRiseMiB" | "floodLogShare">> {
  let rise = 0;
  let logBytes = 0;
  let sentBytes = 0;
  for (const signature of ["", FORGED]) {
    for (const framing of [`Content-Length: ${FLOOD_BYTES}`, "Transfer-Encoding: chunked"]) {
      const before = await ask(child, "start with memory");
      const sent = await Promise.all(Array.from({ length: FLOOD_CONNECTIONS }, () => flood(port, signature, framing)));
      const after = await ask(child, "read");
      rise = Math.max(rise, after.rssPeakBytes - before.rssBytes);
      logBytes += after.logBytes;
      sentBytes += sent.reduce((sum, bytes) => sum + bytes, 0);
    }
  }
  return { floodRssRiseMiB: rise / 2 ** 20, floodLogShare: logBytes / sentBytes };
}

/** Sends one body of 25 MB until it is sent or cut off; resolves to the bytes the server's side took. */
function flood(port: number, signature: string, framing: string): Promise<number> {
  const piece = Buffer.alloc(64 * 1024, 0x20);
  const chunked = framing.startsWith("Transfer");
  const head = `POST /api/github/webhooks HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n${signature}${framing}\r\n\r\n`;
  const socket = connect(port, "127.0.0.1");
  let left = FLOOD_BYTES;
  const pump = (): void => {
    while (left > 0) {
      left -= piece.length;
      if (!socket.write(chunked ? Buffer.concat([Buffer.from("10000\r\n"), piece, Buffer.from("\r\n")]) : piece))
        return;
    }
    socket.end(chunked ? "0\r\n\r\n" : "");
  };
  socket.write(head);
  return new Promise((resolve) => {
    socket.on("connect", pump).on("drain", pump).resume();
    socket.on("error", () => {}).on("close", () => resolve(socket.bytesWritten));
  });
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
