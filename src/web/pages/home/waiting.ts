import { z } from "zod";
import type { Instant } from "../../../clock.ts";
import type { Action } from "../../../decision/decision.ts";
import { urgencyOf } from "../../../decision/urgency.ts";
import type { ListedReport } from "../../../store/store.ts";
import { type Html, html } from "../../html.ts";
import { ago } from "../../time.ts";
import { CHANGE_URGENCY, capital, counted, levelWords } from "../../wording.ts";
import { titleOf } from "../report/view.ts";

const STATES = ["waiting", "all"] as const;
const KINDS = ["any", "pull requests", "access"] as const;

/** The list's state, all of it in the address. Whatever does not fit is left out. */
export const listQuery = z.object({
  q: z.string().max(100).catch("").default(""),
  show: z.enum(STATES).catch("waiting").default("waiting"),
  about: z.enum(KINDS).catch("any").default("any"),
});
export type ListQuery = z.infer<typeof listQuery>;

type Listed = Pick<
  ListedReport,
  | "id"
  | "installationId"
  | "repositoryOwner"
  | "repositoryName"
  | "pullRequest"
  | "login"
  | "createdAt"
  | "closedAt"
  | "reviewed"
  | "assessment"
  | "decision"
>;

/** What waits, the most urgent first and then the newest; what somebody has looked at comes last. */
export const inOrderOfUrgency = <Report extends Listed>(reports: readonly Report[]): readonly Report[] =>
  reports.toSorted(
    (a, b) =>
      Number(isDone(a)) - Number(isDone(b)) ||
      urgencyOf(a.decision) - urgencyOf(b.decision) ||
      (a.createdAt < b.createdAt ? 1 : Number(a.createdAt > b.createdAt) * -1),
  );

const isDone = ({ reviewed, closedAt }: Listed): boolean => reviewed !== null || closedAt !== null;

/** Those that a search and a choice leave, in order. */
export function chosen<Report extends Listed>(reports: readonly Report[], { q, about }: ListQuery): readonly Report[] {
  const wanted = q.trim().toLowerCase();
  const fits = ({ pullRequest, login, repositoryOwner, repositoryName }: Report): boolean =>
    (about === "any" || (pullRequest !== null) === (about === "pull requests")) &&
    [
      login,
      `${repositoryOwner}/${repositoryName}`,
      pullRequest ? titleOf(pullRequest) : "",
      `#${pullRequest?.number}`,
    ].some((text) => text.toLowerCase().includes(wanted));
  return inOrderOfUrgency(reports.filter(fits));
}

/** The form above the list: search and choices, kept in the address. */
export const filters = ({ q, show, about }: ListQuery): Html =>
  html`<form method="get" class="filters" role="search">
    <div><label for="q">Title, login or repository</label><input id="q" name="q" type="search" value="${q}" /></div>
    ${choice({ name: "show", label: "Show", values: STATES, chosen: show })}
    ${choice({ name: "about", label: "About", values: KINDS, chosen: about })}
    <button class="button" type="submit">Show</button>
  </form>`;

const choice = (given: {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
  readonly chosen: string;
}): Html =>
  html`<div><label for="${given.name}">${given.label}</label><select id="${given.name}" name="${given.name}">
    ${given.values.map((value) => html`<option value="${value}"${value === given.chosen ? html` selected` : null}>${capital(value)}</option>`)}
  </select></div>`;

/** Reports as a list, each with the first thing to do; the account's band stays inside. */
export function reportList(reports: readonly Listed[], now: Instant): Html {
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
          ${isDone(report) || report.decision.advice.length === 0 ? null : html`<p class="small">${report.decision.advice[0]}</p>`}
        </div>
        <div class="states">${states(report)}</div>
      </li>`,
    )}
  </ul>`;
}

function states(report: Listed): Html {
  const { change } = report.assessment;
  if (report.closedAt) return html`<span class="muted small">closed</span>`;
  if (report.reviewed) return html`<span class="muted small">reviewed</span>`;
  return html`${
    report.pullRequest && (change.level !== "low" || change.complete === false)
      ? html`<span class="level ${CHANGE_URGENCY[change.level]}">change ${levelWords(change)}</span>`
      : null
  }
  ${report.decision.actions.every((action) => QUIET.includes(action)) ? null : html`<span class="tag">to look at</span>`}`;
}

/** A door that stands open says so in its sentence, and calls for nobody today. */
const QUIET: readonly Action[] = ["silent", "standing_exposure"];

/** How many there are, and whether older ones were left out. */
export const countWords = (
  count: number,
  { of, limited }: { readonly of: string; readonly limited: boolean },
): string => `${counted(count, "report")} ${of}${limited ? ", of the newest; the search looks no further back" : ""}`;
