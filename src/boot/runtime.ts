import { randomBytes } from "node:crypto";
import { type Clock, systemClock } from "../clock.ts";
import { type Log, makeLog } from "../log.ts";
import type { Random } from "../random.ts";
import type { Store } from "../store/store.ts";

/** The world outside, as it is; tests and the demo give their own. */
export interface Runtime {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Only for tests: an open store instead of the configured one. */
  readonly store?: Store;
  /** Only for tests: how a page waits, instead of by the machine's clock. */
  readonly wait?: (ms: number) => Promise<void>;
  /** Only for tests: when an attempt to tell somebody ends, instead of after ten seconds. */
  readonly deadline?: () => AbortSignal;
}

export const realRuntime = (logLevel: string): Runtime => ({
  clock: systemClock,
  random: { bytes: (count) => randomBytes(count) },
  log: makeLog(logLevel),
});
