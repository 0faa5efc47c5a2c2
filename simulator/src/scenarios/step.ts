import type { Instant } from "../../../src/clock.ts";
import type { Webhook } from "../payload/common.ts";
import type { Simulator } from "../server.ts";
import type { PullRequest, Repository } from "../world/world.ts";
import type { Delivery } from "../world/world-apps.ts";

/** One thing that happens. Steps are played in order, each once. */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** What somebody on GitHub would see of it. */
  readonly tells: string;
  /** Changes the world and sends what GitHub would send. */
  play(simulator: Simulator, now: Instant): Promise<Played>;
}

/** What a step left behind, for links and for tests. */
export interface Played {
  readonly repository: Repository | null;
  readonly pullRequest: PullRequest | null;
  readonly accountId: number | null;
  /** Null when nothing was sent. */
  readonly delivery: Delivery | null;
  /** What GitHub told of half a minute ago: the app waits as long before it looks at a push. */
  readonly toldOf?: readonly Webhook[];
}

/** A step that left nothing behind. */
export const NOTHING: Played = { repository: null, pullRequest: null, accountId: null, delivery: null };
