import type { IncomingHttpHeaders } from "node:http";
import type { GraphQLSchema } from "graphql";
import type { Clock } from "../../src/clock.ts";
import type { GitHost } from "./git/git-host.ts";
import type { Contract } from "./http/contract.ts";
import type { Credentials, RandomHex } from "./http/credentials.ts";
import type { Fault, Faults } from "./http/faults.ts";
import type { Ledger } from "./http/ledger.ts";
import type { Handler, Urls } from "./http/request.ts";
import type { Violation } from "./http/violations.ts";
import type { Webhook } from "./payload/common.ts";
import type { manifestRoutes } from "./routes/manifest.ts";
import type { oauthRoutes } from "./routes/oauth.ts";
import type { Sighting } from "./sightings.ts";
import type { World } from "./world/world.ts";

/** Everything a request can need. */
export interface Simulation {
  readonly world: World;
  readonly clock: Clock;
  readonly random: RandomHex;
  readonly urls: Urls;
  readonly contract: Contract;
  readonly routes: Readonly<Record<string, Handler>>;
  readonly violations: Violation[];
  readonly credentials: Credentials;
  readonly ledger: Ledger;
  /** What others saw, oldest first. */
  readonly sightings: Sighting[];
  readonly faults: Faults;
  readonly schema: GraphQLSchema;
  readonly oauth: ReturnType<typeof oauthRoutes>;
  readonly manifest: ReturnType<typeof manifestRoutes>;
  readonly git: GitHost;
}

export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as it came; git's is not text. */
  readonly raw: Buffer;
}

export interface SimulatorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Faults of the line, for the transport. */
  readonly faults: readonly Fault[];
  readonly after: { readonly deliver?: Webhook; readonly redeliver?: number };
}
