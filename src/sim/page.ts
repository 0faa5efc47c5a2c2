import type { Instant } from "../clock.ts";
import type { Webhook } from "./payload/common.ts";
import type { RandomHex, Urls } from "./request.ts";
import type { World } from "./world.ts";

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
export const page = (title: string, content: string, status = 200): PageResponse => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; form-action *",
  },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)} · Simulated GitHub</title>
<h1>${escaped(title)}</h1>${content}</html>`,
});

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
