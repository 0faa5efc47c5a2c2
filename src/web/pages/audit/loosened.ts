import type { AccessChanges } from "../../../access/compare-access.ts";
import { loosenedCloses, loosenedWords } from "../../../access/reach/loosened-words.ts";
import type { Names } from "../../../access/words.ts";
import { type Html, html } from "../../html.ts";

/** Lines listed; the export has all. */
const SHOWN_COUNT = 20;

/** What rules let through that they did not before; nothing where they were not read both times. */
export function loosenedPart({ guardsLoosened }: AccessChanges, names: Names): Html | null {
  if (guardsLoosened === null || guardsLoosened.length === 0) return null;
  return html`<details class="group">
    <summary><span class="count">${guardsLoosened.length}</span> guards loosened</summary>
    <ul class="rows">${guardsLoosened.slice(0, SHOWN_COUNT).map(
      (each) => html`<li><div>
        <span class="title">${names.repository(each.repository)}</span> ${loosenedWords(each, names)}
        <p class="muted small">Closes by: ${loosenedCloses(each)}.</p>
      </div></li>`,
    )}</ul>
    ${guardsLoosened.length > SHOWN_COUNT ? html`<p class="muted small">The first ${SHOWN_COUNT}; the JSON export has all.</p>` : null}
  </details>`;
}
