import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../src/clock.ts";
import type { Random } from "../../src/random.ts";
import { createGitHost } from "./git/git-host.ts";
import { loadSchema } from "./graphql/execute.ts";
import { loadContract } from "./http/contract.ts";
import { type Credentials, createCredentials } from "./http/credentials.ts";
import { createFaults, type Fault, type Faults } from "./http/faults.ts";
import { createLedger, type Ledger, LIMITS, type Limits } from "./http/ledger.ts";
import { restRoutes } from "./http/rest.ts";
import { assertNone, type Violation } from "./http/violations.ts";
import type { Stage, Webhook } from "./payload/common.ts";
import { manifestRoutes } from "./routes/manifest.ts";
import { oauthRoutes } from "./routes/oauth.ts";
import type { Sighting } from "./sightings.ts";
import type { Incoming, Simulation, SimulatorResponse } from "./simulation.ts";
import { answer } from "./switchboard.ts";
import { createPostman } from "./webhooks.ts";
import type { World } from "./world/world.ts";
import type { Delivery } from "./world/world-apps.ts";

/** A local GitHub: a world behind GitHub's API, laid out as an Enterprise Server. */
export interface Simulator {
  readonly world: World;
  readonly ledger: Ledger;
  /** What others saw of the App, oldest first. */
  readonly sightings: readonly Sighting[];
  readonly faults: Faults;
  readonly credentials: Credentials;
  readonly violations: readonly Violation[];
  /** Origin such as `http://127.0.0.1:4401`; throws before `listen`. */
  readonly url: string;
  /** For the payload builders in `payload/`. */
  readonly stage: Stage;
  /** Listens on 127.0.0.1; port 0 takes a free one. Returns the origin. */
  listen(port?: number): Promise<string>;
  /** Closes the server and every open connection, and removes the repositories git served from. */
  stop(): Promise<void>;
  /** Sends a webhook once; null when the App is not subscribed, has no hook URL or is suspended. */
  deliver(webhook: Webhook): Promise<Delivery | null>;
  redeliver(deliveryId: number): Promise<Delivery>;
  /** Throws when an answer, a payload or a request left GitHub's contract. Call it after every test. */
  expectNoViolations(): void;
}

export interface SimulatorOptions {
  readonly world: World;
  readonly clock: Clock;
  readonly random: Random;
  /** Overrides of GitHub's limits. */
  readonly limits?: Partial<Limits>;
  /** Where git's repositories are made; the system's temporary folder when left out. */
  readonly folder?: string;
}

export function createSimulator({ world, clock, random, limits, folder }: SimulatorOptions): Simulator {
  const hex = (byteCount: number) => Buffer.from(random.bytes(byteCount)).toString("hex");
  const violations: Violation[] = [];
  const contract = loadContract();
  const credentials = createCredentials(world, hex);
  const ledger = createLedger({ ...LIMITS, ...limits });
  const faults = createFaults();
  const postman = createPostman({ world, clock, random: hex, contract, violations });
  const manifest = manifestRoutes();
  const git = createGitHost(folder);
  const sightings: Sighting[] = [];
  const urls = { api: "", html: "" };
  const simulation: Simulation = {
    world,
    clock,
    random: hex,
    urls,
    contract,
    routes: restRoutes(credentials, manifest.conversions),
    violations,
    credentials,
    ledger,
    sightings,
    faults,
    schema: loadSchema(),
    oauth: oauthRoutes(credentials),
    manifest,
    git,
  };
  const underWay = new Set<Promise<unknown>>();
  const server = createServer((request, response) => {
    const work = exchange(simulation, request, response).then(async ({ deliver, redeliver }) => {
      if (deliver !== undefined) await postman.deliver(deliver);
      if (redeliver !== undefined) await postman.redeliver(redeliver);
    });
    track(
      underWay,
      work.catch((error: unknown) => response.destroy(asError(error))),
    );
  });
  return {
    world,
    ledger,
    sightings,
    faults,
    credentials,
    violations,
    stage: { world, urls },
    get url() {
      if (urls.html === "") throw new Error("simulator/server: the simulator does not listen yet; call listen() first");
      return urls.html;
    },
    listen: (port = 0) => listen(server, port, urls),
    async stop() {
      await close(server);
      await Promise.all(underWay);
      await git.remove();
    },
    deliver: postman.deliver,
    redeliver: postman.redeliver,
    expectNoViolations: () => assertNone(violations),
  };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function track(open: Set<Promise<unknown>>, work: Promise<unknown>): void {
  open.add(work);
  void work.finally(() => open.delete(work));
}

function listen(server: Server, port: number, urls: { api: string; html: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address() as AddressInfo; // a TCP server's address is never a string
      urls.html = `http://127.0.0.1:${address.port}`;
      urls.api = `${urls.html}/api/v3`;
      resolve(urls.html);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** GitHub reads at most this much of a request body. */
const MOST_BODY_BYTES = 10 * 1024 * 1024;

/** One request in, one answer out; faults of the line (delay, reset) happen here. */
async function exchange(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<SimulatorResponse["after"]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BODY_BYTES) {
      response.writeHead(413).end();
      return {};
    }
    chunks.push(chunk);
  }
  const raw = Buffer.concat(chunks);
  const incoming: Incoming = {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", simulation.urls.html),
    headers: request.headers,
    body: raw.toString(),
    raw,
  };
  const { status, headers, body, faults, after } = await answer(simulation, incoming);
  for (const fault of faults) if (fault.kind === "delay") await sleep(fault.ms);
  if (faults.some(isReset)) {
    request.socket.destroy();
    return after;
  }
  response.writeHead(status, { ...headers, date: new Date(simulation.clock.now()).toUTCString() }).end(body);
  return after;
}

const isReset = ({ kind }: Fault): boolean => kind === "reset";
