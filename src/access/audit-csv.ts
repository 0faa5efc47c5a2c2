import type { AccessAudit } from "./audit.ts";
import { sourceWords } from "./source-words.ts";

/**
 * The effective roles of an audit as CSV (RFC 4180, CRLF), one row per account and repository. When roles on every
 * repository are too many to list, one row with the repository `*` says so per account. Safe to open in a spreadsheet.
 */
export function auditCsv({ accounts, labels, summary }: AccessAudit): string {
  const repositories = new Map(labels.repositories.map((repository) => [repository.id, repository]));
  const allListed = summary.listedGrants === summary.effectiveGrants;
  const rows = accounts.flatMap(({ account, login, kind, standing, everywhere, effective }) => {
    const who = [account, login, kind, standing];
    const listed = effective.map(({ repository, role, via }) => {
      const known = repositories.get(repository);
      return [...who, repository, known?.name ?? "", known?.visibility ?? "", role, sourceWords(via)];
    });
    if (allListed || everywhere === null) return listed;
    return [...listed, [...who, "*", "every other repository", "", everywhere.role, sourceWords(everywhere.via)]];
  });
  return [COLUMNS, ...rows].map(csvRow).join("");
}

const COLUMNS = ["account", "login", "kind", "standing", "repository", "name", "visibility", "role", "via"];

const csvRow = (cells: readonly string[]): string => `${cells.map(cell).join(",")}\r\n`;

/** Starts of a cell that spreadsheets take for a formula, full-width forms too (OWASP, CSV injection; ASVS V1.2.10). */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;

/** Quoted also for `;` and tab, which some locales' spreadsheets split at, so that no guard is split off. */
function cell(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
