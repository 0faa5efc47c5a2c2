import type { AccessAudit } from "../../../access/audit.ts";
import { DAYS_OF_MONTH, type ExposureDecision, lineKey } from "../../../access/exposure-decision.ts";
import { EXPOSURES, type Exposure } from "../../../access/lines/kinds.ts";
import { openFor } from "../../../access/lines/open-since.ts";
import type { Remedy } from "../../../access/remedy/paths.ts";
import { exposedAccount, exposedRepository, namesOf } from "../../../access/words.ts";
import type { Instant } from "../../../clock.ts";
import type { Installation } from "../../../store/store.ts";
import { decisionFields, type RefusedDecision } from "../../decision-form.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { ago, day } from "../../time.ts";
import { capital } from "../../wording.ts";
import { COMMANDS_LEAD, commandList, isEmpty } from "./commands.ts";
import { lastActWords } from "./due.ts";
import { lineDecided } from "./exposure.ts";

interface LineView {
  readonly installation: Installation;
  readonly audit: AccessAudit;
  readonly line: Exposure;
  /** What counts for it now; null while it waits. */
  readonly decision: ExposureDecision | null;
  /** What would answer it on GitHub. */
  readonly remedy: Remedy;
  readonly viewer: Viewer;
  readonly now: Instant;
  readonly refused: RefusedDecision | null;
}

/** One line of standing exposure, and the form that decides on it. */
export function linePage(view: LineView): Page {
  const { installation, audit, line, decision, viewer, now, refused, remedy } = view;
  const names = namesOf(audit);
  const { title, closes } = EXPOSURES[line.kind];
  const base = `/orgs/${installation.id}`;
  return {
    title: "Standing exposure",
    viewer,
    navigation: ownerNavigation(installation, "audit"),
    body: html`<p class="eyebrow"><a href="${base}/audit#exposure">Access audit</a></p>
      <h1>${line.account === null ? capital(exposedAccount(line, names)) : html`<a href="${base}/accounts/${line.account}"><bdi>${exposedAccount(line, names)}</bdi></a>`}</h1>
      <p class="lead">${capital(title)}.</p>
      <dl class="readings">
        <div><dt>Role</dt><dd>${line.role}</dd></div>
        <div><dt>Where</dt><dd>${exposedRepository(line, names)}</dd></div>
        <div><dt>Seen</dt><dd>${ago(audit.takenAt, now)}, by the last audit</dd></div>
        ${line.openSince && !decision ? html`<div><dt>Open since</dt><dd>${day(line.openSince)}${openFor(line, now) && `, ${openFor(line, now)}`}</dd></div>` : null}
        ${line.dueEvery === undefined ? null : html`<div><dt>Last act here</dt><dd>${lastActWords(line)}</dd></div>`}
        <div><dt>Closes by</dt><dd>${closes}</dd></div>
      </dl>
      ${decision && decided(decision, now)}
      ${
        isEmpty(remedy)
          ? null
          : html`<section aria-labelledby="commands">
        <h2 id="commands">On GitHub</h2>
        <p class="muted small">${COMMANDS_LEAD}</p>
        ${commandList(remedy)}
      </section>`
      }
      <section aria-labelledby="decide">
        <h2 id="decide">${decision ? "Decide anew" : "Decide"}</h2>
        <form method="post" action="${base}/audit/lines/${lineKey(line)}" class="stacked">
          <input type="hidden" name="csrf" value="${viewer.csrf}" />
          <input type="hidden" name="seen" value="${extentOf(line)}" />
          ${decisionFields({ id: "line", refused, now, returns: line.dueEvery === undefined ? RETURNS : dueReturns(line.dueEvery), days: usualDays(line) })}
        </form>
      </section>`,
  };
}

const RETURNS =
  "Until that day it does not come back, unless it reaches further: a higher role, or more than was decided about. What was lowered or removed comes back if the next audit still sees it.";

const dueReturns = (months: number): string =>
  `Until that day it does not come back, and at most for ${months === 1 ? "a month" : `${months} months`}, unless it reaches further.`;

/** A look that comes back by itself is kept until then, unless the form says another day. */
const usualDays = ({ dueEvery }: Exposure): number | undefined => dueEvery && dueEvery * DAYS_OF_MONTH;

/** How far a line reaches, as the form carries it: nobody decides on more than he was shown. */
export const extentOf = ({ role, repository, accountCount, repositoryCount, everywhere }: Exposure): string =>
  [role, repository, accountCount, repositoryCount, everywhere].map((part) => part ?? "").join(" ");

const decided = (
  decision: ExposureDecision,
  now: Instant,
): Html => html`<section class="banner" aria-label="What was decided">
  <p class="quote">${decision.reason}</p>
  <p class="meta">${lineDecided(decision)}, by <bdi>${decision.by.login}</bdi> ${ago(decision.at, now)}</p>
</section>`;
