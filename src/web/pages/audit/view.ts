import type { AccessAudit } from "../../../access/audit.ts";
import { type AuditHead, dormantCount } from "../../../access/audit-head.ts";
import type { Flag } from "../../../access/flag.ts";
import type { Instant } from "../../../clock.ts";
import type { Installation } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownersPlace } from "../../organization.ts";
import { ago, weekOf } from "../../time.ts";
import { openFlag } from "../flags/view.ts";
import { changesSection } from "./changes.ts";
import { exposureSection, invitedSection, notCheckedSection } from "./exposure.ts";
import { trend } from "./trend.ts";

export interface AuditView {
  readonly installation: Installation;
  readonly audit: AccessAudit;
  /** Open flags as they stand now, none about the viewer. */
  readonly flags: readonly Flag[];
  /** Audits of the last weeks, oldest first, this one among them. */
  readonly weeks: readonly AuditHead[];
  readonly viewer: Viewer;
  readonly now: Instant;
}

/** The weekly audit: what waits for a decision, what changed, what stands open, what nobody looked at. */
export function auditPage(view: AuditView): Page {
  const { installation, audit, viewer, now } = view;
  return {
    title: `Access audit, week ${weekOf(audit.takenAt)}`,
    viewer,
    place: ownersPlace(installation, "audit"),
    body: html`<header class="heading with-actions">
        <div>
          <h1>Access audit <span class="muted">week ${weekOf(audit.takenAt)}</span></h1>
          <p class="meta">taken ${ago(audit.takenAt, now)} · ${audit.organization.login}</p>
        </div>
        <nav class="actions" aria-label="Export">
          <a class="button" href="/orgs/${installation.id}/audit.csv">CSV</a>
          <a class="button" href="/orgs/${installation.id}/audit.json">JSON</a>
        </nav>
      </header>
      ${figures(view)} ${decisions(view)} ${changesSection(audit)} ${exposureSection(audit)}
      ${invitedSection(audit)} ${notCheckedSection(audit)}
      ${trend(view.weeks)}`,
  };
}

/** Before the first audit. */
export function noAuditPage({ installation, viewer }: Pick<AuditView, "installation" | "viewer">): Page {
  return {
    title: "Access audit",
    viewer,
    place: ownersPlace(installation, "audit"),
    body: html`<h1>Access audit</h1>
      <p class="blank">
        None has been taken yet. The first one follows soon after installing, then one every week; it needs the permission
        “Members: read”.
      </p>`,
  };
}

function figures({ audit, weeks, installation }: AuditView): Html {
  const { summary } = audit;
  const before = weeks.at(-2) ?? null;
  const dormant = dormantCount(audit);
  return html`<dl class="figures-row">
    ${figure("write or more", summary.accountsWithWrite, { before: before?.writers ?? null, unit: "people and bots" })}
    ${figure("from outside", summary.outsideAccountsWithWrite, { before: before?.outside ?? null, unit: "with write" })}
    ${dormant !== null ? figure("dormant", dormant, { before: before?.dormant ?? null, unit: "with write" }) : null}
    ${figure("owners", summary.owners, { before: null, unit: `of ${summary.members ?? 0} members` })}
  </dl>
  <p class="meta">
    <a href="/orgs/${installation.id}/audit/accounts">Everybody with access</a> on
    ${summary.activeRepositories.toLocaleString("en-US")} repositories that are not archived.
  </p>`;
}

function figure(
  name: string,
  count: number | null,
  { before, unit }: { readonly before: number | null; readonly unit: string },
): Html {
  if (count === null) return html`<div><dt>${name}</dt><dd>not checked</dd></div>`;
  const change = before === null ? 0 : count - before;
  return html`<div>
    <dt>${name}</dt>
    <dd><span class="count">${count.toLocaleString("en-US")}</span>${
      change === 0 ? null : html` <span class="delta">${change > 0 ? "+" : "−"}${Math.abs(change)}</span>`
    } <span class="muted small">${unit}</span></dd>
  </div>`;
}

function decisions({ flags, installation, viewer, now }: AuditView): Html {
  return html`<section aria-labelledby="decisions">
    <h2 id="decisions">Needs a decision <span class="counter">${flags.length}</span></h2>
    ${
      flags.length === 0
        ? html`<p class="blank">No grant waits for a decision.</p>`
        : html`<div class="cards">${flags.map((flag) => openFlag(flag, { installation, viewer, now, refused: null }))}</div>`
    }
  </section>`;
}
