import type { AccessAudit } from "../../../access/audit.ts";
import { isOpen } from "../../../access/exposure-decision.ts";
import { DUE_LOOK } from "../../../access/lines/due-look.ts";
import type { Exposure } from "../../../access/lines/kinds.ts";
import { openFor } from "../../../access/lines/open-since.ts";
import { exposedAccount, exposedRepository, namesOf } from "../../../access/words.ts";
import { type Html, html } from "../../html.ts";
import { day } from "../../time.ts";
import { commandsFold } from "./commands.ts";
import { type Deciding, decidedGroup, decideLink, SHOWN_COUNT } from "./exposure.ts";

/** Who holds maintain or admin and is to be looked at again; nothing where the policy does not ask for it. */
export function dueSection(audit: AccessAudit, deciding: Deciding | null): Html | null {
  const lines = audit.exposure.filter(({ kind }) => kind === DUE_LOOK);
  if (lines.length === 0) return null;
  const open = lines.filter(isOpen);
  const decided = lines.filter((line) => !isOpen(line));
  return html`<section aria-labelledby="due">
    <h2 id="due">Due for a look <span class="counter">${open.length}</span></h2>
    <p class="muted">Everybody who holds maintain or admin, asked about again when nobody has said for ${months(lines[0])} that it stays.</p>
    ${open.length === 0 ? html`<p class="blank">Nobody is due.</p>` : table(open, { audit, deciding })}
    ${decided.length === 0 ? null : decidedGroup(decided, { names: namesOf(audit), deciding, takenAt: audit.takenAt })}
  </section>`;
}

const months = (line: Exposure | undefined): string => (line?.dueEvery === 1 ? "a month" : `${line?.dueEvery} months`);

function table(
  lines: readonly Exposure[],
  { audit, deciding }: { readonly audit: AccessAudit; readonly deciding: Deciding | null },
): Html {
  const names = namesOf(audit);
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Due for a look"><table class="figures">
    <thead><tr><th scope="col">Account</th><th scope="col">Role</th><th scope="col">Where</th><th scope="col">Last act here</th><th scope="col">Since</th>${
      deciding && html`<th scope="col">On GitHub</th><th scope="col">Decision</th>`
    }</tr></thead>
    <tbody>${lines.slice(0, SHOWN_COUNT).map(
      (line) => html`<tr>
        <td><bdi>${exposedAccount(line, names)}</bdi></td>
        <td>${line.role}</td>
        <td>${line.everywhere ? "everywhere" : exposedRepository(line, names)}</td>
        <td class="when">${lastActWords(line)}</td>
        <td class="when">${line.openSince && day(line.openSince)} <span class="muted small">${openFor(line, audit.takenAt)}</span></td>
        ${deciding && html`<td>${commandsFold(deciding.remedies.line(line))}</td><td>${decideLink(line, deciding, "Decide")}</td>`}
      </tr>`,
    )}</tbody>
  </table></div>
  ${lines.length > SHOWN_COUNT ? html`<p class="muted small">The first ${SHOWN_COUNT}; the JSON export has all.</p>` : null}`;
}

/** When an account last did anything here, as far as somebody asked. */
export function lastActWords({ lastActAt }: Exposure): string {
  if (lastActAt === undefined) return "not asked";
  return lastActAt === null ? "none found" : day(lastActAt);
}
