import { type Html, html } from "./html.ts";

/** Why a grant was flagged: what met what, and under it what was found, a line each. */
export function flagReason(because: string): Html {
  const [meets = "", ...found] = because.split("\n");
  return found.length === 0
    ? html`<p>${meets}</p>`
    : html`<p>${meets}</p>
        <ul>
          ${found.map((line) => html`<li>${line}</li>`)}
        </ul>`;
}
