import type { Flag } from "../../../access/flag.ts";
import { keyOf } from "../../../access/keys.ts";
import type { Remedy } from "../../../access/remedy/paths.ts";
import type { Remedies } from "../../../access/remedy/remedy.ts";
import type { Instant } from "../../../clock.ts";
import type { Installation } from "../../../store/store.ts";
import { decidedWords, decisionFields, type RefusedDecision } from "../../decision-form.ts";
import { flagReason } from "../../flag-reason.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { ago } from "../../time.ts";
import { verdictField } from "../../verdict-form.ts";
import { VIA_WORDS } from "../../wording.ts";
import { COMMANDS_LEAD, commandsFold } from "../audit/commands.ts";

/** A decision about a flag that could not be taken. */
export interface RefusedReason extends RefusedDecision {
  readonly flagId: string;
}

interface FlagsView {
  /** All flags, open and closed. */
  readonly flags: readonly Flag[];
  readonly installation: Installation;
  readonly viewer: Viewer;
  readonly now: Instant;
  readonly refused: RefusedReason | null;
  /** By the paths of the newest audit; null before the first. */
  readonly remedies: Remedies | null;
}

/** Grants that wait for a decision, and what was decided about others. */
export function flagsPage(view: FlagsView): Page {
  const { flags, installation, viewer, remedies } = view;
  const open = flags.filter(({ state }) => state.kind === "open");
  const closed = flags.filter(({ state }) => state.kind !== "open");
  const commands = (flag: Flag): Remedy | null => remedies && remedyOfFlag(remedies, flag);
  return {
    title: "Flags",
    viewer,
    navigation: ownerNavigation(installation, "flags"),
    body: html`<h1>Flags</h1>
      <p class="lead">
        Write access held by accounts somebody should look at. A flag stays until a person decides or the grant is gone.
        It says nothing on GitHub. <a href="/playbook#grant">How to review a grant</a>.
      </p>
      ${open.length > 0 && remedies ? html`<p class="muted small">${COMMANDS_LEAD}</p>` : null}
      <h2>Needs a decision <span class="counter">${open.length}</span></h2>
      ${
        open.length === 0
          ? html`<p class="blank">No grant waits for a decision.</p>`
          : html`<div class="cards">${open.map((flag) => openFlag(flag, { ...view, commands }))}</div>`
      }
      ${
        closed.length === 0
          ? null
          : html`<h2>Decided</h2>
            <ul class="rows">
              ${closed.map((flag) => closedFlag(flag, view.now))}
            </ul>`
      }`,
  };
}

interface FlagAround extends Pick<FlagsView, "installation" | "viewer" | "now" | "refused"> {
  /** What would answer it on GitHub, where the page knows by which paths the access comes. */
  readonly commands?: (flag: Flag) => Remedy | null;
}

/** Every path by which the flagged access comes. */
export const remedyOfFlag = (remedies: Remedies, flag: Flag): Remedy =>
  remedies.grant({ ...flag, account: keyOf(flag.accountId), repository: keyOf(flag.repositoryId) });

/** One open flag with the form that acknowledges it; the audit shows it too. */
export function openFlag(flag: Flag, view: FlagAround): Html {
  const base = `/orgs/${view.installation.id}`;
  const remedy = view.commands?.(flag) ?? null;
  const refused = view.refused?.flagId === flag.id ? view.refused : null;
  return html`<article class="card" id="flag-${flag.id}" aria-labelledby="name-${flag.id}">
    <h3 id="name-${flag.id}"><a href="${base}/accounts/${flag.accountId}"><bdi>${flag.login}</bdi></a></h3>
    <p>${flag.role} on <strong>${flag.repositoryName}</strong> <span class="muted">(${VIA_WORDS[flag.via]})</span></p>
    ${flagReason(flag.because)}
    <p class="meta">
      raised ${ago(flag.raisedAt, view.now)} · <a href="${base}/reports/${flag.reportId}">read the report</a>
    </p>
    ${remedy && commandsFold(remedy)}
    <details${refused ? html` open` : null}>
      <summary class="button">Decide</summary>
      <form method="post" action="${base}/flags/${flag.id}/acknowledge" class="stacked">
        <input type="hidden" name="csrf" value="${view.viewer.csrf}" />
        ${verdictField(flag.id)}
        ${decisionFields({ id: flag.id, refused, now: view.now, returns: RETURNS })}
      </form>
    </details>
  </article>`;
}

const RETURNS =
  "Until that day it does not come back, unless the role or what was found grows. What was lowered or removed comes back if the next audit still sees it.";

export function closedFlag({ login, role, repositoryName, state }: Flag, now: Instant): Html {
  return html`<li>
    <div>
      <span class="title"><bdi>${login}</bdi></span>
      <span class="muted small">${role} on ${repositoryName}</span>
      ${state.kind === "acknowledged" ? html`<p class="quote">${state.reason}</p>` : null}
    </div>
    <div class="states muted small">
      ${
        state.kind === "acknowledged"
          ? html`${decidedWords(state.outcome ?? "keep", state.until ?? null)}, by <bdi>${state.byLogin}</bdi> ${ago(state.at, now)}`
          : state.kind === "grant_gone"
            ? html`the grant is gone, ${ago(state.at, now)}`
            : null
      }
    </div>
  </li>`;
}
