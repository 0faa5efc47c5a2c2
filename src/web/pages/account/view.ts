import { effectiveAccess, heldOn } from "../../../access/effective.ts";
import type { Flag } from "../../../access/flag.ts";
import type { AccessSettings, AccessSnapshot } from "../../../access/grant.ts";
import { idOf, keyOf } from "../../../access/keys.ts";
import type { GrantRecord } from "../../../access/lines/grant-record.ts";
import type { Remedy } from "../../../access/remedy/paths.ts";
import { sourceWords } from "../../../access/words.ts";
import type { Instant } from "../../../clock.ts";
import type { AccountId, RepositoryId } from "../../../ids.ts";
import type { Correction, Installation, KeptEntry, KeptIndicator, ListedReport } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { ago, day } from "../../time.ts";
import { BAND_WORDS, counted, levelWords } from "../../wording.ts";
import { closedFlag, openFlag } from "../flags/view.ts";
import { placeWords } from "../report/aside.ts";
import { pictureOfAccount } from "./access-picture.ts";
import { correctionsBox } from "./corrections.ts";
import { givenWords, untilWords } from "./grant-view.ts";
import { saidSection } from "./list-view.ts";
import { listedSection } from "./listed-view.ts";
import { reachSection } from "./reach-view.ts";

export interface AccountView {
  readonly installation: Installation;
  readonly account: AccountId;
  /** What was found about it, newest first. */
  readonly reports: readonly ListedReport[];
  /** What it holds by the last audit; null where no audit knows it. */
  readonly roles: AccessSnapshot | null;
  /** What the last audit read beside roles about where it holds any; null before the first. */
  readonly settings: AccessSettings | null;
  /** What was said about it and still stands, newest first. */
  readonly entries: readonly KeptEntry[];
  /** What lists of others that were taken in say of it and still stands. */
  readonly listed: readonly KeptIndicator[];
  /** Flags about it, open and closed. */
  readonly flags: readonly Flag[];
  readonly corrections: readonly Correction[];
  /** Other accounts that hard evidence joins it with. */
  readonly tiedCount: number;
  /** Who gave it what, and what owners wrote about why. */
  readonly ledger: readonly GrantRecord[];
  /** What would answer a flag on GitHub. */
  readonly commands: (flag: Flag) => Remedy | null;
  readonly githubUrl: string;
  readonly viewer: Viewer;
  readonly now: Instant;
}

/** One account: what it holds, what waits for a decision, and every look at it, newest first. */
export function accountPage(view: AccountView): Page {
  const { installation, viewer, flags, now } = view;
  const login = loginOf(view);
  const open = flags.filter(({ state }) => state.kind === "open");
  const closed = flags.filter(({ state }) => state.kind !== "open");
  return {
    title: login,
    viewer,
    navigation: ownerNavigation(installation, null),
    body: html`<header class="heading with-actions">
        <div>
          <h1><bdi>${login}</bdi></h1>
          <p class="meta">account ${view.account}${standing(view)}</p>
        </div>
        <nav class="actions" aria-label="More about it">
          ${view.tiedCount > 0 ? html`<a class="button" href="/orgs/${installation.id}/clusters#account-${view.account}">Joined with ${counted(view.tiedCount, "other account")}</a>` : null}
          <a class="button" href="/orgs/${installation.id}/accounts/${view.account}/data">What is kept</a>
          <a class="button" href="${view.githubUrl}/${encodeURIComponent(login)}">Profile on GitHub</a>
        </nav>
      </header>
      ${correctionsBox(view.corrections)}
      <section aria-labelledby="waits">
        <h2 id="waits">Needs a decision <span class="counter">${open.length}</span></h2>
        ${
          open.length === 0
            ? html`<p class="blank">No grant of this account waits for a decision.</p>`
            : html`<div class="cards">${open.map((flag) => openFlag(flag, { installation, viewer, now, refused: null, commands: view.commands }))}</div>`
        }
        ${closed.length === 0 ? null : html`<ul class="rows">${closed.map((flag) => closedFlag(flag, now))}</ul>`}
      </section>
      ${holds(view)}
      ${view.roles && reachSection(view.roles, view.settings, { account: keyOf(view.account), repository: null })}
      ${saidSection({ ...view, places: placesOf(view) })} ${listedSection(view)} ${looks(view)}`,
  };
}

/** Repositories of its reports and roles, by name. */
function placesOf({ reports, roles }: AccountView): ReadonlyMap<RepositoryId, string> {
  const held = (roles?.repositories ?? []).map(({ id, name }) => [idOf(id), name] as const);
  return new Map([...reports.map(({ repositoryId, repositoryName: name }) => [repositoryId, name] as const), ...held]);
}

/** The newest label; a login can change hands, the number cannot. */
function loginOf({ reports, roles, account }: AccountView): string {
  return reports[0]?.login ?? roles?.accounts[0]?.login ?? `account ${account}`;
}

function standing({ roles, account }: AccountView): string {
  if (roles === null) return "";
  const { holders } = effectiveAccess(roles);
  const holder = holders.get(keyOf(account));
  return holder === undefined ? "" : ` · ${holder.standing === "outside" ? "from outside" : holder.standing}`;
}

/** Rows of roles that are shown; an owner has one on every repository. */
const SHOWN_ROLES = 100;

function holds({ roles, account, ledger, installation, now }: AccountView): Html {
  const records = new Map(ledger.map((record) => [keyOf(record.repository), record]));
  const access = roles && effectiveAccess(roles);
  const holder = access?.holders.get(keyOf(account));
  return html`<section aria-labelledby="holds">
    <h2 id="holds">What it can do here</h2>
    ${
      !access || !holder
        ? html`<p class="blank">Nothing, as far as the last audit and what GitHub said since show.</p>`
        : html`<p class="muted">By the audit of ${day(access.snapshot.takenAt)} and what GitHub said since.</p>
          ${pictureOfAccount(access, keyOf(account))}
          <ul class="paths">
            ${
              holder.everywhere &&
              html`<li>${holder.everywhere.role} on every repository
                <span class="muted">${sourceWords(holder.everywhere.sources.map(({ source }) => source))}</span></li>`
            }
            ${[...holder.pairs.keys()].slice(0, SHOWN_ROLES).map((repository) => {
              const held = heldOn(access, keyOf(account), repository);
              return (
                held &&
                html`<li>${held.role} on ${access.active.get(repository)?.name}
                  <span class="muted">${sourceWords(held.sources.map(({ source }) => source))}</span>
                  ${ledgerLine(records.get(repository) ?? null, now)}
                  <a href="/orgs/${installation.id}/accounts/${account}/grants/${repository}">${records.get(repository)?.noted ? "why, and how long" : "write down why"}</a></li>`
              );
            })}
          </ul>
          ${holder.pairs.size > SHOWN_ROLES ? html`<p class="muted small">The first ${SHOWN_ROLES}; the audit's export has all.</p>` : null}`
    }
  </section>`;
}

/** Who gave one grant, why it stands and until when, as far as anybody told or wrote. */
function ledgerLine(record: GrantRecord | null, now: Instant): Html | null {
  if (record === null) return null;
  const { noted } = record;
  return html`<span class="muted">${givenWords(record, now)}</span>
    ${noted && html`<q>${noted.reason}</q>`}
    ${noted?.until && html`<span class="muted">until ${untilWords(noted.until, now)}</span>`}`;
}

function looks({ reports, now }: AccountView): Html {
  return html`<section aria-labelledby="looks">
    <h2 id="looks">Every look at it <span class="counter">${reports.length}</span></h2>
    ${
      reports.length === 0
        ? html`<p class="blank">Nobody has looked at it yet: holders of write are, in the order of the audit.</p>`
        : html`<p class="muted">Looks differ by what each could ask: a pull request shows commits, a grant does not. Newest first.</p>
          <div class="scroll" tabindex="0" role="group" aria-label="Looks"><table class="figures">
            <thead><tr><th scope="col">When</th><th scope="col">About</th><th scope="col">Account</th><th scope="col">Change</th><th scope="col">Access</th><th scope="col">Could look</th></tr></thead>
            <tbody>${reports.map((report) => row(report, now))}</tbody>
          </table></div>`
    }
  </section>`;
}

function row(report: ListedReport, now: Instant): Html {
  const { persona, change, access, coverage } = report.assessment;
  const { evaluatedCount, applicableCount } = coverage;
  return html`<tr>
    <td class="when">${ago(report.createdAt, now)}</td>
    <td><a href="/orgs/${report.installationId}/reports/${report.id}"><bdi>${placeWords(report)}</bdi></a>
      ${report.reviewed ? html`<span class="muted small">reviewed</span>` : null}</td>
    <td>${BAND_WORDS[persona.band]}</td>
    <td>${report.pullRequest ? levelWords(change) : "none"}</td>
    <td>${levelWords(access)}</td>
    <td>${evaluatedCount} of ${counted(applicableCount, "check")}</td>
  </tr>`;
}
