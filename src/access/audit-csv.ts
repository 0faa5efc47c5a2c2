import type { AccessAudit } from "./audit.ts";
import { invitedAs } from "./invitation.ts";
import { sourceWords } from "./words.ts";

/**
 * An audit as CSV (RFC 4180, CRLF), one row per account and repository. When roles on every repository are too many to
 * list, one row with the repository `*` says so per account. `state` tells what a row is: `active` can be used today,
 * `archived` is asleep, `invited` waits for an answer, and `not checked` is no role but something nobody looked at.
 * Safe to open in a spreadsheet.
 */
export const auditCsv = (audit: AccessAudit): string => [...csvRows(audit)].join("");

/** The same row by row, for whoever shares the loop. */
export function* csvRows(audit: AccessAudit): Generator<string, void, void> {
  yield csvRow(COLUMNS);
  for (const rows of [activeRows, archivedRows, invitedRows, notCheckedRows])
    for (const cells of rows(audit)) yield csvRow(cells);
}

type Cells = readonly string[];

function* activeRows({ accounts, labels, summary }: AccessAudit): Generator<Cells, void, void> {
  const repositories = new Map(labels.repositories.map((repository) => [repository.id, repository]));
  const allListed = summary.listedGrants === summary.effectiveGrants;
  for (const { account, login, kind, standing, everywhere, effective } of accounts) {
    const who = [account, login, kind, standing];
    for (const { repository, role, via } of effective) {
      const known = repositories.get(repository);
      yield [...who, repository, known?.name ?? "", known?.visibility ?? "", role, sourceWords(via), "active"];
    }
    if (allListed || everywhere === null) continue;
    yield [...who, "*", "every other repository", "", everywhere.role, sourceWords(everywhere.via), "active"];
  }
}

function* archivedRows({ exposure, labels }: AccessAudit): Generator<Cells, void, void> {
  const logins = new Map(labels.accounts.map(({ id, login }) => [id, login]));
  const repositories = new Map(labels.repositories.map((repository) => [repository.id, repository]));
  for (const { kind, account, repository, role } of exposure) {
    if (kind !== "org-archived-outside-write" || account === null || repository === null) continue;
    const known = repositories.get(repository);
    const where = [repository, known?.name ?? "", known?.visibility ?? ""];
    yield [account, logins.get(account) ?? "", "", "outside", ...where, role, "", "archived"];
  }
}

const invitedRows = ({ invitations }: AccessAudit): readonly Cells[] =>
  (invitations ?? []).map((invitation) => {
    const as = `becomes ${invitedAs(invitation)}`;
    return ["", invitation.login ?? "", "", "", "", "", "", "", as, "invited"];
  });

const notCheckedRows = ({ notChecked }: AccessAudit): readonly Cells[] =>
  notChecked.map(({ what, because, opensWith }) => {
    const reason = opensWith === null ? because : `${because}; opens with ${opensWith}`;
    return ["", "", "", "", "", what, "", "", reason, "not checked"];
  });

const COLUMNS = ["account", "login", "kind", "standing", "repository", "name", "visibility", "role", "via", "state"];

/** Cells as one row, each guarded so that no spreadsheet takes it for a formula. */
export const csvRow = (cells: Cells): string => `${cells.map(cell).join(",")}\r\n`;

/** Starts of a cell that spreadsheets take for a formula, full-width forms too (OWASP, CSV injection; ASVS V1.2.10). */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;

/** Quoted also for `;` and tab, which some locales' spreadsheets split at, so that no guard is split off. */
function cell(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
