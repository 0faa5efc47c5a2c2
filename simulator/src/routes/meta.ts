import { type Handler, ok } from "../http/request.ts";

export const metaRoutes: Readonly<Record<string, Handler>> = {
  "meta/get": () => ok({ verifiable_password_authentication: false, hooks: ["127.0.0.1/32", "::1/128"] }),
};
