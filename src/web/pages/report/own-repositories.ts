import type { ScanSummary } from "../../../history/traces/scan.ts";
import { type Html, html } from "../../html.ts";
import { day } from "../../time.ts";
import { counted, SKIPPED_WORDS } from "../../wording.ts";

type Repository = ScanSummary["repositories"][number];

/** Rows before the fold. */
const SHOWN_COUNT = 8;
/** Commits of a copy named by their SHA. */
const NAMED_COMMITS = 3;

/** Repositories read and skipped, most commits first; they have numbers, because the dossier keeps no names. */
export function repositoriesRead(repositories: readonly Repository[]): Html {
  const rows = ordered(repositories).map(row);
  const rest = rows.length - SHOWN_COUNT;
  return html`${table(rows.slice(0, SHOWN_COUNT), rest > 0 ? null : together(repositories))}
    ${
      rest > 0
        ? html`<details>
          <summary>${counted(rest, "more repository", "more repositories")}</summary>
          ${table(rows.slice(SHOWN_COUNT), together(repositories))}
        </details>`
        : null
    }`;
}

/** Snapshots that are in repositories of others too, and were there earlier. */
export function copiesFound({ copies, repositories }: ScanSummary): Html {
  if (copies === null)
    return html`<p>
      Whether repositories of others hold older copies of the same content is not known: no history here is long enough to
      look for, or the search gave no answer.
    </p>`;
  if (copies.length === 0) return html`<p>No older copy of the same content was found in repositories of others.</p>`;
  const numbers = new Map(ordered(repositories).map(({ repository }, index) => [repository, index + 1]));
  const others = [...new Set(copies.map(({ foreignRepository }) => foreignRepository))];
  return html`<h3>Copies found</h3>
    <ul class="plain-list">
      ${copies.map(({ repository, equalTreeCount, reauthoredCount = 0, foreignRepository, refs }) => {
        const number = numbers.get(repository);
        const which = others.length > 1 ? `, number ${others.indexOf(foreignRepository) + 1}` : "";
        return html`<li>
          ${number ? `Repository ${number}` : "A repository"} has ${counted(equalTreeCount, "snapshot")} with the same files,
          byte for byte, as older ones in a repository of others${which}${
            reauthoredCount > 0 ? `, where ${reauthoredCount} of them are somebody else's commits` : null
          }.
          <p class="source">${refs.length === 1 ? "commit " : "commits "}
            ${refs.slice(0, NAMED_COMMITS).map(({ commit, at }, index) => html`${index > 0 ? ", " : ""}<code>${commit.slice(0, 7)}</code> of ${day(at)}`)}
            ${refs.length > NAMED_COMMITS ? `and ${refs.length - NAMED_COMMITS} more` : null}</p>
        </li>`;
      })}
    </ul>
    <p class="muted">A fork made by hand, a template, a course or a move from another account leaves the same trace.</p>`;
}

const ordered = (repositories: readonly Repository[]): readonly Repository[] =>
  [...repositories].sort((a, b) => Number(isRead(b)) - Number(isRead(a)) || b.commitCount - a.commitCount);

const isRead = ({ state }: Repository): boolean => state === "read";

function table(rows: readonly Html[], sums: Html | null): Html {
  return html`<table class="figures">
    <caption class="hidden">Repositories read and skipped</caption>
    <thead><tr><th scope="col">Repository</th><th scope="col">Reading</th><th scope="col">Who pushed</th><th scope="col" class="number">Commits</th></tr></thead>
    <tbody>${rows}</tbody>
    ${sums ? html`<tfoot>${sums}</tfoot>` : null}
  </table>`;
}

function row(repository: Repository, index: number): Html {
  const name = html`<th scope="row">repository ${index + 1}</th>`;
  if (!isRead(repository))
    return html`<tr class="muted">${name}<td>skipped: ${repository.because ? SKIPPED_WORDS[repository.because] : "no reason given"}</td>
      <td>–</td><td class="number">–</td></tr>`;
  return html`<tr>
    ${name}
    <td>${repository.cached ? "kept from an earlier look" : "read anew"}</td>
    <td>${repository.attested ? "attested by GitHub" : "not known"}</td>
    <td class="number">${repository.commitCount.toLocaleString("en-US")}</td>
  </tr>`;
}

function together(repositories: readonly Repository[]): Html {
  const done = repositories.filter(isRead);
  const skippedCount = repositories.length - done.length;
  const attestedCount = done.filter(({ attested }) => attested).length;
  return html`<tr>
    <th scope="row">Together</th>
    <td>${done.length} read${skippedCount > 0 ? `, ${skippedCount} skipped` : ""}</td>
    <td>${attestedCount} attested</td>
    <td class="number">${done.reduce((sum, { commitCount }) => sum + commitCount, 0).toLocaleString("en-US")}</td>
  </tr>`;
}
