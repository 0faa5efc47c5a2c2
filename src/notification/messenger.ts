import type { Instant } from "../clock.ts";
import type { Notice, NoticeKind } from "../job/notice.ts";
import type { Organization } from "./destination.ts";

/** How a message leaves. */
export interface Messenger {
  /** The names of the places where messages of one kind about an organisation go, in the order of the file. */
  destinationsOf(organization: Organization, about: NoticeKind): readonly string[];
  /** Sends to the place of that name; at most ten seconds, never rejects for what the other side does. */
  send(destination: string, notice: Notice): Promise<Sent>;
}

/** How an attempt ended; `because` is for people and quotes neither address nor secret. */
export type Sent =
  | { readonly state: "sent" }
  /** Nobody answered, or not now: it is tried again, not before `retryAt` when the other side named a time. */
  | { readonly state: "away"; readonly because: string; readonly retryAt: Instant | null }
  /** The other side will not have it, and will not later either: somebody has to mend the set-up. */
  | { readonly state: "refused"; readonly because: string };
