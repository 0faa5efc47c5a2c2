import type { Instant } from "../../../src/clock.ts";
import type { Webhook } from "../payload/common.ts";
import type { World } from "../world/world.ts";
import type { RandomHex } from "./credentials.ts";
import type { Urls } from "./request.ts";

/** A request of a browser, or of an OAuth client. */
export interface PageRequest {
  readonly world: World;
  readonly urls: Urls;
  readonly now: Instant;
  readonly random: RandomHex;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Form or JSON fields of the body. */
  readonly form: URLSearchParams;
  readonly accept: string;
}

export interface PageResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Sent to the App once the page is answered. */
  readonly deliver?: Webhook;
}

export const redirect = (to: string): PageResponse => ({ status: 302, headers: { location: to }, body: "" });

/** A page of this GitHub; `content` is HTML whose values went through `escaped`. */
export const page = (
  title: string,
  content: string,
  status = 200,
  { refreshSeconds }: { readonly refreshSeconds?: number } = {},
): PageResponse => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action *",
  },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refreshSeconds === undefined ? "" : `<meta http-equiv="refresh" content="${refreshSeconds}">`}<title>${escaped(title)} · Simulated GitHub</title>
<style>${STYLE}</style><header><a href="/">Simulated GitHub</a>: nothing here leaves this machine</header><main><h1>${escaped(title)}</h1>${content}</main></html>`,
});

const STYLE =
  "body{margin:0;font:14px/1.5 system-ui,sans-serif;color:#1f2328;background:#fff}" +
  "header{padding:12px 24px;background:#f6f8fa;border-bottom:1px solid #d1d9e0;color:#59636e}" +
  "main{max-width:760px;margin:24px auto;padding:0 24px}h1{font-size:24px}h2{font-size:18px}" +
  "section{border:1px solid #d1d9e0;border-radius:6px;padding:0 16px 12px}" +
  "form{display:inline-block;margin:4px 8px 4px 0}" +
  "button{font:inherit;padding:5px 16px;border:1px solid #d1d9e0;border-radius:6px;background:#f6f8fa;cursor:pointer}" +
  "button.primary{background:#1f883d;border-color:transparent;color:#fff}" +
  "pre{padding:12px;background:#f6f8fa;border-radius:6px;overflow:auto}a{color:#0969da}" +
  ".note{color:#59636e;font-size:12px}li{margin:4px 0}.cast{list-style:none;padding:0}.cast form{width:232px}.cast .note{display:inline-block}" +
  ".cast button{width:100%;text-align:left}summary{cursor:pointer;padding:4px 0}" +
  ".opening{display:grid;gap:6px;margin:0}.opening>label{font-weight:600}.opening>button{justify-self:start;margin-top:4px}" +
  "select,input:not([type]){font:inherit;padding:5px 8px;border:1px solid #868f99;border-radius:6px;width:100%;box-sizing:border-box}" +
  "fieldset{border:0;padding:0;margin:4px 0}legend{font-weight:600}.choice{display:block;padding:3px 0}.opening .note{margin:4px 0 0}" +
  "@media(prefers-color-scheme:dark){body{color:#f0f6fc;background:#0d1117}header,pre,button,select,input:not([type])" +
  "{background:#151b23;color:inherit;border-color:#3d444d}section{border-color:#3d444d}.note,header{color:#9198a1}a{color:#4493f8}}";

/** A form with hidden fields and one button. */
export function button(action: string, label: string, hidden: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(hidden)
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join("");
  return `<form method="post" action="${escaped(action)}">${inputs}<button>${escaped(label)}</button></form>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
