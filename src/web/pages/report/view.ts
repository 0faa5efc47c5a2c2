import type { Instant } from "../../../clock.ts";
import type { Action } from "../../../decision/decision.ts";
import { mergingGives } from "../../../decision/merging.ts";
import type { Report } from "../../../store/store.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ago } from "../../time.ts";
import { verdictField, verdictWords } from "../../verdict-form.ts";
import { capital, VIA_WORDS } from "../../wording.ts";
import { correctionsBox } from "../account/corrections.ts";
import { couldNotSee, historyBox, looked, otherLooks, whoSees } from "./aside.ts";
import { axes } from "./axes.ts";
import { exposureBox } from "./exposed.ts";
import { accessSection, accountSection, changeSection } from "./findings.ts";
import { ownHistorySection } from "./own-history.ts";
import type { ReportView } from "./shown.ts";
import { weighing } from "./weighing.ts";

/** The report: what to do first, then why, then what nobody could see. */
export function reportPage(view: ReportView): Page {
  const { report, viewer } = view;
  return {
    title: nameOf(report),
    viewer,
    navigation: {
      installationId: report.installationId,
      organization: report.repositoryOwner,
      tab: null,
      owner: view.owner,
    },
    body: html`<div class="report">
      ${newer(view)} ${heading(view)} ${correctionsBox(view.corrections)} ${axes(report, view.context.signals)} ${whatToDo(view)}
      <div class="columns">
        <div class="main">
          ${
            report.pullRequest
              ? [changeSection(view), accountSection(view), ownHistorySection(report), accessSection(view)]
              : [accessSection(view), accountSection(view), ownHistorySection(report)]
          }
          ${weighing(report.assessment, view.context.signals)}
        </div>
        <aside aria-label="About this report">
          ${couldNotSee(report, view.now)} ${looked(report, view.context.signals)} ${historyBox(view)} ${otherLooks(view)}
          ${exposureBox(report)} ${whoSees(view)}
        </aside>
      </div>
    </div>`,
  };
}

/** A pull request's title; its number when the title went with the evidence. */
export const titleOf = ({ title, number }: NonNullable<Report["pullRequest"]>): string => title || `#${number}`;

const repositoryOf = (report: Report): string => `${report.repositoryOwner}/${report.repositoryName}`;

function nameOf(report: Report): string {
  if (report.pullRequest) return `${repositoryOf(report)} #${report.pullRequest.number}`;
  return `Access to ${repositoryOf(report)}`;
}

function heading(view: ReportView): Html {
  const { report, now, siblings, context } = view;
  const others = siblings.filter((other) => other.id !== report.id && other.pullRequest);
  return html`<header class="heading">
    ${crumbs(view)}
    <h1>${
      report.pullRequest
        ? html`<bdi>${titleOf(report.pullRequest)}</bdi> ${
            report.pullRequest.title ? html`<span class="muted">#${report.pullRequest.number}</span>` : null
          }`
        : html`Access of <bdi>${report.login}</bdi>`
    }</h1>
    ${report.evidenceErased ? ERASED : null}
    <p class="meta">
      ${report.pullRequest ? opened(report, report.pullRequest.createdAt, now) : granted(report, now)} · read
      ${ago(report.createdAt, now)}${
        report.pullRequest ? html` at <code>${report.pullRequest.headSha.slice(0, 7)}</code>` : null
      }${profile(report, context.githubUrl)}
    </p>
    ${
      others.length > 0
        ? html`<p class="meta">The same commit is also in
          ${others.map((other) => html`<a href="?pr=${other.pullRequest?.number}">#${other.pullRequest?.number}</a> `)}</p>`
        : null
    }
  </header>`;
}

/** Organisation, repository, report; the first two are pages for owners alone. */
function crumbs({ report, owner, administers }: ReportView): Html {
  const organization = `/orgs/${report.installationId}`;
  const [whose, where] = [html`${report.repositoryOwner}`, html`${report.repositoryName}`];
  return html`<nav class="eyebrow" aria-label="Where this report is">
    ${owner ? html`<a href="${organization}">${whose}</a>` : whose}
    / ${administers ? html`<a href="${organization}/repositories/${report.repositoryId}">${where}</a>` : where}
    / <span aria-current="page">${report.pullRequest ? `#${report.pullRequest.number}` : "access"}</span>
  </nav>`;
}

/** By the login that the account had then; an App has no profile. */
function profile({ login, assessment }: Report, githubUrl: string): Html | null {
  if (assessment.subject.kind !== "user") return null;
  return html` · <a href="${githubUrl}/${encodeURIComponent(login)}" rel="noreferrer">profile on GitHub</a>`;
}

const ERASED = html`<p class="banner">
  The evidence was kept for its time and is deleted; the bands are what is left.
</p>`;

const opened = (report: Report, at: Instant, now: Instant): Html =>
  html`opened ${ago(at, now)} by <bdi>${report.login}</bdi>, ${met(report)}`;

/** What was granted, when the report is about a grant. */
function granted(report: Report, now: Instant): Html {
  const grant = report.dossier.sections["access.grant"];
  if (grant.state !== "present") return html`${capital(met(report))}`;
  const { role, via, grantedAt } = grant.value;
  return html`${capital(role)} ${VIA_WORDS[via]}, ${ago(grantedAt, now)} · ${met(report)}`;
}

/** How well the organisation knows the account, from its own merges. */
function met(report: Report): string {
  const record = report.dossier.sections["access.recordHere"];
  if (record.state !== "present") return "an account whose earlier work here is not known";
  const { mergedCount } = record.value;
  if (mergedCount === 0) return "an account without a merged change here";
  return mergedCount === 1
    ? "an account with 1 merged change here"
    : `an account with ${mergedCount} merged changes here`;
}

function newer({ report, history }: ReportView): Html | null {
  const newest = history[0];
  if (!newest || newest.id === report.id || newest.createdAt <= report.createdAt) return null;
  return html`<p class="banner">
    This is an earlier look. <a href="/orgs/${report.installationId}/reports/${newest.id}">Open the newest one</a>.
  </p>`;
}

function whatToDo({ report, viewer, mayReview, address, now, context }: ReportView): Html {
  const { advice } = report.decision;
  const gives = mergingGives(report.dossier);
  return html`<section class="todo${report.decision.actions.includes("silent") ? "" : " due"}" aria-labelledby="todo">
    <h2 id="todo">What to do</h2>
    ${
      advice.length === 0
        ? html`<p>Nothing in particular. Review it as you review everything.</p>`
        : html`<ul>
          ${advice.map((sentence) => html`<li>${sentence}</li>`)}
        </ul>`
    }
    ${gives && !report.closedAt ? html`<p class="muted small">${gives}</p>` : null}
    <div class="actions">
      ${reviewed(report, { viewer, mayReview, address, now })}
      ${onGitHub(report, context.githubUrl)}
      ${report.decision.actions.some((action) => GRAVE.has(action)) ? html`<a class="button" href="/playbook">Open the playbook</a>` : null}
    </div>
  </section>`;
}

/** What the playbook has steps for. */
const GRAVE: ReadonlySet<Action> = new Set<Action>([
  "access_review",
  "access_review_24h",
  "suggest_security_contact",
  "suggest_hold_merge",
  "incident_playbook",
  "tell_owners_of_our_code",
]);

function onGitHub(report: Report, githubUrl: string): Html {
  const repository = `${githubUrl}/${repositoryOf(report)}`;
  return report.pullRequest
    ? html`<a class="button" href="${repository}/pull/${report.pullRequest.number}">Open the pull request</a>`
    : html`<a class="button" href="${repository}/settings/access">Open the access settings</a>`;
}

function reviewed(report: Report, view: Pick<ReportView, "viewer" | "mayReview" | "address" | "now">): Html | null {
  if (report.reviewed)
    return html`<p class="done">
      Reviewed by <bdi>${report.reviewed.byLogin}</bdi> ${ago(report.reviewed.at, view.now)}${verdictWords(report.reviewed.verdict)}
    </p>`;
  if (!view.mayReview) return null;
  return html`<form method="post" action="/orgs/${report.installationId}/reports/${report.id}/reviewed">
    <input type="hidden" name="csrf" value="${view.viewer.csrf}" />
    <input type="hidden" name="back" value="${view.address}" />
    ${verdictField(report.id)}
    <button class="button primary" type="submit">Mark reviewed</button>
  </form>`;
}
