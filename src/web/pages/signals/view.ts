import { FAMILIES, type Family } from "../../../signals/families.ts";
import type { SignalMeta } from "../../../signals/signal.ts";
import { type Html, html, webAddress } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { counted } from "../../wording.ts";

const AXIS_WORDS: Readonly<Record<SignalMeta["axis"], string>> = {
  P: "about the account",
  C: "about the change, never about its author",
  X: "about access",
};

/** Everything that is looked at, by family. */
export function cataloguePage(signals: readonly SignalMeta[]): Page {
  const families = [...new Set(signals.map(({ family }) => family))];
  return {
    title: "What is looked at",
    viewer: null,
    body: html`<div class="text">
      <h1>What is looked at</h1>
      <p class="lead">
        ${counted(signals.length, "check")}, each with its sources, its innocent explanations and what clears it. Names,
        nationality, language, location, avatars, e-mail providers, account age and followers are not among them: they are not
        even collected.
      </p>
      ${families.map((family) => familyList(family, signals))}
    </div>`,
  };
}

const familyList = (family: Family, signals: readonly SignalMeta[]): Html =>
  html`<h2>${FAMILIES[family].title}</h2>
    <ul class="rows">
      ${signals
        .filter((signal) => signal.family === family)
        .map(
          ({ id, title, axis, status }) => html`<li>
            <div>
              <a class="title" href="/signals/${id}">${title}</a>
              <span class="muted small">${AXIS_WORDS[axis]}${status === "stable" ? "" : ` · ${status}`}</span>
            </div>
          </li>`,
        )}
    </ul>`;

/** One signal: what it sees, how it errs, who could misuse it. */
export function signalPage(signal: SignalMeta): Page {
  return {
    title: signal.title,
    viewer: null,
    body: html`<div class="text">
      <p class="eyebrow"><a href="/signals">What is looked at</a> / ${FAMILIES[signal.family].title}</p>
      <h1>${signal.title}</h1>
      <p class="meta"><code>${signal.id}</code> · ${AXIS_WORDS[signal.axis]} · version ${signal.version}</p>
      <h2>Fine if</h2>
      <ul>
        ${signal.benign.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
      <h2>Clears by</h2>
      <p>${signal.clears}</p>
      <h2>How common it is</h2>
      <p>${signal.baseRate ?? "Nobody has measured yet how often ordinary contributors show this."}</p>
      <h2>Could it be pinned on somebody?</h2>
      <p>${signal.framing}</p>
      <h2>How it counts</h2>
      <p>${weight(signal)}</p>
      <h2>Sources</h2>
      <ul>
        ${signal.sources.map(
          ({ url, says }) => html`<li><a href="${webAddress(url)}" rel="noreferrer">${hostOf(url)}</a>: ${says}</li>`,
        )}
      </ul>
    </div>`,
  };
}

function weight(signal: SignalMeta): string {
  const { weight: bits, severity, halfLifeDays, windowDays, hard, falsePositiveRisk, queue, queueOnly } = signal;
  const most = `At most ${bits} ${bits === 1 ? "bit" : "bits"}`;
  const parts = [
    bits === 0
      ? "It says nothing about the account."
      : queueOnly
        ? `${most} to the label for the queue; it says nothing about the account.`
        : `${most} about the account${queue ? ", and to the label for the queue" : ""}.`,
    severity ? `At most “${severity}” on its own axis.` : "",
    hard ? "It cannot be offset by good history." : "",
    halfLifeDays
      ? `It fades by half every ${halfLifeDays} days${windowDays ? `, once ${windowDays} days have passed` : ""}.`
      : "",
    `Risk of a false alarm: ${falsePositiveRisk}.`,
  ];
  return parts.filter(Boolean).join(" ");
}

const hostOf = (url: string): string => URL.parse(url)?.hostname ?? url;
