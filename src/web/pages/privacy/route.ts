import type { FastifyInstance } from "fastify";
import { RETENTION_LIMITS } from "../../../policy/keys.ts";
import { DEFAULT_POLICY } from "../../../policy/policy.ts";
import type { WebContext } from "../../context.ts";
import { sendPage } from "../../reply.ts";
import { privacyPage } from "./view.ts";

/** What is stored and how to ask: open to everybody, because everybody may be asked about. */
export function privacyRoutes(app: FastifyInstance, context: WebContext): void {
  const page = privacyPage({
    contact: context.privacyContact,
    retention: DEFAULT_POLICY.retention,
    longest: RETENTION_LIMITS,
  });
  app.get("/privacy", { config: { open: true } }, (_request, reply) => sendPage(reply, 200, page));
}
