import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";

const FILES = [
  { name: "sallyport.css", type: "text/css; charset=utf-8" },
  { name: "sallyport.svg", type: "image/svg+xml" },
] as const;

/** The style sheet and the mark: the only things served to everybody without a thought. */
export function staticRoutes(app: FastifyInstance): void {
  for (const { name, type } of FILES) {
    const body = readFileSync(new URL(`./static/${name}`, import.meta.url));
    app.get(`/static/${name}`, { config: { open: true } }, (_request, reply) =>
      reply.type(type).header("cache-control", "public, max-age=300").send(body),
    );
  }
}
