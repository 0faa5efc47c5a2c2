import type { AccessAudit } from "../../../access/audit.ts";
import { EXPOSURES, type Exposure, type ExposureKind } from "../../../access/exposure.ts";
import { invitedAs, invitedName } from "../../../access/invitation.ts";
import { exposedAccount, exposedRepository, type Names, namesOf } from "../../../access/words.ts";
import { type Html, html } from "../../html.ts";
import { day } from "../../time.ts";

const SHOWN_COUNT = 50;

/** Doors that stand open whoever uses them, by kind, with what closes each. */
export function exposureSection(audit: AccessAudit): Html {
  const names = namesOf(audit);
  const kinds = [...new Set(audit.exposure.map(({ kind }) => kind))];
  return html`<section aria-labelledby="exposure">
    <h2 id="exposure">Standing exposure <span class="counter">${audit.exposure.length}</span></h2>
    ${
      kinds.length === 0
        ? html`<p class="blank">Nothing of what was checked stands open.</p>`
        : kinds.map((kind) => group(kind, audit, names))
    }
  </section>`;
}

function group(kind: ExposureKind, audit: AccessAudit, names: Names): Html {
  const found = audit.exposure.filter((exposure) => exposure.kind === kind);
  return html`<details class="group">
    <summary><span class="count">${found.length}</span> ${EXPOSURES[kind].title}</summary>
    <p class="muted">Closes by: ${EXPOSURES[kind].closes}.</p>
    <div class="scroll" tabindex="0" role="group" aria-label="${EXPOSURES[kind].title}"><table class="figures">
      <thead><tr><th scope="col">Account</th><th scope="col">Repository</th><th scope="col">Role</th></tr></thead>
      <tbody>${found.slice(0, SHOWN_COUNT).map((exposure) => row(exposure, names))}</tbody>
    </table></div>
    ${found.length > SHOWN_COUNT ? html`<p class="muted small">The first ${SHOWN_COUNT}; the JSON export has all.</p>` : null}
  </details>`;
}

function row(exposure: Exposure, names: Names): Html {
  return html`<tr>
    <td><bdi>${exposedAccount(exposure, names)}</bdi></td>
    <td>${exposedRepository(exposure, names)}</td>
    <td>${exposure.role}</td>
  </tr>`;
}

/** Who may come in by a click; nothing when nobody looked, which the list of what was not checked says. */
export function invitedSection({ invitations }: AccessAudit): Html | null {
  if (invitations === null) return null;
  return html`<section aria-labelledby="invited">
    <h2 id="invited">Invited, and not in yet <span class="counter">${invitations.length}</span></h2>
    ${
      invitations.length === 0
        ? html`<p class="blank">No invitation to the organisation waits for an answer.</p>`
        : html`<ul class="rows">
          ${invitations.slice(0, SHOWN_COUNT).map(
            (invitation) => html`<li>
              <div><span class="title"><bdi>${invitedName(invitation)}</bdi></span> <span class="muted small">becomes ${invitedAs(invitation)}</span></div>
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
