import type { Correction } from "../../../store/store.ts";
import { type Html, html } from "../../html.ts";
import { day } from "../../time.ts";

/** What owners noted as wrong or missing about an account; null for nothing. */
export const correctionsBox = (corrections: readonly Correction[]): Html | null =>
  corrections.length === 0
    ? null
    : html`<section class="banner" aria-label="Corrections">
        ${corrections.map(
          ({ text, byLogin, at }) => html`<div>
            <p class="quote">${text}</p>
            <p class="meta">correction, noted by <bdi>${byLogin}</bdi> on ${day(at)}</p>
          </div>`,
        )}
      </section>`;
