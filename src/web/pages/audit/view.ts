import type { AccessAudit } from "../../../access/audit.ts";
import { dormantCount, type KeptAudit } from "../../../access/audit-head.ts";
import { isOpen } from "../../../access/exposure-decision.ts";
import type { Flag } from "../../../access/flag.ts";
import type { Remedy } from "../../../access/remedy/paths.ts";
import type { Instant } from "../../../clock.ts";
import type { Installation, ReadingProgress, TenantStore } from "../../../store/store.ts";
import { flagReason } from "../../flag-reason.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { ago, day, weekOf } from "../../time.ts";
import { counted } from "../../wording.ts";
import { openFlag, remedyOfFlag } from "../flags/view.ts";
import { besideSection } from "./beside.ts";
import { changesSection } from "./changes.ts";
import { dueSection } from "./due.ts";
import { type Deciding, exposureSection, invitedSection, notCheckedSection } from "./exposure.ts";
import { readingBanner } from "./reading.ts";
import { trend } from "./trend.ts";

export interface AuditView {
  readonly installation: Installation;
  readonly audit: AccessAudit;
  /** Id of a past audit that was asked for; null for the newest. */
  readonly of: string | null;
  /** Open flags as they stand now, none about the viewer. */
  readonly flags: readonly Flag[];
  /** Null for an earlier audit. */
  readonly deciding: Deciding | null;
  /** Places whose rules or keys were changed since it was taken, and when the last one was; null for none. */
  readonly ruleChanges: Awaited<ReturnType<TenantStore["ruleChanges"]>>;
  /** The next audit while it is being read; null while none is, and for an earlier audit. */
  readonly reading: ReadingProgress | null;
  /** Audits of the last weeks, oldest first. */
  readonly weeks: readonly KeptAudit[];
  readonly viewer: Viewer;
  readonly now: Instant;
}

/** The weekly audit: what waits for a decision, what changed, what stands open, what nobody looked at. */
export function auditPage(view: AuditView): Page {
  const { installation, audit, viewer, now, weeks } = view;
  return {
    title: `Access audit, week ${weekOf(audit.takenAt)}`,
    viewer,
    navigation: ownerNavigation(installation, "audit"),
    body: html`<header class="heading with-actions">
        <div>
          <h1>Access audit <span class="muted">week ${weekOf(audit.takenAt)}</span></h1>
          <p class="meta">taken ${ago(audit.takenAt, now)} · ${audit.organization.login}</p>
        </div>
        <nav class="actions" aria-label="Export">
          <a class="button" href="/orgs/${installation.id}/audit.csv${asked(view)}">CSV</a>
          <a class="button" href="/orgs/${installation.id}/audit.json${asked(view)}">JSON</a>
          <a class="button" href="/orgs/${installation.id}/audit.html${asked(view)}">HTML</a>
        </nav>
      </header>
      ${view.of === null ? null : past(view)} ${readingBanner(view.reading, now)} ${guards(view)}
      ${figures(view)} ${view.of === null ? decisions(view) : decisionsThen(audit)}
      ${changesSection(audit, { others: weeks.some(({ takenAt }) => takenAt < audit.takenAt) })} ${exposureSection(audit, view.deciding)}
      ${dueSection(audit, view.deciding)} ${invitedSection(audit, view.deciding)} ${besideSection(audit, view.deciding)}
      ${notCheckedSection(audit)}
      ${trend(weeks, { base: `/orgs/${installation.id}/audit`, shown: audit.takenAt })}`,
  };
}

/** What the address of this audit, or of a part of it, ends with. */
const asked = ({ of }: Pick<AuditView, "of">): string => (of === null ? "" : `?of=${of}`);

const past = ({ installation }: AuditView): Html => html`<p class="banner">
    This is an earlier audit, as it was then. <a href="/orgs/${installation.id}/audit">Open the newest one</a>.
  </p>`;

/** The audit stays what it was when it was taken, one a week: what guards it is looked at by the next one. */
const guards = ({ ruleChanges: changed }: AuditView): Html | null =>
  changed &&
  html`<p class="banner">
    Branch rules, deploy keys or token grants were changed in ${counted(changed.places, "place")} since this audit, last on
    ${day(changed.lastAt)}. The next one looks at them.
  </p>`;

/** Before the first audit. */
export function noAuditPage({
  installation,
  viewer,
  reading,
  now,
}: Pick<AuditView, "installation" | "viewer" | "reading" | "now">): Page {
  return {
    title: "Access audit",
    viewer,
    navigation: ownerNavigation(installation, "audit"),
    body: html`<h1>Access audit</h1>
      ${readingBanner(reading, now)}
      <p class="blank">
        None has been taken yet. The first one follows soon after installing, then one every week; it needs the permission
        “Members: read”.
      </p>`,
  };
}

function figures({ audit, weeks, installation, of }: AuditView): Html {
  const { summary, changes } = audit;
  // The one that the changes below are counted from, so that both speak of the same week.
  const before = (changes && weeks.find(({ takenAt }) => takenAt === changes.since)) ?? null;
  const dormant = dormantCount(audit);
  const decided = audit.exposure.filter((line) => line.kind === "acc-dormant-privilege" && !isOpen(line)).length;
  return html`<dl class="figures-row">
    ${figure("write or more", summary.accountsWithWrite, { before: before?.writers ?? null, unit: "people and bots" })}
    ${figure("from outside", summary.outsideAccountsWithWrite, { before: before?.outside ?? null, unit: "with write" })}
    ${dormant !== null ? figure("dormant", dormant, { before: before?.dormant ?? null, unit: `with write${decided > 0 ? `, ${decided} decided` : ""}` }) : null}
    ${figure("owners", summary.owners, { before: null, unit: `of ${counted(summary.members ?? 0, "member")}` })}
  </dl>
  <p class="meta">
    <a href="/orgs/${installation.id}/audit/accounts${asked({ of })}">Everybody with access</a> on
    ${counted(summary.activeRepositories, "repository", "repositories")} not archived.
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

/** What waited then: a decision is made on the flags of today. */
function decisionsThen({ flags }: AccessAudit): Html {
  const open = flags.filter(({ state }) => state === "open");
  return html`<section aria-labelledby="decisions">
    <h2 id="decisions">Waited for a decision then <span class="counter">${open.length}</span></h2>
    ${
      open.length === 0
        ? html`<p class="blank">No grant waited for a decision.</p>`
        : html`<ul class="rows">
          ${open.map(
            ({ login, role, repositoryName, because }) => html`<li>
              <div><span class="title"><bdi>${login}</bdi></span> <span class="muted small">${role} on ${repositoryName}</span>
              ${flagReason(because)}</div>
            </li>`,
          )}
        </ul>`
    }
  </section>`;
}

function decisions({ flags, installation, viewer, now, deciding }: AuditView): Html {
  const commands = (flag: Flag): Remedy | null => deciding && remedyOfFlag(deciding.remedies, flag);
  return html`<section aria-labelledby="decisions">
    <h2 id="decisions">Needs a decision <span class="counter">${flags.length}</span></h2>
    ${
      flags.length === 0
        ? html`<p class="blank">No grant waits for a decision.</p>`
        : html`<div class="cards">${flags.map((flag) => openFlag(flag, { installation, viewer, now, refused: null, commands }))}</div>`
    }
  </section>`;
}
