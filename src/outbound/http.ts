import { createHmac } from "node:crypto";
import type { Instant } from "../clock.ts";
import type { Sent } from "../notification/messenger.ts";
import { noAnswer, type Outbound } from "./limits.ts";

/** What is posted where. */
export interface Posting {
  readonly url: string;
  /** JSON text. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts JSON; 1 request. No redirect is followed, so that nobody but the operator chooses the address. */
export async function post({ url, body, headers = {} }: Posting, { deadline, clock }: Outbound): Promise<Sent> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/json", "user-agent": "sallyport", ...headers },
      body,
      signal: deadline(),
    });
    // What it says besides may be endless, and nothing depends on it: not even that it can be left unread.
    await answer.body?.cancel().catch(() => {});
    return meaningOf(answer, clock.now());
  } catch (error) {
    return noAnswer(error);
  }
}

/** Statuses that ask for patience; all others below 500 say that the set-up is wrong. */
const PATIENCE: ReadonlySet<number> = new Set([408, 425, 429]);

function meaningOf({ ok, status, headers }: Response, now: Instant): Sent {
  if (ok) return { state: "sent" };
  const because = `answered ${status}`;
  if (status >= 500 || PATIENCE.has(status))
    return { state: "away", because, retryAt: retryAt(headers.get("retry-after"), now) };
  return { state: "refused", because: status < 400 ? `${because}, a redirect, which is not followed` : because };
}

/** Nobody may make a message wait longer. */
const MOST_SECONDS = 3_600;

/** `Retry-After` is seconds or a date. */
function retryAt(text: string | null, now: Instant): Instant | null {
  if (text === null) return null;
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - Date.parse(now)) / 1_000;
  if (!(seconds > 0)) return null;
  return new Date(Date.parse(now) + Math.min(MOST_SECONDS, seconds) * 1_000).toISOString();
}

/**
 * The headers of Standard Webhooks: the id stays the same however often it is sent, the time is that of this attempt,
 * and each secret gives a signature over id, time and body.
 */
export function signatureHeaders(
  { id, body, now }: { readonly id: string; readonly body: string; readonly now: Instant },
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const seconds = Math.floor(Date.parse(now) / 1_000);
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET_PREFIX.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": signatures.join(" ") };
}

const SECRET_PREFIX = "whsec_";
