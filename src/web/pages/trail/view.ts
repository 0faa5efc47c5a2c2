import type { Installation, TrailEntry } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { exact } from "../../time.ts";
import { counted } from "../../wording.ts";

const ACT_WORDS: Readonly<Record<TrailEntry["act"], string>> = {
  "report.viewed": "opened a report",
  "account.viewed": "opened the page of an account",
  "account.vouched": "vouched for an account",
  "account.warned": "warned of an account",
  "warning.confirmed": "agreed to a warning of an account",
  "entry.withdrawn": "took back what was said about an account",
  "audit.viewed": "opened the access audit",
  "flags.viewed": "opened the flags",
  "flag.acknowledged": "acknowledged a flag",
  "report.reviewed": "marked a report reviewed",
  "subject.exported": "downloaded what is kept about an account",
  "subject.corrected": "noted a correction on an account",
  "subject.erased": "erased what is kept about an account",
  "publication.changed": "changed what is written on GitHub",
  "work.retried": "tried work again that was set aside",
  "installation.added": "installed the App",
  "installation.removed": "removed the App",
};

/** An entry, and whether the report or flag it is about is still there. */
interface ShownEntry extends TrailEntry {
  readonly exists: boolean;
}

/** The trail, newest first. People are their account id: a login can belong to somebody else later. */
export function trailPage(view: {
  readonly installation: Installation;
  readonly viewer: Viewer;
  readonly entries: readonly ShownEntry[];
  /** True when there may be older entries. */
  readonly limited: boolean;
}): Page {
  const { installation, viewer, entries } = view;
  return {
    title: "Trail",
    viewer,
    navigation: ownerNavigation(installation, "trail"),
    body: html`<h1>Trail</h1>
      <p class="lead">Who looked and who decided. ${
        view.limited ? html`The newest ${counted(entries.length, "entry", "entries")}.` : null
      }</p>
      ${
        entries.length === 0
          ? html`<p class="blank">Nobody has looked at anything yet.</p>`
          : html`<div class="scroll" tabindex="0" role="group" aria-label="Trail"><table class="figures trail">
            <thead><tr><th scope="col">When</th><th scope="col">Account</th><th scope="col">What</th></tr></thead>
            <tbody>${entries.map((entry) => row(entry, view))}</tbody>
          </table></div>`
      }`,
  };
}

function row(
  entry: ShownEntry,
  { installation, viewer }: { readonly installation: Installation; readonly viewer: Viewer },
): Html {
  const ofSubject = entry.act.startsWith("subject.");
  const itself = ofSubject ? "the operator" : "Sallyport";
  const who = entry.actorId === null ? itself : entry.actorId === viewer.accountId ? "you" : `account ${entry.actorId}`;
  const what = html`${ACT_WORDS[entry.act]}`;
  const linked =
    entry.exists && entry.act.startsWith("report.")
      ? html`<a href="/orgs/${installation.id}/reports/${entry.target}">${what}</a>`
      : html`${what}${ofSubject || entry.act === "publication.changed" ? html` <span class="muted">${entry.target}</span>` : null}`;
  return html`<tr>
    <td class="when"><time datetime="${entry.at}">${exact(entry.at)}</time></td>
    <td>${who}</td>
    <td>${linked}${entry.exists && entry.reason ? html`<p class="quote">${entry.reason}</p>` : null}</td>
  </tr>`;
}
