import type { FastifyRequest } from "fastify";
import { VERDICTS, type Verdict } from "../assessment/precision.ts";
import { formField } from "./guard/security.ts";
import { type Html, html } from "./html.ts";

const WORDS: Readonly<Record<Verdict, string>> = {
  true: "It was so, and mattered",
  benign: "It was so, and innocent",
  false: "It was not so",
};

/** What a report turned out to be, where the form says so. */
export const verdictIn = (request: FastifyRequest): Verdict | undefined =>
  VERDICTS.find((known) => known === formField(request, "verdict"));

/** The question, which nobody has to answer: how often each signal was right is counted from it, and nothing else follows. */
export const verdictField = (id: string): Html => html`<label for="verdict-${id}">What it turned out to be</label>
    <select id="verdict-${id}" name="verdict">
      <option value="">I cannot say</option>
      ${VERDICTS.map((verdict) => html`<option value="${verdict}">${WORDS[verdict]}</option>`)}
    </select>`;

/** The answer behind who reviewed it. */
export const verdictWords = (verdict: Verdict | undefined): string =>
  verdict === undefined ? "" : `: ${WORDS[verdict].toLowerCase()}`;
