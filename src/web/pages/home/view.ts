import type { Instant } from "../../../clock.ts";
import type { Policy } from "../../../policy/policy.ts";
import type { Installation, ListedReport } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ago } from "../../time.ts";
import { counted } from "../../wording.ts";
import { countWords, filters, type ListQuery, reportList } from "./waiting.ts";

/** What one organisation shows one viewer. */
export interface OrganizationOverview {
  readonly installation: Installation;
  readonly owner: boolean;
  readonly mode: Policy["mode"];
  /** The most urgent first; none about the viewer. */
  readonly reports: readonly ListedReport[];
  readonly openFlagCount: number;
  /** Alerts about pushes that nobody reviewed; 0 for nobody but owners. */
  readonly openPushCount: number;
  readonly auditTakenAt: Instant | null;
  /** Groups of accounts that hard evidence joins. */
  readonly clusterCount: number;
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
          ${overview.owner ? standing(overview, now) : null}
          ${overview.reports.length === 0 ? NOTHING_READ : reportList(overview.reports, now)}
        </section>`,
      )}`,
  };
}

/** One organisation, for its owners. */
export function overviewPage({
  overview,
  query,
  limited,
  viewer,
  now,
}: Pick<HomeView, "viewer" | "now"> & {
  readonly overview: OrganizationOverview;
  readonly query: ListQuery;
  /** True when there may be older reports. */
  readonly limited: boolean;
}): Page {
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
      <h2>${query.show === "waiting" ? "What waits" : "All reports"}</h2>
      ${filters(query)}
      <p class="meta">${countWords(overview.reports.length, { of: query.show === "waiting" ? "that nobody has closed" : "", limited })}</p>
      ${overview.reports.length > 0 ? reportList(overview.reports, now) : isPlain(query) ? NOTHING_READ : html`<p class="blank">No report fits.</p>`}`,
  };
}

const isPlain = ({ q, about }: ListQuery): boolean => q === "" && about === "any";

const NOTHING_READ = html`<p class="blank">
  Nothing waits. The next pull request that opens, and the next account that is given write, appears here.
</p>`;

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
  {
    installation,
    openFlagCount,
    openPushCount,
    auditTakenAt,
    clusterCount,
    reading,
    holdersWaiting,
  }: OrganizationOverview,
  now: Instant,
): Html {
  const base = `/orgs/${installation.id}`;
  return html`<ul class="standing">
    <li class="${openFlagCount > 0 ? "due" : ""}">
      <a href="${base}/flags">${
        openFlagCount === 0 ? "No grant waits for a decision" : `${counted(openFlagCount, "grant")} to decide on`
      }</a>
    </li>
    ${
      openPushCount > 0
        ? html`<li class="due"><a href="${base}/pushes">${counted(openPushCount, "alert")} about pushes that nobody reviewed</a></li>`
        : null
    }
    <li>
      <a href="${base}/audit">Access audit</a>
      <span class="muted">${auditTakenAt ? ago(auditTakenAt, now) : "not taken yet"}</span>
    </li>
    ${
      clusterCount > 0
        ? html`<li><a href="${base}/clusters">${counted(clusterCount, "group")} of accounts joined by hard evidence</a></li>`
        : null
    }
    ${reading && html`<li>${reading.read} of ${counted(reading.found, "open pull request")} read; the others follow, newest first</li>`}
    ${holdersWaiting > 0 ? html`<li>${counted(holdersWaiting, "account")} with write still to be looked at</li>` : null}
  </ul>`;
}
