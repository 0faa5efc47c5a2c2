import type { AccessAudit } from "../../../access/audit.ts";
import { type BesideGroup, besideGroups } from "../../../access/beside-grants/words.ts";
import { type Html, html } from "../../html.ts";
import { commandsFold } from "./commands.ts";
import type { Deciding } from "./exposure.ts";

const SHOWN_COUNT = 50;

/** What can write without being an account's grant, by kind, with the place where it is taken back. */
export function besideSection(audit: AccessAudit, deciding: Deciding | null = null): Html | null {
  if (audit.beside === undefined) return null;
  const groups = besideGroups(audit);
  const count = groups.reduce((sum, { lines }) => sum + lines.length, 0);
  return html`<section aria-labelledby="beside">
    <h2 id="beside">Write beside accounts <span class="counter">${count}</span></h2>
    ${
      groups.length === 0
        ? html`<p class="blank">Nothing of what was checked writes without being an account's.</p>`
        : groups.map((each) => group(each, deciding !== null))
    }
  </section>`;
}

const group = ({ title, closes, lines, remedy }: BesideGroup, isNewest: boolean): Html => html`<details class="group">
    <summary><span class="count">${lines.length}</span> ${title}</summary>
    <p class="muted">Closes by: ${closes}.</p>
    <ul class="paths">
      ${lines.slice(0, SHOWN_COUNT).map((line) => html`<li><bdi>${line}</bdi></li>`)}
    </ul>
    ${isNewest && remedy ? commandsFold(remedy) : null}
    ${lines.length > SHOWN_COUNT ? html`<p class="muted small">The first ${SHOWN_COUNT}; the JSON export has all.</p>` : null}
  </details>`;
