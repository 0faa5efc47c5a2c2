import { levelRank } from "../../../assessment/levels.ts";
import type { Instant } from "../../../clock.ts";
import { PUSH_OUTCOMES, type PushOutcome, type UnreviewedPush } from "../../../decision/unreviewed-push.ts";
import type { Installation } from "../../../store/store.ts";
import { reasonFields } from "../../decision-form.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { ago } from "../../time.ts";
import { CHANGE_URGENCY, counted, levelWords } from "../../wording.ts";
import { excerptOf } from "../report/excerpt.ts";

/** A decision that could not be taken as it was given. */
export interface RefusedPushDecision {
  readonly alertId: string;
  readonly problem: "reason" | "outcome";
  readonly given: string;
  readonly outcome: PushOutcome | null;
}

interface PushesView {
  /** Pushes of all alerts, newest first. */
  readonly alerted: readonly UnreviewedPush[];
  /** Pushes that were not seen whole and began no alert. */
  readonly unseen: readonly UnreviewedPush[];
  readonly installation: Installation;
  readonly viewer: Viewer;
  readonly now: Instant;
  readonly refused: RefusedPushDecision | null;
  readonly githubUrl: string;
}

/** Alerts that wait for a decision, what was decided about others, and what nobody could look at. */
export function pushesPage(view: PushesView): Page {
  const { alerted, unseen, installation, viewer, now } = view;
  const alerts = [...Map.groupBy(alerted, ({ alertId }) => alertId ?? "").values()];
  const isOpen = (pushes: readonly UnreviewedPush[]): boolean => pushes.some(({ state }) => state.kind === "open");
  const [open, decided] = [alerts.filter(isOpen), alerts.filter((pushes) => !isOpen(pushes))];
  return {
    title: "Pushes",
    viewer,
    navigation: ownerNavigation(installation, "pushes"),
    body: html`<h1>Pushes that nobody reviewed</h1>
      <p class="lead">
        What came to a default or release branch without a merged pull request, where a check of the change calls for a
        look. It says nothing about whoever pushed, whose account or key may be stolen, and nothing on GitHub.
        <a href="/playbook#push">What to do</a>.
      </p>
      <h2>Needs a decision <span class="counter">${open.length}</span></h2>
      ${
        open.length === 0
          ? html`<p class="blank">No push waits for a decision.</p>`
          : html`<div class="cards">${open.map((pushes) => alert(pushes, view))}</div>`
      }
      ${
        decided.length === 0
          ? null
          : html`<h2>Decided</h2>
            <ul class="rows">${decided.map((pushes) => decidedAlert(pushes, now))}</ul>`
      }
      ${
        unseen.length === 0
          ? null
          : html`<h2>Not looked at, or not at all of it</h2>
            <ul class="rows">${unseen.map((push) => notSeen(push, view))}</ul>`
      }`,
  };
}

/** Pushes of an alert that are shown with what was found in them; of the others the place. */
const MAX_DETAILED = 10;

function alert(pushes: readonly UnreviewedPush[], view: PushesView): Html {
  const gravestFirst = pushes.toSorted((a, b) => levelRank(b.level) - levelRank(a.level));
  const [first] = gravestFirst;
  if (first === undefined) return html``;
  const id = first.alertId ?? first.id;
  const repositories = new Set(pushes.map(({ repositoryId }) => repositoryId)).size;
  const open = pushes.filter(({ state }) => state.kind === "open").length;
  return html`<article class="card" id="alert-${id}" aria-labelledby="name-${id}">
    <h3 id="name-${id}">${
      pushes.length === 1
        ? nameOf(first)
        : `${counted(pushes.length, "push", "pushes")} to ${counted(repositories, "repository", "repositories")}`
    }</h3>
    <p class="meta">seen ${ago(first.seenAt, view.now)}${open < pushes.length ? ` · ${open} of them still open` : null}</p>
    ${gravestFirst.slice(0, MAX_DETAILED).map((push, index) => detailed(push, view, index === 0))}
    ${
      gravestFirst.length > MAX_DETAILED
        ? html`<ul class="plain-list">${gravestFirst.slice(MAX_DETAILED).map((push) => html`<li>${placeLink(push, view)}</li>`)}</ul>`
        : null
    }
    ${decisionForm(id, view)}
  </article>`;
}

const nameOf = ({ repositoryOwner, repositoryName, branch }: UnreviewedPush): Html =>
  html`${repositoryOwner}/${repositoryName}, <bdi>${branch}</bdi>`;

const placeLink = (push: UnreviewedPush, view: PushesView): Html =>
  html`<a href="${addressOf(push, view)}" rel="noreferrer">${nameOf(push)}</a>`;

/** What the push brought, on GitHub. */
function addressOf({ repositoryOwner, repositoryName, before, headSha }: UnreviewedPush, view: PushesView): string {
  const place = `${view.githubUrl}/${repositoryOwner}/${repositoryName}`;
  return before === null ? `${place}/commit/${headSha}` : `${place}/compare/${before}...${headSha}`;
}

function detailed(push: UnreviewedPush, view: PushesView, isFirst: boolean): Html {
  const { level, complete, findings, findingsLeftOut, notChecked } = push;
  return html`<details${isFirst ? html` open` : null}>
    <summary>${nameOf(push)} <span class="level ${CHANGE_URGENCY[level]}">change ${levelWords({ level, complete })}</span></summary>
    <p><a href="${addressOf(push, view)}" rel="noreferrer">The change on GitHub</a></p>
    <ol class="evidence">${findings.map(found)}</ol>
    ${findingsLeftOut > 0 ? html`<p class="muted">And ${counted(findingsLeftOut, "finding")} more.</p>` : null}
    ${notChecked.length > 0 ? html`<p class="muted small">Not checked: ${reasonsOf(push)}</p>` : null}
  </details>`;
}

const found = ({
  signal,
  severity,
  fact,
  path,
  line,
  endLine,
  why,
  fine,
  lines,
}: UnreviewedPush["findings"][number]): Html =>
  html`<li>
    <p>${fact} <span class="tag">${severity}</span></p>
    ${path !== null && line !== null ? excerptOf(lines, { path, line, ...(endLine !== null && { endLine }) }, null) : null}
    <p class="small">${why} ${fine}</p>
    <p class="more"><a href="/signals/${signal}">Why this is looked at, and its sources</a></p>
  </li>`;

const reasonsOf = ({ notChecked }: UnreviewedPush): string =>
  [...new Set(notChecked.map(({ because }) => because))].join("; ");

const OUTCOME_WORDS: Readonly<Record<PushOutcome, { readonly asked: string; readonly told: string }>> = {
  meant: { asked: "It was meant: whoever pushed it says so", told: "meant" },
  reverted: { asked: "It was not: it is reverted, and what it could reach is replaced", told: "reverted" },
};

const PROBLEMS: Readonly<Record<RefusedPushDecision["problem"], string>> = {
  reason: "Write between 8 and 2,000 characters. Nothing was changed.",
  outcome: "Choose what it was. Nothing was changed.",
};

function decisionForm(id: string, view: PushesView): Html {
  const refused = view.refused?.alertId === id ? view.refused : null;
  return html`<details${refused ? html` open` : null}>
    <summary class="button">Decide</summary>
    <form method="post" action="/orgs/${view.installation.id}/pushes/${id}/decide" class="stacked">
      <input type="hidden" name="csrf" value="${view.viewer.csrf}" />
      <fieldset class="choices">
        <legend>What it was</legend>
        ${PUSH_OUTCOMES.map(
          (outcome) => html`<div>
            <input type="radio" id="${outcome}-${id}" name="outcome" value="${outcome}"${outcome === refused?.outcome ? html` checked` : null} required />
            <label for="${outcome}-${id}">${OUTCOME_WORDS[outcome].asked}</label>
          </div>`,
        )}
      </fieldset>
      ${reasonFields({ id, given: refused?.given ?? "", isShort: refused?.problem === "reason", problem: refused && PROBLEMS[refused.problem] })}
    </form>
  </details>`;
}

function decidedAlert(pushes: readonly UnreviewedPush[], now: Instant): Html {
  const [first] = pushes;
  if (first?.state.kind !== "decided") return html``;
  const { outcome, reason, byLogin, at } = first.state;
  return html`<li>
    <div>
      <span class="title">${nameOf(first)}</span>
      ${pushes.length > 1 ? html`<span class="muted small">and ${counted(pushes.length - 1, "push", "pushes")} more</span>` : null}
      <p class="quote">${reason}</p>
    </div>
    <div class="states muted small">${OUTCOME_WORDS[outcome].told}, by <bdi>${byLogin}</bdi> ${ago(at, now)}</div>
  </li>`;
}

const notSeen = (push: UnreviewedPush, view: PushesView): Html => html`<li>
  <div>
    <span class="title">${placeLink(push, view)}</span>
    <p class="small">${reasonsOf(push)}</p>
  </div>
  <div class="states muted small">${ago(push.seenAt, view.now)}</div>
</li>`;
