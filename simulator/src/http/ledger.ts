import type { Instant } from "../../../src/clock.ts";
import type { Caller } from "./credentials.ts";

/** GitHub's numbers (GITHUB.md §4). Primary limits are per hour, search per minute, the rest per minute. */
export const LIMITS = {
  core: 5_000,
  graphql: 5_000,
  search: 30,
  concurrent: 100,
  restPointsPerMinute: 900,
  graphqlPointsPerMinute: 2_000,
  contentPerMinute: 80,
} as const;

export type Limits = Readonly<Record<keyof typeof LIMITS, number>>;
export type Resource = "core" | "graphql" | "search";

/** One request that reached GitHub, for tests that count. */
export interface LedgerEntry {
  readonly at: Instant;
  readonly method: string;
  readonly operation: string;
  /** Null for requests of the App itself, of people and of nobody. */
  readonly installationId: number | null;
  readonly resource: Resource;
  readonly points: number;
  status: number;
}

export interface Charge {
  readonly caller: Caller;
  readonly resource: Resource;
  readonly method: string;
  readonly operation: string;
  readonly points: number;
  /** Creates something others can see. */
  readonly content: boolean;
}

export interface Refusal {
  readonly limit: "primary" | "secondary";
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Window {
  readonly limit: number;
  readonly used: number;
  readonly resetAt: Instant;
}

/** Counts what every caller spends, and refuses as GitHub does. */
export interface Ledger {
  readonly entries: LedgerEntry[];
  /** Writes the request down and charges it; a refusal is written down but not charged. Call `done` when it ended. */
  begin(charge: Charge, now: Instant): { readonly entry: LedgerEntry; readonly refusal: Refusal | null; done(): void };
  /** Gives the points back: answers 304 are free. */
  refund(charge: Charge): void;
  window(caller: Caller, resource: Resource, now: Instant): Window;
  /** Requests of installations since the start, or of one installation; tokens and OAuth do not count. */
  requestsOf(installationId?: number): readonly LedgerEntry[];
  clear(): void;
}

interface Spending {
  readonly atMs: number;
  readonly kind: "rest" | "graphql" | "content";
  readonly points: number;
}

interface Account {
  readonly spent: Map<Resource, { startMs: number; used: number }>;
  /** Of the last minute. */
  recent: readonly Spending[];
  inFlight: number;
}

export function createLedger(limits: Limits): Ledger {
  const entries: LedgerEntry[] = [];
  const accounts = new Map<string, Account>();
  const accountOf = (caller: Caller): Account => {
    const key = keyOf(caller);
    const account = accounts.get(key) ?? { spent: new Map(), recent: [], inFlight: 0 };
    accounts.set(key, account);
    return account;
  };
  return {
    entries,
    begin(charge, now) {
      const account = accountOf(charge.caller);
      const nowMs = Date.parse(now);
      const refusal = refusalOf(account, { charge, limits, nowMs });
      const { method, operation, resource, caller } = charge;
      const installationId = caller.kind === "installation" ? caller.installation.id : null;
      const points = refusal === null ? charge.points : 0;
      const entry: LedgerEntry = { at: now, method, operation, installationId, resource, points, status: 0 };
      entries.push(entry);
      if (refusal === null) spend(account, charge, nowMs);
      account.inFlight += 1;
      return {
        entry,
        refusal,
        done: () => {
          account.inFlight -= 1;
        },
      };
    },
    refund({ caller, resource, points }) {
      const spent = accountOf(caller).spent.get(resource);
      if (spent !== undefined) spent.used -= points;
    },
    window(caller, resource, now) {
      const { startMs, used } = current(accountOf(caller), resource, Date.parse(now));
      return { limit: limits[resource], used, resetAt: new Date(startMs + LENGTH_MS[resource]).toISOString() };
    },
    requestsOf: (installationId) =>
      entries.filter(({ installationId: by }) => by !== null && (installationId ?? by) === by),
    clear() {
      entries.length = 0;
    },
  };
}

const MINUTE_MS = 60_000;
const LENGTH_MS: Readonly<Record<Resource, number>> = {
  core: 60 * MINUTE_MS,
  graphql: 60 * MINUTE_MS,
  search: MINUTE_MS,
};

/** Limits belong to the installation or the person, not to the token. */
function keyOf(caller: Caller): string {
  if (caller.kind === "installation") return `installation/${caller.installation.id}`;
  if (caller.kind === "user" || caller.kind === "person") return `user/${caller.user.id}`;
  return caller.kind === "anonymous" ? "anonymous" : `app/${caller.app.id}`;
}

/** The running window; a new one begins when the old one is over. */
function current(account: Account, resource: Resource, nowMs: number): { startMs: number; used: number } {
  const found = account.spent.get(resource);
  if (found !== undefined && nowMs < found.startMs + LENGTH_MS[resource]) return found;
  const fresh = { startMs: nowMs, used: 0 };
  account.spent.set(resource, fresh);
  return fresh;
}

function refusalOf(
  account: Account,
  { charge, limits, nowMs }: { charge: Charge; limits: Limits; nowMs: number },
): Refusal | null {
  const { resource, points } = charge;
  const spent = current(account, resource, nowMs);
  if (spent.used + points > limits[resource]) return primary(charge);
  account.recent = account.recent.filter(({ atMs }) => atMs > nowMs - MINUTE_MS);
  const sum = (kind: "rest" | "graphql" | "content") =>
    account.recent.filter((entry) => entry.kind === kind).reduce((total, entry) => total + entry.points, 0);
  const kind = resource === "graphql" ? "graphql" : "rest";
  const most = kind === "graphql" ? limits.graphqlPointsPerMinute : limits.restPointsPerMinute;
  const tooMany = account.inFlight >= limits.concurrent;
  const tooFast = sum(kind) + weight(charge) > most;
  const tooMuch = charge.content && sum("content") >= limits.contentPerMinute;
  return tooMany || tooFast || tooMuch ? SECONDARY : null;
}

function spend(account: Account, charge: Charge, nowMs: number): void {
  current(account, charge.resource, nowMs).used += charge.points;
  const kind = charge.resource === "graphql" ? "graphql" : "rest";
  const content: readonly Spending[] = charge.content ? [{ atMs: nowMs, kind: "content", points: 1 }] : [];
  account.recent = [...account.recent, { atMs: nowMs, kind, points: weight(charge) }, ...content];
}

/** The secondary limit's own points: reading is 1, writing 5, by REST and by GraphQL alike. */
const weight = ({ method, resource }: Charge): number =>
  method === "GET" || (resource === "graphql" && method === "QUERY") ? 1 : 5;

function primary({ caller }: Charge): Refusal {
  const whose = caller.kind === "installation" ? ` for installation ID ${caller.installation.id}` : "";
  return { limit: "primary", status: 403, message: `API rate limit exceeded${whose}.`, headers: {} };
}

const SECONDARY: Refusal = {
  limit: "secondary",
  status: 429,
  message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
  headers: { "retry-after": "60" },
};

/** GitHub's account of a window, on every answer. */
export const limitHeaders = (
  { limit, used, resetAt }: Window,
  resource: Resource,
): Readonly<Record<string, string>> => ({
  "x-ratelimit-limit": String(limit),
  "x-ratelimit-remaining": String(Math.max(0, limit - used)),
  "x-ratelimit-used": String(used),
  "x-ratelimit-reset": String(Math.ceil(Date.parse(resetAt) / 1000)),
  "x-ratelimit-resource": resource,
});
