import type { Clock, Instant } from "../../../clock.ts";

/** The part of an hour's requests, and of its points, that a reading leaves to whoever waits for an answer. */
const SPARED = 0.3;
/** Search has a limit of its own, of a minute: it says nothing of the hour. */
const HOURLY: ReadonlySet<string> = new Set(["core", "graphql"]);
/** GitHub's windows are an hour; what says more is a mistake. */
const MAX_WAIT_MS = 3_900_000;

type Headers = Readonly<Record<string, string | number | undefined>>;

/** What is left of an installation's quota, by the newest answers. */
export interface Quota {
  /** Takes note of an answer that came just now. A server that has no limits sends no such headers. */
  hear(headers: Headers): void;
  /** When more than `SPARED` of everything is there again; null while it is. */
  lowUntil(now: Instant): Instant | null;
}

export function makeQuota(clock: Clock): Quota {
  const low = new Map<string, Instant>();
  return {
    hear(headers) {
      const resource = String(headers["x-ratelimit-resource"]);
      const [left, limit] = [numberOf(headers["x-ratelimit-remaining"]), numberOf(headers["x-ratelimit-limit"])];
      const resetMs = 1_000 * numberOf(headers["x-ratelimit-reset"]);
      if (!HOURLY.has(resource) || [left, limit, resetMs].some(Number.isNaN)) return;
      low.delete(resource);
      if (left >= limit * SPARED) return;
      // By GitHub's clock: between it and ours there may be minutes.
      const ourMs = Date.parse(clock.now());
      const waitMs = resetMs - (Date.parse(String(headers.date)) || ourMs);
      low.set(resource, new Date(ourMs + Math.min(MAX_WAIT_MS, Math.max(1_000, waitMs))).toISOString());
    },
    lowUntil: (now) =>
      [...low.values()]
        .filter((until) => until > now)
        .sort()
        .at(-1) ?? null,
  };
}

const numberOf = (value: string | number | undefined): number => (value === undefined ? Number.NaN : Number(value));
