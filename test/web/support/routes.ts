import type { FastifyPluginAsync } from "fastify";

export interface Route {
  readonly method: string;
  readonly url: string;
  readonly open: boolean;
}

/** A plugin that writes down every route the server gets, so that no route can be forgotten by a test. */
export function routeRecorder(): { readonly plugin: FastifyPluginAsync; readonly routes: readonly Route[] } {
  const routes: Route[] = [];
  const plugin: FastifyPluginAsync = async (app) => {
    app.addHook("onRoute", ({ method, url, config }) => {
      for (const one of [method].flat()) routes.push({ method: one, url, open: config?.open === true });
    });
  };
  // Fastify's mark for a plugin that acts on the server itself, not on a scope of its own.
  return { plugin: Object.assign(plugin, { [Symbol.for("skip-override")]: true }), routes };
}
