import type { Instant } from "../clock.ts";
import type { InstallationId } from "../ids.ts";
import type { TrimmedEvent } from "./events.ts";

/** What GitHub told us: one webhook delivery, verified, validated and trimmed to the fields we use. */
export interface Delivery {
  /** `X-GitHub-Delivery`: the same GUID on redelivery, but the header is not signed. */
  readonly guid: string;
  readonly installationId: InstallationId | null;
  readonly receivedAt: Instant;
  readonly event: TrimmedEvent;
}
