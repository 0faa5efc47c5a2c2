import type { ScanSummary } from "../../../history/traces/scan.ts";
import type { PictureTraces } from "../../../history/traces/traces.ts";
import type { Report } from "../../../store/store.ts";
import { hourGrid } from "../../charts/hour-grid.ts";
import { identityTimeline } from "../../charts/identity-timeline.ts";
import { yearStrips } from "../../charts/year-strips.ts";
import { type Html, html } from "../../html.ts";
import { exact } from "../../time.ts";
import { counted } from "../../wording.ts";
import { copiesFound, repositoriesRead } from "./own-repositories.ts";

/** What a deep scan of the account's own repositories showed; absent when there was none or it could not be had. */
export function ownHistorySection({ dossier: { sections } }: Report): Html | null {
  const { "history.pictures": pictures, "history.scan": scan } = sections;
  if (pictures.state !== "present" && scan.state !== "present") return null;
  return html`<section class="own-history" aria-labelledby="own-history">
    <h2 id="own-history">History of its own repositories</h2>
    ${scan.state === "present" ? lead(scan.value) : null}
    ${pictures.state === "present" ? [times(pictures.value), identities(pictures.value)] : null}
    ${scan.state === "present" ? read(scan.value, scan.asOf) : null}
  </section>`;
}

function lead({ repositories }: ScanSummary): Html | null {
  const done = repositories.filter(({ state }) => state === "read");
  const commits = done.reduce((sum, { commitCount }) => sum + commitCount, 0);
  if (repositories.length === 0) return null;
  if (done.length === 0) return html`<p>No repository that the account owns could be read.</p>`;
  return html`<p>
    ${counted(commits, "commit")} in ${counted(done.length, "repository", "repositories")} that the account owns.
    <span class="muted">Dates, addresses and names of machines in commits are free text: whoever makes a commit writes
    them.</span>
  </p>`;
}

function times({ hours, weeks }: PictureTraces): Html {
  const drawn = hours.some((row) => row.some((count) => count > 0));
  return html`<h3>When commits were made</h3>
    ${
      drawn
        ? hourGrid(hours)
        : html`<p class="blank">No commits made on a machine of its own, so there is no time of day to show. Commits made on
          the web carry the time of GitHub's clock.</p>`
    }
    ${weeks.length > 0 ? html`<h3>Over the years</h3> ${yearStrips(weeks)}` : null}`;
}

function identities(pictures: PictureTraces): Html {
  return html`<h3>Addresses, machines and keys</h3>
    ${
      pictures.identities.length > 0
        ? identityTimeline(pictures.identities)
        : html`<p class="blank">No commits of its own, so there is no address, machine or key to show.</p>`
    }`;
}

function read(scan: ScanSummary, asOf: string): Html {
  return html`<h3>What was read</h3>
    ${
      scan.repositories.length > 0
        ? [repositoriesRead(scan.repositories), copiesFound(scan)]
        : html`<p class="blank">Nothing to read: no repository of its own was found.</p>`
    }
    <p class="muted small">Read by ${scan.by === "api" ? "GitHub's API" : "git"} at
      <time datetime="${asOf}">${exact(asOf)}</time> with ${counted(scan.requests, "request")},
      ${counted(scan.points, "point")}, ${scan.seconds.toFixed(1)} s.</p>`;
}
