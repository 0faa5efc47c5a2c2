import { Buffer } from "node:buffer";
import { createHmac, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { connect } from "node:net";

export interface LoadSettings {
  readonly port: number;
  readonly secret: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface Load {
  readonly acksPerSecond: number;
  readonly failedCount: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Sends the real 21 KB `pull_request.opened` delivery over keep-alive connections, each with its own GUID, as fast as
 * they are answered, and prints a `Load` as JSON. Bare sockets: the machine's time should go to the server.
 */
const { port, secret, connections, seconds }: LoadSettings = JSON.parse(process.argv[2] ?? "{}");

const examples: readonly { name: string; examples: readonly { action?: string }[] }[] = createRequire(import.meta.url)(
  "@octokit/webhooks-examples",
);
const opened = examples.find(({ name }) => name === "pull_request")?.examples.find(({ action }) => action === "opened");
const body = Buffer.from(JSON.stringify({ ...opened, installation: { id: 1 } }));

const head = [
  "POST /api/github/webhooks HTTP/1.1",
  "Host: bench",
  "User-Agent: GitHub-Hookshot/bench",
  "Content-Type: application/json",
  `Content-Length: ${body.length}`,
  "X-GitHub-Event: pull_request",
  `X-Hub-Signature-256: sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  "X-GitHub-Delivery: ",
].join("\r\n");

const latencies: number[] = [];
let failedCount = 0;
const startedAt = performance.now();
const endsAt = startedAt + seconds * 1_000;

await Promise.all(Array.from({ length: connections }, send));

latencies.sort((a, b) => a - b);
const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
const load: Load = {
  acksPerSecond: latencies.length / ((performance.now() - startedAt) / 1_000),
  failedCount,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
};
process.stdout.write(JSON.stringify(load));

function send(): Promise<void> {
  const message = Buffer.concat([Buffer.from(`${head}${randomUUID()}\r\n\r\n`), body]);
  const socket = connect(port, "127.0.0.1");
  let sentAt = 0;
  let answer = "";
  const next = (): void => {
    message.write(randomUUID(), head.length, "latin1");
    sentAt = performance.now();
    socket.write(message);
  };
  return new Promise((resolve, reject) => {
    socket.setNoDelay(true);
    socket.on("connect", next).on("error", reject).on("close", resolve);
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      const bodyAt = answer.indexOf("\r\n\r\n") + 4;
      if (bodyAt < 4) return;
      if (answer.length < bodyAt + Number(/content-length: (\d+)/i.exec(answer)?.[1])) return;
      if (answer.startsWith("HTTP/1.1 202")) latencies.push(performance.now() - sentAt);
      else failedCount += 1;
      answer = "";
      if (performance.now() < endsAt) next();
      else socket.end();
    });
  });
}
