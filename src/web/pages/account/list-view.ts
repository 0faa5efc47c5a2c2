import { type Instant, plusDays } from "../../../clock.ts";
import type { AccountId, RepositoryId } from "../../../ids.ts";
import type { Installation, KeptEntry } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { ago, day } from "../../time.ts";

interface FormView {
  /** `accountLogin` is the organisation's login. */
  readonly installation: Pick<Installation, "id" | "accountLogin">;
  readonly account: AccountId;
  /** Repositories that the account has to do with, by id, for where an entry counts. */
  readonly places: ReadonlyMap<RepositoryId, string>;
  readonly viewer: Viewer;
  readonly now: Instant;
}

interface SaidView extends FormView {
  readonly entries: readonly KeptEntry[];
}

/** An entry lasts this long unless the form says another day. */
const USUAL_DAYS = 180;

/** What owners say about the account, and the form to say something. */
export function saidSection(view: SaidView): Html {
  return html`<section aria-labelledby="said">
    <h2 id="said">What you say about it <span class="counter">${view.entries.length}</span></h2>
    ${
      view.entries.length === 0
        ? html`<p class="blank">Nobody here has said anything about this account.</p>`
        : html`<ul class="rows">${view.entries.map((entry) => row(entry, view))}</ul>`
    }
    <details>
      <summary class="button">Say something about it</summary>
      ${form(view)}
    </details>
  </section>`;
}

function row(entry: KeptEntry, view: SaidView): Html {
  const { disposition, reason, by, at, until, confirmedBy, repository } = entry;
  const waits = disposition === "denounced" && confirmedBy === null;
  return html`<li>
    <div>
      <span class="title">${disposition === "vouched" ? "known" : waits ? "a warning that waits for a second owner" : "a warning"}</span>
      <span class="muted small">${repository === null ? "everywhere here" : `on ${placeOf(view, repository)}`}, until ${day(plusDays(until, -1))}</span>
      <p class="quote">${reason}</p>
      <span class="muted small">by <bdi>${by.login || `account ${by.accountId}`}</bdi> ${ago(at, view.now)}</span>
    </div>
    <div class="states">
      ${waits && by.accountId !== view.viewer.accountId ? button(entry, view, { act: "confirm", text: "Agree to it" }) : null}
      ${button(entry, view, { act: "withdraw", text: "Take it back" })}
    </div>
  </li>`;
}

const placeOf = ({ places }: SaidView, repository: RepositoryId): string =>
  places.get(repository) ?? `repository ${repository}`;

const button = (
  { id }: KeptEntry,
  { installation, account, viewer }: SaidView,
  { act, text }: { readonly act: string; readonly text: string },
): Html =>
  html`<form method="post" action="/orgs/${installation.id}/accounts/${account}/list/${id}/${act}">
    <input type="hidden" name="csrf" value="${viewer.csrf}" />
    <button class="button" type="submit">${text}</button>
  </form>`;

const form = (view: FormView): Html =>
  sayForm(
    view,
    html`<fieldset class="choices">
      <legend>What you say</legend>
      <div><input type="radio" id="say-known" name="say" value="known" checked /> <label for="say-known">I know this account: ${KNOWN}</label></div>
      <div><input type="radio" id="say-warn" name="say" value="warn" /> <label for="say-warn">A warning: it counts once a second owner agrees, and alone it never asks for more than a look</label></div>
    </fieldset>`,
  );

const KNOWN = "it softens what else is found, and never what a change can do";

/** The same form on a report, folded, for the one thing that is said there. */
export const vouchFold = (view: FormView): Html => html`<details>
    <summary class="button">I know this account</summary>
    ${sayForm(view, html`<p class="small">To say so: ${KNOWN}.</p><input type="hidden" name="say" value="known" />`)}
  </details>`;

function sayForm({ installation, account, places, viewer, now }: FormView, said: Html): Html {
  return html`<form method="post" action="/orgs/${installation.id}/accounts/${account}/list" class="stacked">
    <input type="hidden" name="csrf" value="${viewer.csrf}" />
    ${said}
    <label for="said-scope">Where it counts</label>
    <select id="said-scope" name="scope">
      <option value="">everywhere in ${installation.accountLogin}</option>
      ${[...places].map(([id, name]) => html`<option value="${id}">on ${name}</option>`)}
    </select>
    <label for="said-until">Until</label>
    <input id="said-until" type="date" name="until" value="${day(plusDays(now, USUAL_DAYS))}" min="${day(now)}" required />
    <label for="said-reason">Why</label>
    <textarea id="said-reason" name="reason" rows="3" required minlength="8" maxlength="2000"></textarea>
    <p class="muted small">It goes into the trail under your name and ends by itself. What the account may write, and its open pull requests where it counts, are read again.</p>
    <button class="button primary" type="submit">Say it</button>
  </form>`;
}

/** An entry that could not be taken as it was given. */
export function refusedEntryPage(view: {
  readonly installation: Installation;
  readonly account: AccountId;
  readonly viewer: Viewer;
}): Page {
  const back = `/orgs/${view.installation.id}/accounts/${view.account}`;
  return {
    title: "Not said",
    viewer: view.viewer,
    navigation: ownerNavigation(view.installation, null),
    body: html`<h1>Nothing was changed</h1>
      <p class="problem">Give a reason of 8 to 2,000 characters, and a day within the next year where one is asked for.</p>
      <p><a class="button" href="${back}#said">Back to the account</a></p>`,
  };
}
