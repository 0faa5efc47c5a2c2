import { effectiveAccess, heldOn } from "../../../access/effective.ts";
import type { Flag } from "../../../access/flag.ts";
import { type AccessSettings, type AccessSnapshot, canWrite, roleRank } from "../../../access/grant.ts";
import { type AccountKey, keyOf } from "../../../access/keys.ts";
import type { GrantRecord } from "../../../access/lines/grant-record.ts";
import { sourceWords } from "../../../access/words.ts";
import type { Instant } from "../../../clock.ts";
import type { RepositoryId } from "../../../ids.ts";
import type { Installation, ListedReport } from "../../../store/store.ts";
import { flagReason } from "../../flag-reason.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ago, day } from "../../time.ts";
import { VIA_WORDS } from "../../wording.ts";
import { pictureOfRepository } from "../account/access-picture.ts";
import { givenWords, untilWords } from "../account/grant-view.ts";
import { reachSection } from "../account/reach-view.ts";
import { inOrderOfUrgency, reportList } from "../home/waiting.ts";

export interface RepositoryView {
  readonly installation: Installation;
  readonly name: string;
  /** Who holds what there by the last audit. */
  readonly roles: AccessSnapshot;
  /** What the last audit read about it beside roles. */
  readonly settings: AccessSettings | null;
  readonly repository: RepositoryId;
  /** Open flags of its grants, none about the viewer. */
  readonly flags: readonly Flag[];
  /** The newest ones, none about the viewer. */
  readonly reports: readonly ListedReport[];
  /** Who gave which grant, why and until when; none about the viewer. */
  readonly ledger: readonly GrantRecord[];
  /** Address of the policy in force there; null for whoever may not open it. */
  readonly policyPage: string | null;
  readonly owner: boolean;
  readonly viewer: Viewer;
  readonly now: Instant;
}

/** One repository: what waits, who can write, what was found. */
export function repositoryPage(view: RepositoryView): Page {
  const { installation, name, viewer, owner, reports, now, policyPage } = view;
  return {
    title: name,
    viewer,
    navigation: { installationId: installation.id, organization: installation.accountLogin, tab: null, owner },
    body: html`<header class="heading with-actions">
        <div>
          <p class="eyebrow">${installation.accountLogin}</p>
          <h1>${name}</h1>
        </div>
        ${policyPage && html`<nav class="actions" aria-label="Rules"><a class="button" href="${policyPage}">Policy in force</a></nav>`}
      </header>
      ${flagged(view)} ${writers(view)}
      ${reachSection(view.roles, view.settings, { account: null, repository: keyOf(view.repository) })}
      <section aria-labelledby="reports">
        <h2 id="reports">Reports</h2>
        ${
          reports.length === 0
            ? html`<p class="blank">Nothing was read here yet.</p>`
            : reportList(inOrderOfUrgency(reports), now)
        }
      </section>`,
  };
}

function flagged({ flags, reports, installation, owner, now }: RepositoryView): Html {
  return html`<section aria-labelledby="flags">
    <h2 id="flags">Needs a decision <span class="counter">${flags.length}</span></h2>
    ${
      flags.length === 0
        ? html`<p class="blank">No grant of this repository waits for a decision.</p>`
        : html`<ul class="rows">${flags.map(
            (flag) => html`<li>
              <div>
                ${
                  // A flag may rest on a report of another repository, which is not this reader's.
                  owner || reports.some(({ id }) => id === flag.reportId)
                    ? html`<a class="title" href="/orgs/${installation.id}/reports/${flag.reportId}"><bdi>${flag.login}</bdi></a>`
                    : html`<span class="title"><bdi>${flag.login}</bdi></span>`
                }
                <span class="muted small">${flag.role} (${VIA_WORDS[flag.via]}), raised ${ago(flag.raisedAt, now)}</span>
                ${flagReason(flag.because)}
              </div>
            </li>`,
          )}</ul>
          <p class="muted">${
            owner
              ? html`<a href="/orgs/${installation.id}/flags">Decide about them</a>`
              : "An owner of the organisation decides about them."
          }</p>`
    }
  </section>`;
}

function writers({ roles, installation, owner, viewer, ledger, now }: RepositoryView): Html {
  const records = new Map(ledger.map((record) => [keyOf(record.account), record]));
  const access = effectiveAccess(roles);
  const [repository] = roles.repositories;
  const rows = [...access.holders.keys()]
    .flatMap((account) => {
      const held = repository ? heldOn(access, account, repository.id) : null;
      return held !== null && canWrite(held.role) ? [{ account, held }] : [];
    })
    .sort((a, b) => roleRank(b.held.role) - roleRank(a.held.role));
  const logins = new Map(roles.accounts.map(({ id, login }) => [id, login]));
  const named = (account: AccountKey): Html => html`<bdi>${logins.get(account) ?? `account ${account}`}</bdi>`;
  const base = roles.organization.basePermission;
  return html`<section aria-labelledby="writers">
    <h2 id="writers">Who can write here <span class="counter">${rows.length}</span></h2>
    <p class="muted">By the audit of ${day(roles.takenAt)} and what GitHub said since.${
      base === "write" || base === "admin"
        ? ` Every member of the organisation, too, by its base permission (${base}).`
        : ""
    }</p>
    ${repository && !repository.archived ? pictureOfRepository(access, repository.id) : null}
    ${
      repository?.archived
        ? html`<p class="blank">The repository is archived: nobody can write to it until an admin wakes it.</p>`
        : html`<div class="scroll" tabindex="0" role="group" aria-label="Who can write here"><table class="figures">
          <thead><tr><th scope="col">Account</th><th scope="col">Belongs as</th><th scope="col">Role</th><th scope="col">How</th><th scope="col">Why</th></tr></thead>
          <tbody>${rows.map(
            ({ account, held }) => html`<tr>
              <td>${
                // Nobody has a page about himself.
                owner && account !== keyOf(viewer.accountId)
                  ? html`<a href="/orgs/${installation.id}/accounts/${account}">${named(account)}</a>`
                  : named(account)
              }</td>
              <td>${access.holders.get(account)?.standing}</td>
              <td>${held.role}</td>
              <td>${sourceWords(held.sources.map(({ source }) => source))}</td>
              <td>${why(records.get(account) ?? null, now)}</td>
            </tr>`,
          )}</tbody>
        </table></div>`
    }
  </section>`;
}

/** What is known of why one grant stands. */
function why(record: GrantRecord | null, now: Instant): Html | null {
  if (record === null) return null;
  const { noted } = record;
  return html`${noted?.reason} <span class="muted small">${noted?.until && `until ${untilWords(noted.until, now)}`} ${givenWords(record, now)}</span>`;
}
