import { stringify } from "yaml";
import type { Instant } from "../../../clock.ts";
import type { Problem } from "../../../errors.ts";
import { modeOf } from "../../../policy/mode.ts";
import type { Installation, StoredPolicy } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { ago } from "../../time.ts";

interface SettingsView {
  readonly installation: Installation;
  readonly policy: StoredPolicy | null;
  /** Files of repositories that are not in force as they are written. */
  readonly repositories: readonly { readonly source: string; readonly problems: readonly Problem[] }[];
  /** The operator's names of who is told by message. */
  readonly messages: Readonly<Record<"weekly" | "urgent" | "due", readonly string[]>>;
  readonly viewer: Viewer;
  readonly now: Instant;
}

/** Whether anything is written on GitHub, who is told by message, and the rules in force. */
export function settingsPage(view: SettingsView): Page {
  return {
    title: "Settings",
    viewer: view.viewer,
    navigation: ownerNavigation(view.installation, "settings"),
    body: html`<h1>Settings</h1>
      ${publication(view)} ${messages(view)} ${policy(view)} ${ofRepositories(view)}`,
  };
}

function publication({ installation, policy: stored, viewer }: SettingsView): Html {
  const live = modeOf(stored?.file ?? null, installation.publication) === "live";
  return html`<section class="card" aria-labelledby="publication">
    <h2 id="publication">On GitHub ${html`<span class="tag">${live ? "live" : "shadow mode"}</span>`}</h2>
    ${
      live
        ? html`<p>
            Every pull request of every author gets the same sealed check run “Sallyport”: same text, always neutral, with a
            link that only maintainers can open.
          </p>`
        : html`<p>
            Everything is read and shown here, and nothing is written on GitHub. Turned on, every pull request of every author
            gets the same sealed check run “Sallyport”: same text, always neutral, with a link that only maintainers
            can open.
          </p>`
    }
    ${live && stored?.file.publication?.change === "annotate" ? ANNOTATES : null}
    ${stored?.file.mode === undefined ? publicationSwitch(installation, viewer) : FILE_DECIDES}
  </section>`;
}

const ANNOTATES = html`<p>
  Your policy file also has findings about each diff written beside its lines, where everybody who can read the pull
  request can read them. They are made from the changed files alone.
</p>`;

const FILE_DECIDES = html`<p class="muted small">
  Your policy file sets <code>mode</code>, so the file decides. Take the line out to decide here.
</p>`;

function publicationSwitch(installation: Installation, viewer: Viewer): Html {
  const live = installation.publication === "live";
  return html`<form method="post" action="/orgs/${installation.id}/settings/publication">
      <input type="hidden" name="csrf" value="${viewer.csrf}" />
      <input type="hidden" name="publication" value="${live ? "shadow" : "live"}" />
      <button class="button${live ? "" : " primary"}" type="submit">${
        live ? "Go back to shadow mode" : "Turn the check run on"
      }</button>
    </form>
    <p class="muted small">The change is recorded in the trail.</p>`;
}

function messages({ messages: { weekly, urgent, due } }: SettingsView): Html {
  return html`<section class="card" aria-labelledby="messages">
    <h2 id="messages">Messages</h2>
    <p>
      Counts and a link that asks for a login, never an account, a repository or a reason. Whoever runs this service
      names who is told, by Slack, webhook or e-mail.
    </p>
    <dl class="readings">
      <div><dt>Weekly audit</dt><dd>${listed(weekly)}</dd></div>
      <div><dt>Reviews due within a day</dt><dd>${listed(urgent)}</dd></div>
      <div><dt>Decisions on their last day</dt><dd>${listed(due)}</dd></div>
    </dl>
  </section>`;
}

const listed = (names: readonly string[]): string => (names.length === 0 ? "nobody" : names.join(", "));

function policy({ installation, policy: stored, now }: SettingsView): Html {
  return html`<section class="card" aria-labelledby="policy">
    <h2 id="policy">Policy</h2>
    ${
      stored
        ? html`<p>
            ${stored.source ? html`<code>${stored.source}</code>, read` : "No policy file: the defaults apply, checked"}
            ${ago(stored.fetchedAt, now)}.
          </p>`
        : html`<p>Not read yet: the defaults apply.</p>`
    }
    ${stored && stored.problems.length > 0 ? problems(stored.problems) : null}
    ${stored && Object.keys(stored.file).length > 0 ? inForce(stored.file) : null}
    <p><a href="/orgs/${installation.id}/policy">Every value in force, and where it comes from</a></p>
  </section>`;
}

const problems = (found: readonly Problem[]): Html =>
  html`<div class="banner">
    <p>The newest file has problems; the last good one stays in force.</p>
    ${listOf(found)}
  </div>`;

const listOf = (found: readonly Problem[]): Html =>
  html`<ul>
    ${found.map(({ where, what, mend }) => html`<li><code>${where}</code>: ${what}; ${mend}</li>`)}
  </ul>`;

/** A repository may only tighten; its maintainers cannot see that the rest of their file does nothing. */
function ofRepositories({ repositories }: SettingsView): Html | null {
  if (repositories.length === 0) return null;
  return html`<section class="card" aria-labelledby="repositories">
    <h2 id="repositories">Files of repositories</h2>
    <p>Not in force as they are written:</p>
    ${repositories.map(({ source, problems: found }) => html`<p><code>${source}</code></p>${listOf(found)}`)}
  </section>`;
}

/** Line by line, because a text loses its line ends on the way through the template. */
const inForce = (file: StoredPolicy["file"]): Html =>
  html`<pre tabindex="0" aria-label="Policy in force">${stringify(file)
    .trimEnd()
    .split("\n")
    .map((line) => html`${line}${LINE_END}`)}</pre>`;

const LINE_END = html`
`;
