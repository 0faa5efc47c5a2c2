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

/** What makes a delivery itself: one GUID told to two installations is two deliveries. */
export const identityOf = ({ guid, installationId }: Pick<Delivery, "guid" | "installationId">): string =>
  installationId === null ? guid : `${guid}@${installationId}`;

/** A delivery of an event; the tenant is the installation that the signed body names, null when it names none. */
export function deliveryOf(event: TrimmedEvent, guid: string, receivedAt: Instant): Delivery {
  const installation = "installation" in event.payload ? event.payload.installation : undefined;
  return { guid, installationId: installation?.id ?? null, receivedAt, event };
}
