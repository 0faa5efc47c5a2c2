import type { AccessAudit } from "../../../access/audit.ts";
import { type ExposureDecision, endOf, isOpen, lineKey } from "../../../access/exposure-decision.ts";
import { invitedAs, invitedName } from "../../../access/invitation.ts";
import type { AccountKey } from "../../../access/keys.ts";
import { DUE_LOOK } from "../../../access/lines/due-look.ts";
import { EXPOSURES, type Exposure, type ExposureKind } from "../../../access/lines/kinds.ts";
import { isLongOpen, openFor } from "../../../access/lines/open-since.ts";
import type { Remedies } from "../../../access/remedy/remedy.ts";
import { exposedAccount, exposedRepository, type Names, namesOf } from "../../../access/words.ts";
import { type Instant, plusDays } from "../../../clock.ts";
import { decidedWords } from "../../decision-form.ts";
import { type Html, html } from "../../html.ts";
import { day } from "../../time.ts";
import { counted } from "../../wording.ts";
import { COMMANDS_LEAD, commandsFold } from "./commands.ts";

export const SHOWN_COUNT = 50;

/** Where lines of the newest audit are decided on, and what was; null for an earlier audit. */
export interface Deciding {
  /** Address of the organisation's audit. */
  readonly base: string;
  /** The newest decision on each line, by its key. */
  readonly decisions: ReadonlyMap<string, ExposureDecision>;
  /** Nobody decides about himself. */
  readonly viewer: AccountKey;
  /** What would answer each line. */
  readonly remedies: Remedies;
}

/** Doors that stand open whoever uses them, by kind, with what closes each; what somebody decided on is folded away. */
export function exposureSection(audit: AccessAudit, deciding: Deciding | null): Html {
  const names = namesOf(audit);
  const { takenAt } = audit;
  // Whoever is due for a look has a section of his own.
  const standing = audit.exposure.filter(({ kind }) => kind !== DUE_LOOK);
  const open = standing.filter(isOpen);
  const decided = standing.filter((line) => !isOpen(line));
  const longOpen = open.filter((line) => isLongOpen(line, takenAt)).length;
  const kinds = [...new Set(open.map(({ kind }) => kind))];
  return html`<section aria-labelledby="exposure">
    <h2 id="exposure">Standing exposure <span class="counter">${open.length}</span></h2>
    ${
      longOpen === 0
        ? null
        : html`<p class="banner">${counted(longOpen, "line")} of it ${longOpen === 1 ? "has" : "have"} waited for an answer for more than four weeks.</p>`
    }
    ${
      kinds.length === 0
        ? html`<p class="blank">${decided.length === 0 ? "Nothing of what was checked stands open." : "Nothing stands open that nobody has decided on."}</p>`
        : kinds.map((kind) =>
            group(
              kind,
              open.filter((line) => line.kind === kind),
              { names, deciding, takenAt },
            ),
          )
    }
    ${deciding && open.length > 0 ? html`<p class="muted small">${COMMANDS_LEAD}</p>` : null}
    ${decided.length === 0 ? null : decidedGroup(decided, { names, deciding, takenAt })}
  </section>`;
}

interface Around {
  readonly names: Names;
  readonly deciding: Deciding | null;
  readonly takenAt: Instant;
}

function group(kind: ExposureKind, found: readonly Exposure[], around: Around): Html {
  return html`<details class="group">
    <summary><span class="count">${found.length}</span> ${EXPOSURES[kind].title}</summary>
    <p class="muted">Closes by: ${EXPOSURES[kind].closes}.</p>
    <div class="scroll" tabindex="0" role="group" aria-label="${EXPOSURES[kind].title}"><table class="figures">
      <thead><tr><th scope="col">Account</th><th scope="col">Repository</th><th scope="col">Role</th><th scope="col">Since</th>${
        around.deciding && html`<th scope="col">On GitHub</th><th scope="col">Decision</th>`
      }</tr></thead>
      <tbody>${found.slice(0, SHOWN_COUNT).map((exposure) => row(exposure, around))}</tbody>
    </table></div>
    ${found.length > SHOWN_COUNT ? html`<p class="muted small">The first ${SHOWN_COUNT}; the JSON export has all.</p>` : null}
  </details>`;
}

function row(exposure: Exposure, { names, deciding, takenAt }: Around): Html {
  return html`<tr>
    <td><bdi>${exposedAccount(exposure, names)}</bdi></td>
    <td>${exposedRepository(exposure, names)}</td>
    <td>${exposure.role}</td>
    <td class="when">${exposure.openSince && day(exposure.openSince)} <span class="muted small">${openFor(exposure, takenAt)}</span></td>
    ${deciding && html`<td>${commandsFold(deciding.remedies.line(exposure))}</td><td>${decideLink(exposure, deciding, "Decide")}</td>`}
  </tr>`;
}

export const decideLink = (exposure: Exposure, { base, viewer }: Deciding, text: string): Html | null =>
  exposure.account === viewer ? null : html`<a href="${base}/lines/${lineKey(exposure)}">${text}</a>`;

/** What waits for nobody before its day, with who said so and why. */
export function decidedGroup(lines: readonly Exposure[], around: Around): Html {
  return html`<details class="group">
    <summary><span class="count">${lines.length}</span> decided</summary>
    <ul class="rows">${lines.slice(0, SHOWN_COUNT).map((line) => decidedRow(line, around))}</ul>
    ${lines.length > SHOWN_COUNT ? html`<p class="muted small">The first ${SHOWN_COUNT}; the JSON export has all.</p>` : null}
  </details>`;
}

function decidedRow(line: Exposure, { names, deciding }: Around): Html {
  const newest = deciding?.decisions.get(lineKey(line));
  const decision = newest && { ...newest, until: endOf(newest, line) };
  return html`<li>
    <div>
      <span class="title"><bdi>${exposedAccount(line, names)}</bdi></span>
      <span class="muted small">${line.role} on ${exposedRepository(line, names)}: ${EXPOSURES[line.kind].title}</span>
      ${decision ? html`<p class="quote">${decision.reason}</p>` : null}
    </div>
    <div class="states muted small">
      ${
        decision
          ? html`<span>${lineDecided(decision)}, by <bdi>${decision.by.login}</bdi> on ${day(decision.at)}</span>`
          : html`decided on then, until ${line.keptUntil && day(plusDays(line.keptUntil, -1))}`
      }
      ${deciding && decideLink(line, deciding, "Decide anew")}
    </div>
  </li>`;
}

/** What was decided on a line; only for what is kept somebody gave a day. */
export const lineDecided = ({ outcome, until }: ExposureDecision): string =>
  decidedWords(outcome, outcome === "keep" ? until : null);

/** Who may come in by a click; nothing when nobody looked, which the list of what was not checked says. */
export function invitedSection({ invitations }: AccessAudit, deciding: Deciding | null): Html | null {
  if (invitations === null) return null;
  return html`<section aria-labelledby="invited">
    <h2 id="invited">Invited, and not in yet <span class="counter">${invitations.length}</span></h2>
    ${
      invitations.length === 0
        ? html`<p class="blank">No invitation to the organisation waits for an answer.</p>`
        : html`<ul class="rows">
          ${invitations.slice(0, SHOWN_COUNT).map(
            (invitation) => html`<li>
              <div><span class="title"><bdi>${invitedName(invitation)}</bdi></span> <span class="muted small">becomes ${invitedAs(invitation)}</span>
                ${deciding && commandsFold(deciding.remedies.invitation(invitation))}</div>
              <div class="states muted small">invited on ${day(invitation.invitedAt)}</div>
            </li>`,
          )}
        </ul>`
    }
    ${invitations.length > SHOWN_COUNT ? html`<p class="muted small">The first ${SHOWN_COUNT}; the JSON export has all.</p>` : null}
  </section>`;
}

/** What nobody looked at: an equal part of the report, so that silence is never taken for safety. */
export function notCheckedSection({ notChecked }: AccessAudit): Html {
  return html`<section aria-labelledby="unchecked">
    <h2 id="unchecked">Not checked <span class="counter">${notChecked.length}</span></h2>
    ${
      notChecked.length === 0
        ? html`<p class="blank">Everything this audit knows how to check was checked.</p>`
        : html`<ul class="rows">
          ${notChecked.map(
            ({ what, because, opensWith }) => html`<li>
              <div><span class="title">${what}</span> <span class="muted small">${because}</span></div>
              ${opensWith ? html`<div class="states muted small">opens with ${opensWith}</div>` : null}
            </li>`,
          )}
        </ul>`
    }
  </section>`;
}
