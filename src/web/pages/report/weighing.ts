import type { Assessment } from "../../../assessment/assessment.ts";
import { MIN_COVERAGE } from "../../../assessment/bands.ts";
import { FAMILIES } from "../../../signals/families.ts";
import type { SignalMeta } from "../../../signals/signal.ts";
import { waterfall } from "../../charts/waterfall.ts";
import { type Html, html } from "../../html.ts";
import { BAND_WORDS } from "../../wording.ts";
import { titleOf } from "./axes.ts";

/** How this was weighed: the only place where bits are shown, folded away. */
export function weighing(assessment: Assessment, signals: ReadonlyMap<string, SignalMeta>): Html {
  const fired = assessment.findings.filter(
    ({ axis, bits, outcome }) => outcome === "fired" && (axis === "P" || bits !== 0),
  );
  return html`<details class="weighing">
    <summary><h2>How this was weighed</h2></summary>
    <p class="muted">
      One bit doubles or halves how much likelier the evidence is if an account is not what it appears to be. Bits are
      never a percentage and never a verdict. Families of related evidence are capped, so that one fact told three ways
      counts once.
    </p>
    ${waterfall(assessment.persona)}
    ${
      fired.length > 0
        ? html`<div class="scroll" tabindex="0" role="group" aria-label="Bits of each finding"><table class="figures">
          <caption class="hidden">Bits of each finding before the caps</caption>
          <thead><tr><th scope="col">Finding</th><th scope="col">Family</th><th scope="col" class="number">Bits</th></tr></thead>
          <tbody>
            ${fired.map(
              (finding) => html`<tr>
                <td>${titleOf(finding, signals)}${remark(finding, signals)}</td>
                <td>${FAMILIES[finding.family].title}</td>
                <td class="number">${finding.bits.toFixed(1)}</td>
              </tr>`,
            )}
          </tbody>
        </table></div>`
        : null
    }
    <p class="muted small">
      ${Math.round(assessment.coverage.total * 100)} % of what could be weighed was weighed; below
      ${MIN_COVERAGE * 100} % the answer is always
      “${BAND_WORDS.insufficient_evidence}”. Engine ${assessment.engine}.
    </p>
  </details>`;
}

function remark(
  { signal, hard }: Assessment["findings"][number],
  signals: ReadonlyMap<string, SignalMeta>,
): Html | null {
  if (signals.get(signal)?.queueOnly) return html` <span class="muted">(for the queue alone)</span>`;
  return hard ? html` <span class="muted">(cannot be offset)</span>` : null;
}
