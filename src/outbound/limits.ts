import type { Clock } from "../clock.ts";
import type { Sent } from "../notification/messenger.ts";

/** What every attempt is given. */
export interface Outbound {
  readonly clock: Clock;
  /** Aborts when an attempt has lasted long enough. */
  readonly deadline: () => AbortSignal;
}

const ATTEMPT_MS = 10_000;

export const tenSeconds = (): AbortSignal => AbortSignal.timeout(ATTEMPT_MS);

const CUT_SHORT: ReadonlySet<string> = new Set(["TimeoutError", "AbortError"]);

/** An attempt without an answer. Of the error the code alone is said: its text may name the address. */
export function noAnswer(error: unknown): Sent {
  const named = error instanceof Error ? error : new Error("unknown");
  const code = codeOf(named) ?? codeOf(named.cause);
  const unconnected = code === null ? "no connection" : `no connection (${code})`;
  const because = CUT_SHORT.has(named.name) ? `no answer within ${ATTEMPT_MS / 1_000} s` : unconnected;
  return { state: "away", because, retryAt: null };
}

function codeOf(error: unknown): string | null {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return typeof code === "string" && /^[A-Z\d_]{1,60}$/.test(code) ? code : null;
}
