import { createTransport } from "nodemailer";
import type { Notice } from "../job/notice.ts";
import type { MailDestination } from "../notification/destination.ts";
import { isThisMachine } from "../notification/destinations-file.ts";
import type { Sent } from "../notification/messenger.ts";
import { mailOf } from "../notification/render/mail.ts";
import { noAnswer, type Outbound } from "./limits.ts";

/** Ports for submission, without and with TLS from the first byte (RFC 6409, RFC 8314). */
const PORTS = { "smtp:": 587, "smtps:": 465 } as const;

/** Hands one mail to a server; one connection. TLS is required, but towards this machine itself. */
export async function mail({ smtp, from, to }: MailDestination, notice: Notice, outbound: Outbound): Promise<Sent> {
  const { protocol, hostname, port, username, password } = new URL(smtp);
  const secure = protocol === "smtps:";
  const local = isThisMachine(hostname);
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || PORTS[secure ? "smtps:" : "smtp:"],
    secure,
    requireTLS: !local,
    ignoreTLS: local,
    ...(username !== "" && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      // Without it a server that does not offer it would get the mail all the same.
      forceAuth: true,
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: { name: "Sallyport", address: from },
      to,
      // Mail programs show two of one id once.
      messageId: `<${notice.id}@${from.slice(from.indexOf("@") + 1)}>`,
      date: new Date(outbound.clock.now()),
      headers: { "Auto-Submitted": "auto-generated" },
      ...mailOf(notice),
      signal: outbound.deadline(),
    });
    return { state: "sent" };
  } catch (error) {
    return meaningOf(error);
  }
}

/** Codes of 500 and more are the server's last word (RFC 5321); nodemailer's own are of what no later attempt mends. */
function meaningOf(error: unknown): Sent {
  const { responseCode, code } = error as { readonly responseCode?: unknown; readonly code?: unknown };
  if (typeof responseCode === "number") {
    const because = `answered ${responseCode}`;
    return responseCode >= 500 ? { state: "refused", because } : { state: "away", because, retryAt: null };
  }
  if (code === "EAUTH") return { state: "refused", because: "could not sign in" };
  return noAnswer(error);
}
