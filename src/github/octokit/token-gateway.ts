import type { Clock } from "../../clock.ts";
import type { Log } from "../../log.ts";
import type { LookingGateway } from "../gateway.ts";
import { readingGateway } from "./installation-gateway.ts";
import { tokenClient } from "./transport/client.ts";

/** GitHub as somebody sees it by a token of his own; what that token does not open is missing, and said to be. */
export function makeTokenGateway(options: {
  readonly token: string;
  /** Address of the REST API. */
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Log;
}): LookingGateway {
  const { token, apiUrl, clock, log } = options;
  const octokit = tokenClient(token, apiUrl);
  const session = { octokit, asker: "token", clock, log, usage: { requests: 0, points: 0 } } as const;
  return readingGateway(session, new Map());
}
