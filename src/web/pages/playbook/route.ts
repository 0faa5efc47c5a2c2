import type { FastifyInstance } from "fastify";
import { sendPage } from "../../reply.ts";
import { playbookPage } from "./view.ts";

/** What to do with a flag or a grave report: the same for everybody, so it is open. */
export function playbookRoutes(app: FastifyInstance): void {
  const page = playbookPage();
  app.get("/playbook", { config: { open: true } }, (_request, reply) => sendPage(reply, 200, page));
}
