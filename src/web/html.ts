import { withMarks } from "./visible.ts";

/** Markup that is safe to send. Only `html` makes it, so a string can never pose as one. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Part = Html | string | number | null | undefined | false | readonly Part[];

/** Escaping template: strings and numbers become text, `Html` stays markup, `null`, `undefined` and `false` nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const pieces = strings.map((literal, index) => literal + (index < parts.length ? markupOf(parts[index]) : ""));
  return new Html(pieces.join(""));
}

/** `href` for an address that came from data: http and https only, anything else leads nowhere. */
export const webAddress = (address: string): string => (/^https?:\/\//i.test(address) ? address : "#");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "string") return escaped(withMarks(part));
  if (typeof part === "number") return String(part);
  return part.map(markupOf).join("");
}

const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? "");
