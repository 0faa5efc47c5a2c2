import { type Flag, OUTCOMES, type Outcome } from "../../../access/flag.ts";
import { type Instant, plusDays } from "../../../clock.ts";
import type { Installation } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { ago, day } from "../../time.ts";
import { VIA_WORDS } from "../../wording.ts";

/** A decision that could not be taken as it was given, and what was wrong with it. */
export interface RefusedReason {
  readonly flagId: string;
  readonly problem: "reason" | "outcome" | "until";
  /** The reason, the choice and the day as they were given. */
  readonly given: string;
  readonly outcome: Outcome | null;
  readonly until: string;
}

const PROBLEMS: Readonly<Record<RefusedReason["problem"], string>> = {
  reason: "Write between 8 and 2,000 characters. Nothing was changed.",
  outcome: "Choose what was decided. Nothing was changed.",
  until: "Give a day within the next year. Nothing was changed.",
};

const OUTCOME_WORDS: Readonly<Record<Outcome, { readonly asked: string; readonly told: string }>> = {
  keep: { asked: "Keep it as it is, until", told: "kept" },
  lowered: { asked: "The role was lowered on GitHub", told: "role lowered" },
  removed: { asked: "The access was removed on GitHub", told: "access removed" },
};

interface FlagsView {
  /** All flags, open and closed. */
  readonly flags: readonly Flag[];
  readonly installation: Installation;
  readonly viewer: Viewer;
  readonly now: Instant;
  readonly refused: RefusedReason | null;
}

/** Grants that wait for a decision, and what was decided about others. */
export function flagsPage(view: FlagsView): Page {
  const { flags, installation, viewer } = view;
  const open = flags.filter(({ state }) => state.kind === "open");
  const closed = flags.filter(({ state }) => state.kind !== "open");
  return {
    title: "Flags",
    viewer,
    navigation: ownerNavigation(installation, "flags"),
    body: html`<h1>Flags</h1>
      <p class="lead">
        Write access held by accounts somebody should look at. A flag stays until a person decides or the grant is gone.
        It says nothing on GitHub. <a href="/playbook#grant">How to review a grant</a>.
      </p>
      <h2>Needs a decision <span class="counter">${open.length}</span></h2>
      ${
        open.length === 0
          ? html`<p class="blank">No grant waits for a decision.</p>`
          : html`<div class="cards">${open.map((flag) => openFlag(flag, view))}</div>`
      }
      ${
        closed.length === 0
          ? null
          : html`<h2>Decided</h2>
            <ul class="rows">
              ${closed.map((flag) => closedFlag(flag, view.now))}
            </ul>`
      }`,
  };
}

/** One open flag with the form that acknowledges it; the audit shows it too. */
export function openFlag(flag: Flag, view: Pick<FlagsView, "installation" | "viewer" | "now" | "refused">): Html {
  const base = `/orgs/${view.installation.id}`;
  const refused = view.refused?.flagId === flag.id ? view.refused : null;
  return html`<article class="card" id="flag-${flag.id}" aria-labelledby="name-${flag.id}">
    <h3 id="name-${flag.id}"><a href="${base}/accounts/${flag.accountId}"><bdi>${flag.login}</bdi></a></h3>
    <p>${flag.role} on <strong>${flag.repositoryName}</strong> <span class="muted">(${VIA_WORDS[flag.via]})</span></p>
    <p>${flag.because}</p>
    <p class="meta">
      raised ${ago(flag.raisedAt, view.now)} · <a href="${base}/reports/${flag.reportId}">read the report</a>
    </p>
    <details${refused ? html` open` : null}>
      <summary class="button">Decide</summary>
      <form method="post" action="${base}/flags/${flag.id}/acknowledge" class="stacked">
        <input type="hidden" name="csrf" value="${view.viewer.csrf}" />
        ${choices(flag, refused, view.now)}
        <label for="reason-${flag.id}">Why</label>
        <p class="muted small" id="hint-${flag.id}">
          A sentence your colleagues will understand in a year; it goes into the trail under your name.
        </p>
        <textarea id="reason-${flag.id}" name="reason" rows="3" required minlength="8" maxlength="2000"
          aria-describedby="hint-${flag.id}${refused ? ` problem-${flag.id}` : ""}"${refused?.problem === "reason" ? html` aria-invalid="true"` : null}>${refused?.given}</textarea>
        ${refused ? html`<p class="problem" id="problem-${flag.id}">${PROBLEMS[refused.problem]}</p>` : null}
        <button class="button primary" type="submit">Decide with this reason</button>
      </form>
    </details>
  </article>`;
}

/** Days until a grant that is kept is looked at again, unless the form says another. */
const USUAL_DAYS = 90;

function choices({ id }: Flag, refused: RefusedReason | null, now: Instant): Html {
  const chosen = refused?.outcome ?? "keep";
  const until = refused?.until || day(plusDays(now, USUAL_DAYS));
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
    <p class="muted small">Until that day it does not come back, unless the role or what was found grows. What was lowered or removed comes back if the next audit still sees it.</p>
  </fieldset>`;
}

/** What a person decided, as a line has room for it. */
function decided(state: Extract<Flag["state"], { kind: "acknowledged" }>): string {
  const { outcome = "keep", until } = state;
  // The day that was given ends when the next one begins.
  return `${OUTCOME_WORDS[outcome].told}${until === undefined ? "" : ` until ${day(plusDays(until, -1))}`}`;
}

export function closedFlag({ login, role, repositoryName, state }: Flag, now: Instant): Html {
  return html`<li>
    <div>
      <span class="title"><bdi>${login}</bdi></span>
      <span class="muted small">${role} on ${repositoryName}</span>
      ${state.kind === "acknowledged" ? html`<p class="quote">${state.reason}</p>` : null}
    </div>
    <div class="states muted small">
      ${
        state.kind === "acknowledged"
          ? html`${decided(state)}, by <bdi>${state.byLogin}</bdi> ${ago(state.at, now)}`
          : state.kind === "grant_gone"
            ? html`the grant is gone, ${ago(state.at, now)}`
            : null
      }
    </div>
  </li>`;
}
