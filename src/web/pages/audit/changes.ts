import type { AccessAudit } from "../../../access/audit.ts";
import type { AccessChanges, RoleChange, RoleRow } from "../../../access/compare-access.ts";
import type { AccountKey } from "../../../access/keys.ts";
import { CHANGES_NOT_CHECKED } from "../../../access/report.ts";
import { type Names, namesOf } from "../../../access/words.ts";
import { type Html, html } from "../../html.ts";
import { day } from "../../time.ts";
import { counted, VIA_WORDS } from "../../wording.ts";
import { loosenedPart } from "./loosened.ts";

/** Rows listed per kind of change; the export has all. */
const SHOWN_COUNT = 20;

/** What changed since the audit before, by account first and then row by row. */
export function changesSection(audit: AccessAudit, { others }: { readonly others: boolean }): Html {
  const { changes } = audit;
  return html`<section aria-labelledby="changed">
    <h2 id="changed">Changed ${changes ? html`since ${day(changes.since)}` : null}</h2>
    ${
      changes
        ? html`${headline(changes)} ${explained(changes)} ${people(changes, namesOf(audit))} ${rows(changes, namesOf(audit))} ${loosenedPart(changes, namesOf(audit))}`
        : html`<p class="blank">${notCompared(audit, others)}</p>`
    }
  </section>`;
}

function notCompared({ notChecked }: AccessAudit, others: boolean): string {
  const gap = notChecked.find(({ what }) => what === CHANGES_NOT_CHECKED.what);
  if (gap) return `Not compared with the audit before: ${gap.because}.`;
  return others
    ? "Not compared: the audit before is less than a day older. The next one is compared with it."
    : "This is the first audit: there is nothing to compare with yet.";
}

function headline(changes: AccessChanges): Html {
  const figures: readonly (readonly [string, number | undefined])[] = [
    ["first write", changes.firstWriteAccounts.length],
    ["escalated", new Set(changes.escalations.map(({ account }) => account)).size],
    ["new owner", changes.newOwners?.length],
    ["new outside write", changes.newOutsideWrite?.length],
    ["lost all write", changes.lostAllWrite.length],
  ];
  return html`<dl class="inline-figures">
    ${figures.map(([name, count]) => html`<div><dt>${name}</dt><dd>${count ?? "not checked"}</dd></div>`)}
  </dl>`;
}

/** One team change that explains many rows is one thing to look at, not many. */
function explained({ causes, added, removed, changed }: AccessChanges): Html | null {
  const total = added.length + removed.length + changed.length;
  const largest = causes[0];
  if (!largest || largest.rows < 2 || largest.kind !== "source") return null;
  const { kind, team } = largest.via;
  const what = kind === "team" && team ? `One change of team ${team}` : `Access ${VIA_WORDS[kind]}`;
  return html`<p>${what} explains ${largest.rows} of ${counted(total, "changed role")}.</p>`;
}

function people(changes: AccessChanges, names: Names): Html {
  const lines: readonly (readonly [string, readonly AccountKey[]])[] = [
    ["New owners", changes.newOwners ?? []],
    ["Write for the first time", changes.firstWriteAccounts],
    ["Write from outside, new", changes.newOutsideWrite ?? []],
    ["No longer owners", changes.lostOwners ?? []],
    ["Lost all write", changes.lostAllWrite],
  ];
  return html`<dl class="readings">
    ${lines
      .filter(([, ids]) => ids.length > 0)
      .map(
        ([name, ids]) => html`<div><dt>${name}</dt>
          <dd>${ids.slice(0, SHOWN_COUNT).map((id) => html`<bdi class="name">${names.account(id)}</bdi> `)}${more(ids.length)}</dd></div>`,
      )}
  </dl>`;
}

function rows(changes: AccessChanges, names: Names): Html | null {
  const { added, removed, changed } = changes;
  const count = added.length + removed.length + changed.length;
  if (count === 0) return html`<p class="blank">No role changed.</p>`;
  return html`<details>
    <summary>${counted(count, "changed role")}, row by row</summary>
    <div class="scroll" tabindex="0" role="group" aria-label="Changed roles"><table class="figures">
      <thead><tr><th scope="col">Account</th><th scope="col">Repository</th><th scope="col">Role</th></tr></thead>
      <tbody>
        ${changed.slice(0, SHOWN_COUNT).map((row) => line(row, names))}
        ${added.slice(0, SHOWN_COUNT).map((row) => line({ ...row, sign: "+" }, names))}
        ${removed.slice(0, SHOWN_COUNT).map((row) => line({ ...row, sign: "−" }, names))}
      </tbody>
    </table></div>
    ${
      [changed, added, removed].some((list) => list.length > SHOWN_COUNT)
        ? html`<p class="muted small">The first ${SHOWN_COUNT} of each kind; the JSON export has all.</p>`
        : null
    }
  </details>`;
}

function line(row: RoleChange | (RoleRow & { readonly sign: string }), names: Names): Html {
  return html`<tr>
    <td><bdi>${names.account(row.account)}</bdi></td>
    <td>${names.repository(row.repository)}</td>
    <td>${"sign" in row ? `${row.sign} ${row.role}` : `${row.from} → ${row.to}`}</td>
  </tr>`;
}

const more = (count: number): string => (count > SHOWN_COUNT ? `and ${count - SHOWN_COUNT} more` : "");
