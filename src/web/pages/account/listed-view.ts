import { plusDays } from "../../../clock.ts";
import type { AccountId } from "../../../ids.ts";
import type { Installation, KeptIndicator } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import { ago, day } from "../../time.ts";

interface ListedView {
  readonly installation: Pick<Installation, "id">;
  readonly account: AccountId;
  readonly viewer: Viewer;
  readonly now: string;
  readonly listed: readonly KeptIndicator[];
}

/** What lists of others say of the account, and what owners here say of that; null where no list names it. */
export function listedSection(view: ListedView): Html | null {
  if (view.listed.length === 0) return null;
  return html`<section aria-labelledby="listed">
    <h2 id="listed">What lists of others say <span class="counter">${view.listed.length}</span></h2>
    <p class="muted">These are words of others, taken in by whoever runs this service. An entry gives little by itself, and
      counts in full once two owners have looked and say that it is right. What is wrong is taken back here.</p>
    <ul class="rows">${view.listed.map((entry) => row(entry, view))}</ul>
  </section>`;
}

function row(entry: KeptIndicator, view: ListedView): Html {
  const { source, origin, reason, reference, emailHash, tlp, confidence, at, until, isPrimary, checked } = entry;
  const counts = isPrimary && (reason !== null || reference !== null);
  return html`<li>
    <div>
      <span class="title">${source}</span>
      <span class="muted small">names ${emailHash === null ? "it" : "an address of its own"}, ${day(at)}, until ${day(plusDays(until, -1))}, TLP ${tlp}${
        confidence === null ? "" : `, confidence ${confidence}`
      }${origin === null ? "" : html`, by the word of <bdi>${origin}</bdi>`}</span>
      ${reason === null ? null : html`<p class="quote">${reason}</p>`}
      ${reference === null || !/^https?:\/\//.test(reference) ? null : html`<p class="small"><a href="${reference}" rel="noreferrer nofollow">where it can be checked</a></p>`}
      ${counts ? null : html`<p class="small muted">Counts for nothing by itself: ${isPrimary ? "it says neither why nor where" : "others can add to that list"}.</p>`}
      ${
        checked &&
        html`<p class="quote">${checked.reason}</p>
        <span class="muted small">by <bdi>${checked.byLogin}</bdi> ${ago(checked.at, view.now)}${entry.confirmedBy === null ? "; waits for a second owner" : "; a second owner agreed"}</span>`
      }
    </div>
    <div class="states">${actions(entry, view)}</div>
  </li>`;
}

function actions(entry: KeptIndicator, view: ListedView): readonly (Html | null)[] {
  const { checked, confirmedBy } = entry;
  const mayAgree = checked !== null && confirmedBy === null && checked.byAccountId !== view.viewer.accountId;
  return [
    checked === null
      ? withReason(entry, view, { act: "check", text: "I looked, it is right", label: "What you saw" })
      : null,
    mayAgree
      ? html`<form method="post" action="${addressOf(entry, view, "confirm")}">
          <input type="hidden" name="csrf" value="${view.viewer.csrf}" />
          <button class="button" type="submit">Agree to it</button>
        </form>`
      : null,
    withReason(entry, view, { act: "revoke", text: "Take it back", label: "Why it is wrong, or not ours to keep" }),
  ];
}

const addressOf = ({ id }: KeptIndicator, { installation, account }: ListedView, act: string): string =>
  `/orgs/${installation.id}/accounts/${account}/listed/${id}/${act}`;

function withReason(
  entry: KeptIndicator,
  view: ListedView,
  { act, text, label }: { readonly act: string; readonly text: string; readonly label: string },
): Html {
  const field = `${act}-${entry.id}`;
  return html`<details>
    <summary class="button">${text}</summary>
    <form method="post" action="${addressOf(entry, view, act)}" class="stacked">
      <input type="hidden" name="csrf" value="${view.viewer.csrf}" />
      <label for="${field}">${label}</label>
      <textarea id="${field}" name="reason" rows="3" required minlength="8" maxlength="2000"></textarea>
      <p class="muted small">It goes into the trail under your name.</p>
      <button class="button primary" type="submit">${text}</button>
    </form>
  </details>`;
}
