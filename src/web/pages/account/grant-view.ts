import type { Held } from "../../../access/effective.ts";
import type { GrantRecord } from "../../../access/lines/grant-record.ts";
import { sourceWords } from "../../../access/words.ts";
import { type Instant, plusDays } from "../../../clock.ts";
import type { AccountId, RepositoryId } from "../../../ids.ts";
import type { Installation } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { ago, day } from "../../time.ts";

/** What was typed and could not be taken. */
export interface RefusedNote {
  readonly problem: "reason" | "until";
  readonly reason: string;
  readonly until: string;
}

export interface GrantView {
  readonly installation: Installation;
  readonly account: AccountId;
  readonly login: string;
  readonly repository: { readonly id: RepositoryId; readonly name: string };
  readonly held: Held;
  readonly record: GrantRecord | null;
  readonly refused: RefusedNote | null;
  readonly viewer: Viewer;
  readonly now: Instant;
}

/** One grant: who gave it, and the form for why it stands and how long. */
export function grantPage(view: GrantView): Page {
  const { installation, account, login, repository, held, record, viewer, now } = view;
  return {
    title: `${login} on ${repository.name}`,
    viewer,
    navigation: ownerNavigation(installation, null),
    body: html`<p class="eyebrow"><a href="/orgs/${installation.id}/accounts/${account}#holds"><bdi>${login}</bdi></a></p>
      <h1>${held.role} on ${repository.name}</h1>
      <dl class="readings">
        <div><dt>By</dt><dd>${sourceWords(held.sources.map(({ source }) => source))}</dd></div>
        <div><dt>Given</dt><dd>${givenWords(record, now) ?? "No delivery told who gave it, or it was given before this was kept."}</dd></div>
        ${noted(record, now)}
      </dl>
      <section aria-labelledby="note">
        <h2 id="note">${record?.noted ? "Write it anew" : "Why it stands, and how long"}</h2>
        ${form(view)}
      </section>`,
  };
}

/** Who gave a grant and when; null where nobody told. */
export const givenWords = (record: Pick<GrantRecord, "given"> | null, now: Instant): Html | null =>
  record?.given
    ? html`${record.given.role} by <bdi>${record.given.by.login || `account ${record.given.by.accountId}`}</bdi> ${ago(record.given.at, now)}`
    : null;

function noted(record: GrantRecord | null, now: Instant): Html | null {
  if (!record?.noted) return null;
  const { reason, until, by, at } = record.noted;
  return html`<div><dt>Why</dt><dd class="quote">${reason} <span class="muted small">by <bdi>${by.login}</bdi> ${ago(at, now)}</span></dd></div>
    <div><dt>Until</dt><dd>${until === null ? "no day given" : untilWords(until, now)}</dd></div>`;
}

/** The last day of a grant, and that it is over. */
export const untilWords = (until: Instant, now: Instant): string =>
  `${day(plusDays(until, -1))}${until <= now ? ", which is over" : ""}`;

const PROBLEMS: Readonly<Record<RefusedNote["problem"], string>> = {
  reason: "Write between 8 and 2,000 characters. Nothing was changed.",
  until: "Give a day within the next year, or none. Nothing was changed.",
};

function form({ installation, account, repository, record, refused, viewer, now }: GrantView): Html {
  const reason = refused?.reason ?? record?.noted?.reason ?? "";
  const until = refused?.until ?? dayOf(record, now);
  return html`<form method="post" action="/orgs/${installation.id}/accounts/${account}/grants/${repository.id}" class="stacked">
    <input type="hidden" name="csrf" value="${viewer.csrf}" />
    <label for="reason">Why</label>
    <p class="muted small" id="reason-hint">What the account needs it for. It goes into the trail under your name.</p>
    <textarea id="reason" name="reason" rows="3" required minlength="8" maxlength="2000"
      aria-describedby="reason-hint${refused ? " problem" : ""}"${refused?.problem === "reason" ? html` aria-invalid="true"` : null}>${reason}</textarea>
    <label for="until">Until which day</label>
    <p class="muted small" id="until-hint">Left empty it has no end. Past the day the audit lists it; nothing is removed by itself.</p>
    <input type="date" id="until" name="until" value="${until}" min="${day(now)}" aria-describedby="until-hint"${refused?.problem === "until" ? html` aria-invalid="true"` : null} />
    ${refused ? html`<p class="problem" id="problem">${PROBLEMS[refused.problem]}</p>` : null}
    <button class="button primary" type="submit">Write it down</button>
  </form>`;
}

/** A day that is over is not offered again. */
function dayOf(record: GrantRecord | null, now: Instant): string {
  const until = record?.noted?.until ?? null;
  return until === null || until <= now ? "" : day(plusDays(until, -1));
}
