import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { WebContext } from "../../context.ts";
import { notFound, sendPage } from "../../reply.ts";
import { cataloguePage, signalPage } from "./view.ts";

const params = z.object({ id: z.string().regex(/^[a-z0-9-]{1,60}$/) });

/** What is looked at and why: the same for everybody, open to everybody, about nobody. */
export function signalRoutes(app: FastifyInstance, context: WebContext): void {
  const config = { open: true } as const;
  app.get("/signals", { config }, (_request, reply) =>
    sendPage(reply, 200, cataloguePage([...context.signals.values()])),
  );
  app.get("/signals/:id", { config }, async (request, reply) => {
    const id = params.safeParse(request.params).data?.id;
    const signal = id ? context.signals.get(id) : undefined;
    return signal ? sendPage(reply, 200, signalPage(signal)) : notFound(context, request, reply);
  });
}
