import type { Finding } from "../../../assessment/assessment.ts";
import type { Instant } from "../../../clock.ts";
import type { AccountId } from "../../../ids.ts";
import type { SignalMeta } from "../../../signals/signal.ts";
import type { ListedReport, Report } from "../../../store/store.ts";
import { type Html, html } from "../../html.ts";
import { ago, exact } from "../../time.ts";
import {
  BAND_WORDS,
  counted,
  levelWords,
  REASON_WORDS,
  SECTION_WORDS,
  unknownWords,
  wasNotAsked,
} from "../../wording.ts";
import { vouchFold } from "../account/list-view.ts";
import { titleOf } from "./axes.ts";
import type { ReportView } from "./shown.ts";

/** Earlier assessments shown. */
const MAX_HISTORY_COUNT = 8;

/** What was missing, why, and when it may come; what was never asked is not a gap. */
export function couldNotSee(report: Report, now: Instant): Html {
  const gaps = report.assessment.couldNotSee.filter(({ reason }) => reason !== "not_requested");
  return html`<section aria-labelledby="unseen">
    <h2 id="unseen">Could not see</h2>
    <ul class="plain-list">
      ${gaps.map(
        ({ section, reason, retryAt }) => html`<li>
          ${SECTION_WORDS[section]} <span class="muted">(${REASON_WORDS[reason]}${
            retryAt && retryAt > now ? `, again at ${exact(retryAt)}` : ""
          })</span>
        </li>`,
      )}
      <li>private contributions <span class="muted">(never visible)</span></li>
    </ul>
    <p class="muted small">What is missing is never held against anybody.</p>
  </section>`;
}

/**
 * How many checks of each axis could look, with those that found nothing and those that could not tell behind folds.
 * The account's line is the one at the top of the page: checks on trial, and those about what this kind of report does
 * not ask for, count in neither.
 */
export function looked(report: Report, signals: ReadonlyMap<string, SignalMeta>): Html {
  const { findings, coverage, subject } = report.assessment;
  const clear = findings.filter(({ outcome }) => outcome === "clear");
  const unknown = findings.filter(({ outcome }) => outcome === "unknown");
  const unasked = unknown.filter(({ unknownBecause }) => unknownBecause !== null && wasNotAsked(unknownBecause));
  const untold = unknown.filter((finding) => !unasked.includes(finding));
  const uncounted = findings.filter(({ axis }) => axis === "P").length - coverage.applicableCount;
  const item = (finding: Finding): Html => html`<li>
    <a href="/signals/${finding.signal}">${titleOf(finding, signals)}</a>
    ${finding.unknownBecause ? html`<span class="muted"> (${unknownWords(finding.unknownBecause)})</span>` : null}
  </li>`;
  return html`<section aria-labelledby="looked">
    <h2 id="looked">Checks that could look</h2>
    <ul class="plain-list">
      ${
        report.pullRequest
          ? ofAxis(
              "change",
              findings.filter(({ axis }) => axis === "C"),
            )
          : null
      }
      ${ofAxis(
        "access",
        findings.filter(({ axis }) => axis === "X"),
      )}
      ${subject.kind === "user" ? html`<li>account: ${coverage.evaluatedCount} of ${coverage.applicableCount}</li>` : null}
    </ul>
    ${
      subject.kind === "user" && uncounted > 0
        ? html`<p class="muted small">${uncounted === 1 ? "One more check" : `${uncounted} more checks`} of the account
          ${uncounted === 1 ? "does" : "do"} not count: on trial, or about what this kind of report does not ask for.</p>`
        : null
    }
    ${fold(`${counted(clear.length, "check")} found nothing`, clear.map(item))}
    ${fold(`${counted(untold.length, "check")} could not tell`, untold.map(item))}
    ${fold(`${counted(unasked.length, "check")} of what this kind of report does not ask for`, unasked.map(item))}
  </section>`;
}

function ofAxis(name: string, findings: readonly Finding[]): Html | null {
  const seen = findings.filter(({ outcome }) => outcome !== "unknown").length;
  return findings.length === 0 ? null : html`<li>${name}: ${seen} of ${findings.length}</li>`;
}

const fold = (summary: string, items: readonly Html[]): Html | null =>
  items.length === 0
    ? null
    : html`<details>
        <summary>${summary}</summary>
        <ul class="plain-list">
          ${items}
        </ul>
      </details>`;

/** How often this pull request was looked at and what is new against the look before this one. */
export function historyBox({ report, history, now }: ReportView): Html | null {
  if (!report.pullRequest) return null;
  const earlier = history.filter(({ id, createdAt }) => id !== report.id && createdAt <= report.createdAt);
  const before = earlier[0];
  return html`<section aria-labelledby="history">
    <h2 id="history">History</h2>
    <p>${earlier.length === 0 ? "Read once." : `Read ${earlier.length + 1} times.`} ${before ? difference(before.assessment.findings, report) : null}</p>
    <ul class="plain-list">
      ${earlier.slice(0, MAX_HISTORY_COUNT).map(
        ({ id, createdAt, assessment }) => html`<li>
          <a href="/orgs/${report.installationId}/reports/${id}">${ago(createdAt, now)}</a>
          <span class="muted">change ${levelWords(assessment.change)}, account ${BAND_WORDS[assessment.persona.band]}</span>
        </li>`,
      )}
    </ul>
  </section>`;
}

/** What other reports say of the same account, and why they may say something else. */
export function otherLooks(view: ReportView): Html | null {
  const { report, others, owner, now, context } = view;
  if (report.accountId === null || (others.length === 0 && !owner)) return null;
  return html`<section aria-labelledby="others">
    <h2 id="others">The same account</h2>
    <ul class="plain-list">
      ${others.slice(0, MAX_HISTORY_COUNT).map(
        (other) => html`<li>
          <a href="/orgs/${other.installationId}/reports/${other.id}"><bdi>${placeWords(other)}</bdi></a>
          <span class="muted">${ago(other.createdAt, now)}, account ${BAND_WORDS[other.assessment.persona.band]}</span>
          ${seenThere(report, other, context.signals)}
        </li>`,
      )}
    </ul>
    ${owner ? ownersWords({ ...view, account: report.accountId }) : null}
  </section>`;
}

/** What only an owner reaches: all about the account, and the form to say that it is known. */
function ownersWords({ report, viewer, now, account }: ReportView & { readonly account: AccountId }): Html {
  const { installationId: id, repositoryOwner: accountLogin, repositoryId, repositoryName } = report;
  const places = new Map([[repositoryId, repositoryName]]);
  const isPerson = report.assessment.subject.kind === "user";
  return html`<p><a href="/orgs/${id}/accounts/${account}">Everything about this account</a></p>
    ${isPerson ? vouchFold({ installation: { id, accountLogin }, account, places, viewer, now }) : null}`;
}

/** A report in a few words: the pull request, or the access it is about. */
export const placeWords = ({ pullRequest, repositoryName }: Pick<ListedReport, "pullRequest" | "repositoryName">) =>
  pullRequest ? `${repositoryName} #${pullRequest.number}` : `access to ${repositoryName}`;

/** What fired there on the account and could not look here: two looks may differ by what each of them could ask. */
function seenThere(
  { assessment: { findings } }: Report,
  { assessment }: ListedReport,
  signals: ReadonlyMap<string, SignalMeta>,
): Html | null {
  const blind = new Set(findings.flatMap(({ signal, outcome }) => (outcome === "unknown" ? [signal] : [])));
  const seen = assessment.findings.filter(
    ({ axis, outcome, bits, signal }) => axis === "P" && outcome === "fired" && bits > 0 && blind.has(signal),
  );
  if (seen.length === 0) return null;
  return html`<br /><span class="small">Seen there, and not asked here: ${seen.map((each) => titleOf(each, signals)).join("; ")}.</span>`;
}

function difference(before: readonly Finding[], report: Report): string {
  const fired = (findings: readonly Finding[]): readonly string[] =>
    findings.filter(({ outcome }) => outcome === "fired").map(({ signal }) => signal);
  const [then, now] = [fired(before), fired(report.assessment.findings)];
  const added = now.filter((signal) => !then.includes(signal)).length;
  const gone = then.filter((signal) => !now.includes(signal)).length;
  if (added + gone === 0) return "Nothing new since the look before.";
  return `Since the look before: ${added} new, ${gone} gone.`;
}

/** Reminds the reader that looking is recorded, and that the account cannot look itself. */
export function whoSees({ report, readers }: ReportView): Html {
  return html`<section aria-labelledby="who">
    <h2 id="who">Who sees this</h2>
    <p class="muted small">
      ${readers.team === null ? "People" : `Members of the team ${readers.team}`} with the role ${readers.least} or more on ${report.repositoryName}${readers.team === null ? "" : ", and owners of the organisation"}, except the account it is about, and nobody
      about whom a flag is open or who was given write in the last 30 days, unless he owns the organisation. Opening it is recorded. On GitHub nothing of
      this is shown to anybody, but for findings of the diff where the policy says so.
    </p>
  </section>`;
}
