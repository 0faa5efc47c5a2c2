import { newSince } from "../../../assessment/new-since.ts";
import type { FileDelta } from "../../../change/change.ts";
import type { Evidence } from "../../../signals/signal.ts";
import { inSlices } from "../../../slices.ts";
import type { EarlierReport, Report, TenantStore } from "../../../store/store.ts";
import { type Html, html } from "../../html.ts";
import { ago } from "../../time.ts";
import { counted } from "../../wording.ts";
import type { ReportView, SinceReview } from "./shown.ts";

/** Null when nobody reviewed an earlier head, or somebody has reviewed this one. Reads one report. */
export async function sinceReview(
  tenant: Pick<TenantStore, "report">,
  report: Report,
  history: readonly EarlierReport[],
): Promise<SinceReview | null> {
  if (report.reviewed !== null) return null;
  const last = history.find(
    ({ id, createdAt, reviewed }) => reviewed !== null && id !== report.id && createdAt <= report.createdAt,
  );
  const earlier = last ? await tenant.report(last.id) : null;
  if (earlier === null) return null;
  const erased = earlier.evidenceErased || report.evidenceErased;
  return { earlier, found: erased ? null : await inSlices(newSince(earlier, report)) };
}

/** What is new since the review, above what was found. */
export function sinceLine({ report, since, now }: Pick<ReportView, "report" | "since" | "now">): Html | null {
  if (since === null || since.earlier.reviewed === null) return null;
  const { reviewed, pullRequest } = since.earlier;
  const head = pullRequest?.headSha ?? "";
  const same = head === report.pullRequest?.headSha;
  const review = html`the review ${same ? "of this head" : html`of <code>${head.slice(0, 7)}</code>`} by
    <bdi>${reviewed.byLogin}</bdi> ${ago(reviewed.at, now)}`;
  if (since.found === null)
    return html`<p class="banner">What is new since ${review} cannot be told: the evidence of then is deleted.</p>`;
  const { fresh, seen, goneCount, files } = since.found;
  return html`<div class="since" role="note">
    <p>Since ${review}: <strong>${counted(fresh.size, "finding is new", "findings are new")}</strong>,
      ${seen.size} stood there then${goneCount > 0 ? html`, ${goneCount} gone` : null}.
      ${files === null ? "Not all files could be compared." : filesSentence(files)}</p>
    ${files === null || files.length === 0 ? null : filesFold(files)}
  </div>`;
}

const filesSentence = (files: readonly FileDelta[]): string =>
  files.length === 0
    ? "Every file holds what it held."
    : `${counted(files.length, "file differs", "files differ")} by content.`;

const MAX_FILES = 30;

function filesFold(files: readonly FileDelta[]): Html {
  const rest = files.length - MAX_FILES;
  return html`<details>
    <summary>Files that differ</summary>
    <ul class="plain-list">
      ${files
        .slice(0, MAX_FILES)
        .map(
          ({ path, line, lines }) =>
            html`<li><code>${path}:${line}</code> <span class="muted">${counted(lines, "line")}</span></li>`,
        )}
      ${rest > 0 ? html`<li class="muted">and ${rest} more</li>` : null}
    </ul>
  </details>`;
}

/** Whether a fact about the change is new since the review; nothing where nobody can tell. */
export function newness(evidence: Evidence, { since }: Pick<ReportView, "since">): Html | null {
  if (since?.found?.fresh.has(evidence)) return html` <span class="tag new">new since the review</span>`;
  if (since?.found?.seen.has(evidence)) return html` <span class="tag">seen at the review</span>`;
  return null;
}
