import { pino } from "pino";
import { Probot, ProbotOctokit } from "probot";
import { CALL_LIMITS, type CallLimits, fetchWithin } from "./fetch.ts";
import type { GitHubClock } from "./github-clock.ts";

/** What the App needs to speak to GitHub. */
export interface AppCredentials {
  readonly appId: number;
  /** PEM, as GitHub handed it out. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Address of the REST API, for example `https://api.github.com` or `https://HOST/api/v3`. */
  readonly apiUrl: string;
}

/**
 * The Probot app whose clients the gateway uses. Its plugins for throttling and retrying are off: they wait in memory,
 * up to an hour, and send a check run again after a 502 that GitHub may have carried out. Here a limit is an answer
 * (`rate_limited`) and the durable queue does the waiting. Its log is silent, because it prints addresses and bodies.
 */
export function makeProbot(
  credentials: AppCredentials,
  { limits = CALL_LIMITS, githubClock }: { readonly limits?: CallLimits; readonly githubClock?: GitHubClock } = {},
): Probot {
  const fetch = fetchWithin(limits);
  return new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecret,
    baseUrl: credentials.apiUrl,
    log: pino({ level: "silent" }),
    request: { fetch: githubClock ? heardBy(githubClock, fetch) : fetch },
    Octokit: PlainOctokit,
  });
}

/** A client with somebody's own token. As silent as the App's, and as little inclined to wait. */
export const tokenClient = (token: string, apiUrl: string, limits: CallLimits = CALL_LIMITS): ProbotOctokit =>
  new PlainOctokit({
    auth: { token },
    baseUrl: apiUrl,
    log: pino({ level: "silent" }),
    request: { fetch: fetchWithin(limits) },
  });

const heardBy =
  (githubClock: GitHubClock, fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (...call) => {
    const answer = await fetch(...call);
    githubClock.hear(answer.headers);
    return answer;
  };

const PlainOctokit = ProbotOctokit.defaults((options: ClientOptions) => ({
  ...options,
  ...(options.auth?.request && options.baseUrl ? { auth: authAt(options.baseUrl, options.auth) } : {}),
  throttle: { enabled: false },
  retry: { enabled: false },
}));

interface ClientOptions {
  readonly baseUrl?: string;
  readonly auth?: { readonly request?: Requester };
}

interface Requester {
  defaults(options: { readonly baseUrl: string }): Requester;
}

/** Probot gives its token requests no address of their own: on another server a renewed token would be asked of github.com. */
const authAt = (baseUrl: string, auth: { readonly request?: Requester }) => ({
  ...auth,
  request: auth.request?.defaults({ baseUrl }),
});
