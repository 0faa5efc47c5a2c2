import type { FastifyRequest } from "fastify";
import { OUTCOMES, type Outcome } from "../access/flag.ts";
import { type Instant, plusDays } from "../clock.ts";
import { endOfDay, reasonIn } from "../reasons.ts";
import { formField } from "./guard/security.ts";
import { type Html, html } from "./html.ts";
import { day } from "./time.ts";

/** A decision that could not be taken as it was given, and what was wrong with it. */
export interface RefusedDecision {
  readonly problem: "reason" | "outcome" | "until" | "changed";
  /** The reason, the choice and the day as they were given. */
  readonly given: string;
  readonly outcome: Outcome | null;
  readonly until: string;
}

const PROBLEMS: Readonly<Record<RefusedDecision["problem"], string>> = {
  reason: "Write between 8 and 2,000 characters. Nothing was changed.",
  outcome: "Choose what was decided. Nothing was changed.",
  until: "Give a day within the next year. Nothing was changed.",
  changed: "It is not what you were shown any more: look again, then decide. Nothing was changed.",
};

const OUTCOME_WORDS: Readonly<Record<Outcome, { readonly asked: string; readonly told: string }>> = {
  keep: { asked: "Keep it as it is, until", told: "kept" },
  lowered: { asked: "The role was lowered on GitHub", told: "role lowered" },
  removed: { asked: "The access was removed on GitHub", told: "access removed" },
};

/** What somebody decided in a few words, with the last day that it covers; null for no end. */
export const decidedWords = (outcome: Outcome, until: Instant | null): string =>
  // The day that was given ends when the next one begins.
  `${OUTCOME_WORDS[outcome].told}${until === null ? "" : ` until ${day(plusDays(until, -1))}`}`;

type Decided = { readonly reason: string; readonly outcome: Outcome; readonly until: Instant | null };

/** What the form says, or what is wrong with it. */
export function decisionIn(request: FastifyRequest, now: Instant): Decided | RefusedDecision {
  const given = givenIn(request);
  const { outcome } = given;
  const reason = reasonIn(given.given);
  if (reason === null) return { problem: "reason", ...given };
  if (outcome === null) return { problem: "outcome", ...given };
  if (outcome !== "keep") return { reason, outcome, until: null };
  const until = endOfDay(given.until, now);
  return until === null ? { problem: "until", ...given } : { reason, outcome, until };
}

/** What was typed and chosen, whatever it is. */
export const givenIn = (request: FastifyRequest): Omit<RefusedDecision, "problem"> => ({
  given: formField(request, "reason").trim(),
  outcome: OUTCOMES.find((known) => known === formField(request, "outcome")) ?? null,
  until: formField(request, "until"),
});

/** Days until what is kept is looked at again, unless the form says another. */
const USUAL_DAYS = 90;

/** The fields and the button; `id` is the one of the page's decisions that this is about. */
export function decisionFields(about: {
  readonly id: string;
  readonly refused: RefusedDecision | null;
  readonly now: Instant;
  /** When it comes back all the same, in a sentence. */
  readonly returns: string;
  /** Days that the form suggests to keep it; absent for the usual. */
  readonly days?: number | undefined;
}): Html {
  const { id, refused, now, returns, days = USUAL_DAYS } = about;
  const chosen = refused?.outcome ?? "keep";
  const until = refused?.until || day(plusDays(now, days));
  return html`<fieldset class="choices">
      <legend>What was decided</legend>
      ${OUTCOMES.map(
        (outcome) => html`<div>
          <input type="radio" id="${outcome}-${id}" name="outcome" value="${outcome}"${outcome === chosen ? html` checked` : null} required />
          <label for="${outcome}-${id}">${OUTCOME_WORDS[outcome].asked}</label>
          ${
            outcome === "keep"
              ? html`<input type="date" name="until" value="${until}" min="${day(now)}" aria-label="Until which day it is kept" />`
              : null
          }
        </div>`,
      )}
      <p class="muted small">${returns}</p>
    </fieldset>
    ${reasonFields({ id, given: refused?.given ?? "", isShort: refused?.problem === "reason", problem: refused && PROBLEMS[refused.problem] })}`;
}

/** Why somebody decided so, what was wrong with what was given, and the button; for every decision that people write. */
export function reasonFields(about: {
  readonly id: string;
  readonly given: string;
  /** True where the reason itself was refused. */
  readonly isShort: boolean;
  readonly problem: string | null;
}): Html {
  const { id, given, isShort, problem } = about;
  return html`<label for="reason-${id}">Why</label>
    <p class="muted small" id="hint-${id}">
      A sentence your colleagues will understand in a year; it goes into the trail under your name.
    </p>
    <textarea id="reason-${id}" name="reason" rows="3" required minlength="8" maxlength="2000"
      aria-describedby="hint-${id}${problem === null ? "" : ` problem-${id}`}"${isShort ? html` aria-invalid="true"` : null}>${given}</textarea>
    ${problem === null ? null : html`<p class="problem" id="problem-${id}">${problem}</p>`}
    <button class="button primary" type="submit">Decide with this reason</button>`;
}
