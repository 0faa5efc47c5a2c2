import { priorWords, switchesFor } from "../../../decision/exposure.ts";
import { KEYS } from "../../../policy/keys.ts";
import type { Report } from "../../../store/store.ts";
import { type Html, html } from "../../html.ts";

/** How exposed the organisation says it is, and what lowers it; nothing on reports from before it was asked. */
export function exposureBox({ decision: { exposure } }: Report): Html | null {
  if (exposure === undefined) return null;
  return html`<section aria-labelledby="exposed">
    <h2 id="exposed">This organisation</h2>
    <p>
      Exposure ${exposure.level}: ${exposure.yes.length} of seven questions answered with yes.
      <span class="muted">${priorWords(exposure)}</span>
    </p>
    ${
      exposure.yes.length === 0
        ? null
        : html`<details>
            <summary>What lowers it</summary>
            <ul class="plain-list">
              ${switchesFor(exposure).flatMap(({ question, switches }) =>
                switches.map(
                  ({ where, place, set, because }) => html`<li>
                    ${where}, ${place}: <strong>${set}</strong>
                    <span class="muted">${because} (${KEYS.exposure[question].about})</span>
                  </li>`,
                ),
              )}
            </ul>
          </details>`
    }
    <p class="muted small">The answers stand in the policy file; <code>sallyport exposure</code> asks them.</p>
  </section>`;
}
