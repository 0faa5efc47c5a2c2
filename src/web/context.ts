import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { MachineFinding } from "../machine.ts";
import type { Messenger } from "../notification/messenger.ts";
import type { SignalMeta } from "../signals/signal.ts";
import type { Store } from "../store/store.ts";
import type { Authority } from "./guard/authorize.ts";
import type { Sessions } from "./guard/session.ts";
import type { ViewLimit } from "./guard/view-limit.ts";

/** What the pages work with; built once by `makeWebServer`. */
export interface WebContext {
  readonly store: Store;
  readonly authority: Authority;
  readonly sessions: Sessions;
  readonly viewLimit: ViewLimit;
  readonly clock: Clock;
  readonly log: Log;
  /** The catalogue, by signal id. */
  readonly signals: ReadonlyMap<string, SignalMeta>;
  /** Where people reach us, without a slash at the end. */
  readonly publicUrl: string;
  /** GitHub's pages, without a slash at the end: `https://github.com`, or a GitHub Enterprise Server. */
  readonly githubUrl: string;
  /** Whom contributors write to about what is stored; null when the operator gave no address. */
  readonly privacyContact: string | null;
  /** Who is told by message of an organisation, by the operator's names. */
  readonly destinationsOf: Messenger["destinationsOf"];
  /** Seals cookies, at least 32 bytes. */
  readonly sessionSecret: string;
  /** The machine and what stands in front of it. */
  readonly health: () => readonly MachineFinding[];
  /** Waits so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
}
