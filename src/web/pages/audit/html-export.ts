import { readFileSync } from "node:fs";
import type { AccessAudit } from "../../../access/audit.ts";
import { isOpen } from "../../../access/exposure-decision.ts";
import { canWrite } from "../../../access/grant.ts";
import { type ListedHolder, listedHolder } from "../../../access/holders/listed.ts";
import { DUE_LOOK } from "../../../access/lines/due-look.ts";
import { EXPOSURE_KINDS, EXPOSURES, type Exposure } from "../../../access/lines/kinds.ts";
import { openFor } from "../../../access/lines/open-since.ts";
import { exposedAccount, exposedRepository, type Names, namesOf, sourceWords } from "../../../access/words.ts";
import { plusDays } from "../../../clock.ts";
import { flagReason } from "../../flag-reason.ts";
import { type Html, html } from "../../html.ts";
import { day, weekOf } from "../../time.ts";
import { capital, counted } from "../../wording.ts";
import { changesSection } from "./changes.ts";
import { lastActWords } from "./due.ts";
import { invitedSection, notCheckedSection } from "./exposure.ts";

const STYLE = readFileSync(new URL("../../static/sallyport.css", import.meta.url), "utf8");
/** Repositories named for each account; the CSV has all. */
const NAMED_REPOSITORIES = 20;

/**
 * An audit as one file for whoever has no login here: style inside, no script, nothing loaded, whole on paper. It has
 * every line of the audit and everybody who writes; what was decided, not why.
 */
export function* auditHtml(audit: AccessAudit): Generator<string, void, void> {
  yield `<!doctype html>\n${head(audit).markup}<style>${STYLE}</style></head><body><main id="content">`;
  yield opening(audit).markup;
  yield* flags(audit);
  yield (audit.changes ? changesSection(audit, { others: true }) : NOT_COMPARED).markup;
  yield* exposure(audit);
  yield* due(audit);
  yield invitedSection(audit, null)?.markup ?? "";
  yield notCheckedSection(audit).markup;
  yield* writers(audit);
  yield "</main></body></html>\n";
}

const head = ({ organization, takenAt }: AccessAudit): Html => html`<html lang="en"><head>
  <meta charset="utf-8" />
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <meta name="color-scheme" content="light dark" />
  <title>Access audit of ${organization.login}, ${day(takenAt)}</title>`;

const NOT_COMPARED = html`<h2>Changed</h2><p class="blank">Not compared with an audit before.</p>`;

const opening = ({
  organization,
  takenAt,
  summary,
}: AccessAudit): Html => html`<h1>Access audit <span class="muted">week ${weekOf(takenAt)}</span></h1>
  <p class="meta">${organization.login}, as it was on ${day(takenAt)}. Confidential: it names people and what they can do.</p>
  <dl class="readings">
    <div><dt>Write or more</dt><dd>${counted(summary.accountsWithWrite, "account")}</dd></div>
    <div><dt>From outside</dt><dd>${summary.outsideAccountsWithWrite ?? "not checked"}</dd></div>
    <div><dt>Owners</dt><dd>${summary.owners ?? "not checked"}</dd></div>
    <div><dt>Repositories</dt><dd>${summary.activeRepositories} of ${summary.repositories} not archived</dd></div>
    <div><dt>Base permission</dt><dd>${organization.basePermission}</dd></div>
  </dl>`;

/** A section with a table, row by row: a long one is sent while it is made. */
function* table<Row>(
  { id, title, columns }: { readonly id: string; readonly title: string; readonly columns: readonly string[] },
  rows: readonly Row[],
  cells: (row: Row) => readonly (string | number | Html)[],
): Generator<string, void, void> {
  yield html`<h2 id="${id}">${title} <span class="counter">${rows.length}</span></h2>`.markup;
  if (rows.length === 0) return yield html`<p class="blank">None.</p>`.markup;
  yield html`<div class="scroll" tabindex="0" role="group" aria-label="${title}"><table class="figures"><thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>`
    .markup;
  for (const row of rows) yield html`<tr>${cells(row).map((cell) => html`<td>${cell}</td>`)}</tr>`.markup;
  yield "</tbody></table></div>";
}

function* flags({ flags: all }: AccessAudit): Generator<string, void, void> {
  const columns = ["Account", "Role", "Repository", "Why", "Raised"];
  const open = all.filter(({ state }) => state === "open");
  yield* table({ id: "decisions", title: "Needs a decision", columns }, open, (flag) => [
    ...[html`<bdi>${flag.login}</bdi>`, flag.role, flag.repositoryName, flagReason(flag.because), day(flag.raisedAt)],
  ]);
}

function* exposure(audit: AccessAudit): Generator<string, void, void> {
  const names = namesOf(audit);
  const columns = ["Account", "Repository", "Role", "Level", "Since", "Decision"];
  for (const kind of EXPOSURE_KINDS) {
    const lines = audit.exposure.filter((line) => line.kind === kind);
    if (lines.length === 0 || kind === DUE_LOOK) continue;
    const about = { id: kind, title: capital(EXPOSURES[kind].title), columns };
    yield* table(about, lines, (line) => exposureCells(line, audit, names));
    yield html`<p class="muted">Closes by: ${EXPOSURES[kind].closes}.</p>`.markup;
  }
}

const exposureCells = (line: Exposure, { takenAt }: AccessAudit, names: Names): readonly (string | Html)[] => [
  html`<bdi>${exposedAccount(line, names)}</bdi>`,
  exposedRepository(line, names),
  line.role,
  line.level,
  [line.openSince && day(line.openSince), openFor(line, takenAt)].filter(Boolean).join(", "),
  decision(line),
];

const decision = (line: Exposure): string =>
  isOpen(line) || line.keptUntil === undefined ? "open" : `decided, until ${day(plusDays(line.keptUntil, -1))}`;

function* due(audit: AccessAudit): Generator<string, void, void> {
  const lines = audit.exposure.filter(({ kind }) => kind === DUE_LOOK);
  if (lines.length === 0) return;
  const names = namesOf(audit);
  const columns = ["Account", "Role", "Where", "Last act here", "Decision"];
  yield* table({ id: "due", title: "Due for a look", columns }, lines, (line) => [
    html`<bdi>${exposedAccount(line, names)}</bdi>`,
    line.role,
    line.everywhere ? "everywhere" : exposedRepository(line, names),
    ...[lastActWords(line), decision(line)],
  ]);
}

function* writers(audit: AccessAudit): Generator<string, void, void> {
  const names = namesOf(audit);
  const { activeRepositories: activeCount } = audit.summary;
  const all = audit.accounts
    .flatMap((account) => listedHolder(account, { activeCount, on: null }) ?? [])
    .filter(({ writes }) => writes > 0);
  const columns = ["Account", "Belongs as", "Highest role", "Can write to", "How"];
  yield* table({ id: "writers", title: "Everybody with write or more", columns }, all, (holder) => [
    ...[html`<bdi>${holder.login}</bdi>`, holder.standing, holder.role, holder.writes, paths(holder, names)],
  ]);
}

function paths({ everywhere, effective }: ListedHolder, names: Names): Html {
  const own = effective.filter(({ role, via }) => canWrite(role) && via.some(({ kind }) => kind !== "owner"));
  return html`${everywhere && html`${everywhere.role} everywhere (${sourceWords(everywhere.via)}) `}
    ${own.slice(0, NAMED_REPOSITORIES).map((row) => html`${row.role} on ${names.repository(row.repository)} (${sourceWords(row.via)}) `)}
    ${own.length > NAMED_REPOSITORIES ? `and ${own.length - NAMED_REPOSITORIES} more` : null}`;
}
