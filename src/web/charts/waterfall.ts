import type { Assessment } from "../../assessment/assessment.ts";
import { BAND_BITS } from "../../assessment/bands.ts";
import { FAMILIES } from "../../signals/families.ts";
import { type Html, html } from "../html.ts";
import { BAND_WORDS } from "../wording.ts";

type Persona = Assessment["persona"];

/** Bands that begin somewhere above nothing, weakest first. */
const STEPS_UP = (["note", "review", "elevated", "high"] as const).map((band) => ({ band, bits: BAND_BITS[band] }));

interface Step {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly kind: "adds" | "takes" | "sum";
}

/**
 * Bits by family, step by step to their sum, as a table with a bar in each row: it reads on a phone, aloud and
 * without style sheet. The sentence under it says the same.
 */
export function waterfall(persona: Persona): Html {
  const steps = stepsOf(persona);
  const most = Math.max(12, ...steps.flatMap(({ from, to }) => [from, to]));
  const scale = (bits: number): number => (bits / most) * 100;
  return html`<figure class="waterfall">
    <table class="figures">
      <caption class="hidden">Bits of evidence by family</caption>
      <thead><tr><th scope="col">Family</th><th scope="col"><span class="hidden">Bar</span></th><th scope="col" class="number">Bits</th></tr></thead>
      <tbody>
        ${steps.map((step) => row(step, scale))}
      </tbody>
    </table>
    <figcaption>${sentence(persona)}</figcaption>
  </figure>`;
}

function stepsOf(persona: Persona): readonly Step[] {
  const steps: Step[] = [];
  let level = 0;
  for (const { family, bits } of persona.families.filter((share) => share.bits !== 0)) {
    steps.push({ label: FAMILIES[family].title, from: level, to: level + bits, kind: bits < 0 ? "takes" : "adds" });
    level += bits;
  }
  for (const { because, bits } of persona.mitigations) {
    const to = Math.max(0, level - Math.abs(bits));
    steps.push({ label: because, from: level, to, kind: "takes" });
    level = to;
  }
  if (persona.hardBits > 0) {
    steps.push({ label: "Cannot be offset", from: level, to: level + persona.hardBits, kind: "adds" });
  }
  return [...steps, { label: "Together", from: 0, to: persona.bits, kind: "sum" }];
}

function row({ label, from, to, kind }: Step, scale: (bits: number) => number): Html {
  const [left, right] = [scale(Math.max(0, Math.min(from, to))), scale(Math.max(from, to, 0))];
  const bits = kind === "sum" ? to.toFixed(1) : signed(to - from);
  return html`<tr class="${kind}">
    <th scope="row">${label}</th>
    <td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      ${STEPS_UP.map(({ bits: start }) => html`<line x1="${round(scale(start))}" x2="${round(scale(start))}" y1="0" y2="10" />`)}
      <rect x="${round(left)}" y="1" width="${round(Math.max(right - left, 0.4))}" height="8" />
    </svg></td>
    <td class="number">${bits}</td>
  </tr>`;
}

const round = (value: number): string => value.toFixed(2);
const signed = (bits: number): string => `${bits < 0 ? "−" : "+"}${Math.abs(bits).toFixed(1)}`;

function sentence(persona: Persona): string {
  const next = STEPS_UP.find(({ bits }) => bits > persona.bits);
  const strongest = [...persona.families].sort((a, b) => b.bits - a.bits)[0];
  const most =
    strongest && strongest.bits > 0 ? `, most of them from ${FAMILIES[strongest.family].title.toLowerCase()}` : "";
  const after = next ? ` “${BAND_WORDS[next.band]}” begins at ${next.bits}.` : "";
  return `Together ${persona.bits.toFixed(1)} bits${most}.${after} The thin lines are where bands begin: ${STEPS_UP.map(({ bits }) => bits).join(", ")}.`;
}
