import type { AccountId } from "../ids.ts";
import type { NoticeKind } from "../job/notice.ts";

/** Where messages go, as the operator wrote it. Secrets are in here: never log it. */
export type Destination = SlackDestination | WebhookDestination | MailDestination;

interface Common {
  /** What jobs, logs and people call it. */
  readonly name: string;
  /** Whose messages: an organisation's login, the id of its account, which no rename changes, or `*` for all. */
  readonly organization: string | number;
  /** Whether the weekly audit is sent there when something changed or is open. */
  readonly weekly: "changed" | "never";
  /** Whether it is told at once of flags that should not wait. */
  readonly at_once: "critical" | "never";
  /** Whether it is told of decisions on their last day. */
  readonly deadlines: "due" | "never";
}

/** An incoming webhook of Slack, or of what understands the same. */
export interface SlackDestination extends Common {
  readonly kind: "slack";
  readonly url: string;
}

/** A server that checks signatures as Standard Webhooks describes them. */
export interface WebhookDestination extends Common {
  readonly kind: "webhook";
  readonly url: string;
  readonly secret: string;
  /** Signs as well while a rotation is under way. */
  readonly secret_previous?: string | undefined;
}

export interface MailDestination extends Common {
  readonly kind: "email";
  /** `smtp://` with STARTTLS or `smtps://`, with user and password where the server wants them. */
  readonly smtp: string;
  readonly from: string;
  readonly to: string;
}

export interface Organization {
  readonly id: AccountId;
  readonly login: string;
}

/** Whether messages of one kind about an organisation go there. A test goes wherever something of it may. */
export function receives(destination: Destination, { id, login }: Organization, about: NoticeKind): boolean {
  const { organization, weekly, at_once, deadlines } = destination;
  const meant =
    organization === "*" ||
    (typeof organization === "number" ? organization === id : organization.toLowerCase() === login.toLowerCase());
  if (!meant) return false;
  switch (about) {
    case "weekly":
      return weekly !== "never";
    case "urgent":
      return at_once !== "never";
    case "due":
      return deadlines !== "never";
    case "test":
      return true;
  }
}
