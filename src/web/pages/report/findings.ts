import { type Alike, alike } from "../../../assessment/alike.ts";
import type { Finding } from "../../../assessment/assessment.ts";
import { leadWords } from "../../../assessment/words.ts";
import { FAMILIES, type Family } from "../../../signals/families.ts";
import type { Evidence } from "../../../signals/signal.ts";
import type { Report } from "../../../store/store.ts";
import { type Html, html, webAddress } from "../../html.ts";
import { exact } from "../../time.ts";
import { BAND_WORDS, counted, TIER_WORDS, unknownWords } from "../../wording.ts";
import { firedOn, titleOf } from "./axes.ts";
import { excerpt } from "./excerpt.ts";
import type { ReportView } from "./shown.ts";
import { newness, sinceLine } from "./since.ts";

/** What of the page these sections are made of. */
type Shown = Pick<ReportView, "report" | "since" | "now" | "context">;

/** What the change could do, worst first. */
export function changeSection(view: Shown): Html {
  const findings = firedOn(view.report, "C");
  const { level, complete } = view.report.assessment.change;
  const quiet =
    level === "unknown"
      ? "The changed lines could not be read, so nothing can be said about them."
      : `Nothing in the changed lines${complete ? "" : " that could be read"} calls for special care.`;
  return html`<section aria-labelledby="change">
    <h2 id="change">The change</h2>
    ${sinceLine(view)}
    ${findings.length === 0 ? html`<p class="blank">${quiet}</p>` : findings.map((finding) => card(finding, view))}
    ${complete === false ? notRead(view) : null}
  </section>`;
}

/** What the checks of the change could not look at, each said once. */
function notRead({ report }: Shown): Html {
  const said = report.assessment.findings.flatMap(({ axis, unknownBecause }) =>
    axis === "C" && unknownBecause !== null ? [unknownWords(unknownBecause)] : [],
  );
  return html`<p class="muted">Not read: ${[...new Set(said)].join("; ")}.</p>`;
}

/** What is known about the account, by family, strongest first; then what speaks for it. */
export function accountSection(view: Shown): Html {
  const { persona } = view.report.assessment;
  const findings = firedOn(view.report, "P");
  const lead = leadWords(view.report.assessment);
  const families = [...new Set(findings.map((finding) => finding.family))].sort(
    (a, b) => bitsOf(view.report, b) - bitsOf(view.report, a),
  );
  return html`<section aria-labelledby="account">
    <h2 id="account">The account</h2>
    ${lead === null ? null : html`<p>${lead}</p>`}
    ${findings.length === 0 ? html`<p class="blank">${nothingFound(view.report)}</p>` : null}
    ${families.map(
      (family) => html`<h3 class="family">${FAMILIES[family].title}</h3>
        ${findings.filter((finding) => finding.family === family).map((finding) => card(finding, view))}`,
    )}
    ${
      persona.mitigations.length > 0
        ? html`<h3 class="family">What speaks for the account</h3>
          <ul class="plain-list">
            ${persona.mitigations.map(({ because }) => html`<li>${because}</li>`)}
          </ul>`
        : null
    }
    ${
      persona.heldBackFrom
        ? html`<p class="muted">
          By weight alone this would read “${BAND_WORDS[persona.heldBackFrom]}”. It does not, because kinds of evidence that
          are independent of one another are missing.
        </p>`
        : null
    }
  </section>`;
}

/** What the account can reach, worst first; absent when nothing was found. */
export function accessSection(view: Shown): Html | null {
  const findings = firedOn(view.report, "X");
  if (findings.length === 0) return null;
  return html`<section aria-labelledby="access">
    <h2 id="access">The access</h2>
    ${findings.map((finding) => card(finding, view))}
  </section>`;
}

function nothingFound({ assessment }: Report): string {
  const { evaluatedCount, applicableCount } = assessment.coverage;
  if (assessment.subject.kind !== "user") return "This is not a person's account.";
  if (assessment.persona.band === "insufficient_evidence")
    return `Too little to say: ${evaluatedCount} of ${applicableCount} checks could look. That is how most newcomers look.`;
  return `Nothing notable. ${evaluatedCount} of ${applicableCount} checks could look.`;
}

const bitsOf = (report: Report, family: Family): number =>
  report.assessment.persona.families.find((share) => share.family === family)?.bits ?? 0;

function card(finding: Finding, view: Shown): Html {
  const meta = view.context.signals.get(finding.signal);
  return html`<article class="finding">
    <h3>${titleOf(finding, view.context.signals)} ${finding.severity ? html`<span class="tag">${finding.severity}</span>` : null}</h3>
    <ol class="evidence">
      ${alike(finding.evidence).map((group) => fact(group, view))}
    </ol>
    ${finding.evidenceLeftOut > 0 ? html`<p class="muted">And ${counted(finding.evidenceLeftOut, "fact")} more of the kind, which the change itself shows.</p>` : null}
    ${
      meta
        ? html`<dl class="readings">
          ${reading("Fine if", html`${list(meta.benign)}`)} ${meta.baseRate ? reading("How common", meta.baseRate) : null}
          ${reading("Clears by", meta.clears)}
        </dl>`
        : null
    }
    ${meta ? html`<p class="more"><a href="/signals/${finding.signal}">Why this is looked at, and its sources</a></p>` : null}
  </article>`;
}

const reading = (name: string, says: Html | string): Html => html`<div><dt>${name}</dt><dd>${says}</dd></div>`;

const list = (sentences: readonly string[]): Html =>
  sentences.length === 1
    ? html`${sentences[0]}`
    : html`<ul>
        ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`;

/** Commits named by their SHA; the rest are counted. */
const NAMED_COMMITS = 4;

function fact({ evidence, commits }: Alike, view: Shown): Html {
  const { place, at } = evidence;
  const more = commits.length - NAMED_COMMITS;
  return html`<li>
    <p>${evidence.fact}${newness(evidence, view)}</p>
    ${sameElsewhere(evidence, view)}
    ${place ? excerpt(view.report, place, linkOf(evidence, view)) : null}
    <p class="source">
      ${at ? html`<time datetime="${at}">${exact(at)}</time> · ` : null}
      ${!place && evidence.link ? html`<a href="${webAddress(evidence.link)}" rel="noreferrer">see it on GitHub</a> · ` : null}
      ${commits.length > 0 ? html`${commits.length === 1 ? "commit" : `${commits.length} commits:`} ` : null}
      ${commits.slice(0, NAMED_COMMITS).map(({ oid }) => html`<code>${oid.slice(0, 7)}</code> `)}
      ${more > 0 ? `and ${more} more` : null} ${commits.length > 0 ? " · " : null}
      ${TIER_WORDS[evidence.tier]}
    </p>
  </li>`;
}

/** The same key in several places has to be withdrawn once, and taken out of each. */
function sameElsewhere({ keyedHash }: Evidence, { report }: Shown): Html | null {
  if (keyedHash === undefined) return null;
  const same = report.assessment.findings
    .flatMap(({ evidence }) => evidence)
    .filter((each) => each.keyedHash === keyedHash);
  return same.length < 2
    ? null
    : html`<p class="source">The same one stands in ${same.length} places shown here (${keyedHash}).</p>`;
}

/** Where the lines stand on GitHub, at the commit that was read. */
function linkOf({ place, link }: Evidence, { report, context }: Shown): string | null {
  if (link) return webAddress(link);
  if (!place || !report.pullRequest) return null;
  const path = place.path.split("/").map(encodeURIComponent).join("/");
  const lines = `L${place.line}${place.endLine ? `-L${place.endLine}` : ""}`;
  const repository = `${report.repositoryOwner}/${report.repositoryName}`;
  return `${context.githubUrl}/${repository}/blob/${report.pullRequest.headSha}/${path}#${lines}`;
}
