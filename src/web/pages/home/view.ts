import type { Instant } from "../../../clock.ts";
import type { Policy } from "../../../policy/policy.ts";
import type { Installation, Report } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ago } from "../../time.ts";
import { CHANGE_URGENCY, counted, levelWords } from "../../wording.ts";
import { titleOf } from "../report/view.ts";

/** What one organisation shows one viewer. */
export interface OrganizationOverview {
  readonly installation: Installation;
  readonly owner: boolean;
  readonly mode: Policy["mode"];
  /** Newest first; none about the viewer. */
  readonly reports: readonly Report[];
  readonly openFlagCount: number;
  readonly auditTakenAt: Instant | null;
  /** While the open pull requests are gone through: those that were read, of those found; else null. */
  readonly reading: { readonly read: number; readonly found: number } | null;
  /** Accounts that hold write and wait for their look; 0 for nobody but owners. */
  readonly holdersWaiting: number;
}

interface HomeView {
  readonly overviews: readonly OrganizationOverview[];
  /** True when GitHub could not be asked about some of it. */
  readonly incomplete: boolean;
  readonly viewer: Viewer;
  readonly now: Instant;
}

/** Reports shown per organisation on the front page. */
export const SHOWN_COUNT = 8;

/** Everything that waits for this person, by organisation. */
export function homePage({ overviews, incomplete, viewer, now }: HomeView): Page {
  return {
    title: "Your repositories",
    viewer,
    body: html`<h1>Your repositories</h1>
      ${incomplete ? INCOMPLETE : overviews.length === 0 ? NOTHING : null}
      ${overviews.map(
        (overview) => html`<section class="overview" aria-label="${overview.installation.accountLogin}">
          <h2>${
            overview.owner
              ? html`<a href="/orgs/${overview.installation.id}">${overview.installation.accountLogin}</a>`
              : overview.installation.accountLogin
          } ${overview.owner ? modeTag(overview) : null}</h2>
          ${overview.owner ? standing(overview, now) : null} ${reportList(overview.reports, now)}
        </section>`,
      )}`,
  };
}

/** One organisation, for its owners. */
export function overviewPage({
  overview,
  viewer,
  now,
}: Pick<HomeView, "viewer" | "now"> & { readonly overview: OrganizationOverview }): Page {
  const { installation } = overview;
  return {
    title: installation.accountLogin,
    viewer,
    navigation: {
      installationId: installation.id,
      organization: installation.accountLogin,
      tab: "overview",
      owner: true,
    },
    body: html`<h1>${installation.accountLogin} ${modeTag(overview)}</h1>
      ${installation.paused ? html`<p class="banner">GitHub suspended this installation: nothing is read or written.</p>` : null}
      ${standing(overview, now)}
      <h2>Recent reports</h2>
      ${reportList(overview.reports, now)}`,
  };
}

const NOTHING = html`<p class="blank">
  Nothing here yet. You see pull requests of repositories you can write to, and organisations you own, once this App is
  installed there and something arrived; of each organisation, the five repositories with the newest reports. The link in
  a pull request's check opens any other.
</p>`;

const INCOMPLETE = html`<p class="banner">
  GitHub could not be asked about all of your access just now, so something may be missing here. Try again in a minute;
  the link in a pull request's check works by itself.
</p>`;

const modeTag = ({ mode }: OrganizationOverview): Html | null =>
  mode === "shadow" ? html`<span class="tag">shadow mode</span>` : null;

function standing(
  { installation, openFlagCount, auditTakenAt, reading, holdersWaiting }: OrganizationOverview,
  now: Instant,
): Html {
  const base = `/orgs/${installation.id}`;
  return html`<ul class="standing">
    <li class="${openFlagCount > 0 ? "due" : ""}">
      <a href="${base}/flags">${
        openFlagCount === 0 ? "No grant waits for a decision" : `${counted(openFlagCount, "grant")} to decide on`
      }</a>
    </li>
    <li>
      <a href="${base}/audit">Access audit</a>
      <span class="muted">${auditTakenAt ? ago(auditTakenAt, now) : "not taken yet"}</span>
    </li>
    ${reading && html`<li>${reading.read} of ${counted(reading.found, "open pull request")} read; the others follow, newest first</li>`}
    ${holdersWaiting > 0 ? html`<li>${counted(holdersWaiting, "account")} with write still to be looked at</li>` : null}
  </ul>`;
}

/** Reports as a list. Says what the change could do and whether somebody looked; the account's band stays inside. */
function reportList(reports: readonly Report[], now: Instant): Html {
  if (reports.length === 0)
    return html`<p class="blank">No pull request has been read yet. The next one that opens appears here.</p>`;
  return html`<ul class="rows">
    ${reports.map(
      (report) => html`<li>
        <div>
          <a class="title" href="/orgs/${report.installationId}/reports/${report.id}"><bdi>${
            report.pullRequest ? titleOf(report.pullRequest) : `Access of ${report.login}`
          }</bdi></a>
          <span class="muted small">${report.repositoryOwner}/${report.repositoryName}${
            report.pullRequest ? ` #${report.pullRequest.number}` : ""
          } · ${ago(report.createdAt, now)}</span>
        </div>
        <div class="states">${states(report)}</div>
      </li>`,
    )}
  </ul>`;
}

function states(report: Report): Html {
  const { change } = report.assessment;
  if (report.closedAt) return html`<span class="muted small">closed</span>`;
  if (report.reviewed) return html`<span class="muted small">reviewed</span>`;
  return html`${
    report.pullRequest && (change.level !== "low" || change.complete === false)
      ? html`<span class="level ${CHANGE_URGENCY[change.level]}">change ${levelWords(change)}</span>`
      : null
  }
  ${report.decision.actions.includes("silent") ? null : html`<span class="tag">to look at</span>`}`;
}
