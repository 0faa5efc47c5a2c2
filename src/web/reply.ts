import type { FastifyReply, FastifyRequest } from "fastify";
import type { WebContext } from "./context.ts";
import { type Html, html } from "./html.ts";
import { layout, type Page } from "./layout.ts";

/** Sends a page as HTML. */
export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  return reply.code(status).type("text/html; charset=utf-8").send(layout(page));
}

/** A page that only says one thing; the same bytes for everybody. */
export function notice(message: { readonly title: string; readonly body: Html }): Page {
  return {
    title: message.title,
    viewer: null,
    body: html`<div class="notice"><h1>${message.title}</h1>${message.body}</div>`,
  };
}

/** How long a 404 takes: longer than GitHub is waited for, so that a refusal and a random address look alike. */
const NOT_FOUND_SLOT_MS = 2_000;

/**
 * The one 404 page: same bytes and same time slot for a page that does not exist, a page this person may not see,
 * and a page about himself. Never a 403: that would say that something is there.
 */
export async function notFound(
  context: WebContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const takenMs = Date.parse(context.clock.now()) - request.arrivedAt;
  const slots = Math.max(1, Math.ceil(takenMs / NOT_FOUND_SLOT_MS));
  await context.wait(Math.max(0, slots * NOT_FOUND_SLOT_MS - takenMs));
  return sendPage(reply, 404, NOT_FOUND);
}

declare module "fastify" {
  interface FastifyRequest {
    /** When the request came in, in milliseconds of the clock. */
    arrivedAt: number;
  }
}

const NOT_FOUND = notice({
  title: "Nothing to see here",
  body: html`<p>
      There is no such page, or it is not for the account you are signed in with, or GitHub could not be asked about your
      access just now. All three look the same on purpose.
    </p>
    <p>
      Do you maintain this repository? You need write access to it, and the page about your own pull request is for your
      colleagues. <a href="/">Your repositories</a> · <a href="/login">sign in as somebody else</a>.
    </p>
    <p>Did you contribute to it? <a href="/privacy">What is stored about you and how to ask about it</a>.</p>`,
});
