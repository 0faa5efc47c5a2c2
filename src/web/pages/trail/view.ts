import { EXPOSURE_KINDS, EXPOSURES } from "../../../access/lines/kinds.ts";
import type { AccountId } from "../../../ids.ts";
import type { Installation, NumberedEntry, TrailEntry, TrailSubject } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { exact } from "../../time.ts";
import { capital } from "../../wording.ts";
import { ACT_WORDS, ACTS, type TrailQuery } from "./query.ts";

/** An entry with what it is about, as far as that is still there. */
export interface ShownEntry extends NumberedEntry {
  readonly subject: TrailSubject | null;
  /** The account it is about. */
  readonly about: AccountId | null;
}

interface TrailView {
  readonly installation: Installation;
  readonly viewer: Viewer;
  readonly entries: readonly ShownEntry[];
  /** Labels as far as known; a login can belong to somebody else later, so the number stands beside it. */
  readonly logins: ReadonlyMap<AccountId, string>;
  /** Whom the list can be narrowed to. */
  readonly people: readonly AccountId[];
  readonly query: TrailQuery;
  /** The number after which older entries come; null when there are none. */
  readonly older: number | null;
}

/** The trail, newest first. */
export function trailPage(view: TrailView): Page {
  const { installation, viewer, entries, query, older } = view;
  const isPlain = query.act === null && query.person === null && query.before === null;
  return {
    title: "Trail",
    viewer,
    navigation: ownerNavigation(installation, "trail"),
    body: html`<header class="heading with-actions">
        <div><h1>Trail</h1><p class="meta">Who looked and who decided, newest first. Nobody reads what is about himself.</p></div>
        <nav class="actions" aria-label="Export">
          <a class="button" href="/orgs/${installation.id}/trail.csv?${address({ ...query, before: null })}">CSV</a>
        </nav>
      </header>
      ${filters(view)}
      ${
        entries.length === 0
          ? html`<p class="blank">${isPlain ? "Nobody has looked at anything yet." : "No entry fits."}</p>`
          : html`<div class="scroll" tabindex="0" role="group" aria-label="Trail"><table class="figures trail">
            <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th></tr></thead>
            <tbody>${entries.map((entry) => row(entry, view))}</tbody>
          </table></div>`
      }
      <p class="actions">
        ${query.before === null ? null : html`<a class="button" href="?${address({ ...query, before: null })}">Newest entries</a>`}
        ${older === null ? null : html`<a class="button" href="?${address({ ...query, before: older })}">Older entries</a>`}
      </p>`,
  };
}

/** The state as it stands in the address; what is not asked for is left out. */
const address = (query: TrailQuery): string =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  ).toString();

function filters({ people, logins, query, viewer }: TrailView): Html {
  const acts = ACTS.map((act) => option(act, capital(ACT_WORDS[act]), query.act === act));
  const named = people.map((id) =>
    option(String(id), `${nameOf(id, logins)}${id === viewer.accountId ? " (you)" : ""}`, query.person === id),
  );
  return html`<form method="get" class="filters" role="search">
    <div><label for="act">What</label><select id="act" name="act"><option value="">Anything</option>${acts}</select></div>
    <div><label for="person">Who</label><select id="person" name="person"><option value="">Anybody</option>${named}</select></div>
    <button class="button" type="submit">Show</button>
  </form>`;
}

const option = (value: string, text: string, chosen: boolean): Html =>
  html`<option value="${value}"${chosen ? html` selected` : null}>${text}</option>`;

const nameOf = (id: AccountId, logins: ReadonlyMap<AccountId, string>): string => logins.get(id) ?? `account ${id}`;

function row(entry: ShownEntry, view: TrailView): Html {
  const reason = reasonOf(entry);
  return html`<tr>
    <td class="when"><time datetime="${entry.at}">${exact(entry.at)}</time></td>
    <td class="who">${who(entry, view)}</td>
    <td>${capital(ACT_WORDS[entry.act])}${about(entry, view)}${reason && html`<p class="quote">${reason}</p>`}</td>
  </tr>`;
}

function who({ actorId: id, act }: ShownEntry, { logins, viewer }: TrailView): Html {
  if (id === null) return html`${nobodyWords(act)}`;
  const login = logins.get(id);
  if (login === undefined) return html`account ${id}`;
  return html`<bdi>${login}</bdi> <span class="muted small">${id === viewer.accountId ? "you" : id}</span>`;
}

/** Who acted without an account: at the command line the operator. */
export const nobodyWords = (act: TrailEntry["act"]): string =>
  /^(?:subject|code_index)\./.test(act) || act === "account.vouched" || act === "entry.withdrawn"
    ? "the operator"
    : "Sallyport";

function about(entry: ShownEntry, { installation, logins }: TrailView): Html | null {
  const words = aboutWords(entry, logins);
  if (words === null) return null;
  const place = placeOf(entry);
  const name = html`<bdi>${words}</bdi>`;
  return html`: ${place === null ? name : html`<a href="/orgs/${installation.id}${place}">${name}</a>`}`;
}

function placeOf({ act, target, subject, about: account }: ShownEntry): string | null {
  if (subject !== null && act.startsWith("report.")) return `/reports/${target}`;
  return account === null ? null : `/accounts/${account}`;
}

/** What an entry is about, in a line; null where there is nothing to name, or it is gone. */
export function aboutWords(
  { act, target, subject, about: account }: ShownEntry,
  logins: ReadonlyMap<AccountId, string>,
): string | null {
  if (act === "publication.changed") return target;
  const kind = act === "exposure.decided" ? EXPOSURE_KINDS.find((known) => target === `exposure:${known}`) : undefined;
  if (kind !== undefined) return EXPOSURES[kind].title;
  if (subject === null) return account === null ? null : nameOf(account, logins);
  const { login, repositoryName, pullRequest } = subject;
  if (pullRequest === null) return `${login}, access to ${repositoryName}`;
  const place = `${repositoryName} #${pullRequest.number} by ${login}`;
  // The title goes with the evidence.
  return pullRequest.title === "" ? place : `${pullRequest.title} (${place})`;
}

/** Acts about no account. */
const ABOUT_NOBODY: ReadonlySet<TrailEntry["act"]> = new Set<TrailEntry["act"]>(["exposure.decided", "push.decided"]);

/** The reason given; a line of exposure that names no account, and a push, are about none. Of what is gone nobody knows whether it was about the reader. */
export const reasonOf = ({ act, subject, about: account, reason }: ShownEntry): string | null =>
  subject === null && account === null && !ABOUT_NOBODY.has(act) ? null : reason;
