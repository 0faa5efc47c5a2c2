import { daysBetween, type Instant } from "../../../clock.ts";
import type { Door } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";

const RELOAD_SECONDS = 5;
/** All attempts of a triage that still counts are over by then; a page that reloads for ever keeps a session awake. */
const GIVEN_UP_AFTER_DAYS = 15 / 1_440;

/** The page behind a door while the pull request is still being read, and when it never will be. */
export function pendingPage(view: {
  readonly door: Door;
  readonly viewer: Viewer;
  readonly githubUrl: string;
  readonly reload: boolean;
  readonly now: Instant;
}): Page {
  const { door, viewer, githubUrl, reload, now } = view;
  const waits = daysBetween(door.openedAt, now) < GIVEN_UP_AFTER_DAYS;
  const name = `${door.repositoryOwner}/${door.repositoryName}`;
  return {
    title: `${name} #${door.pullRequestNumber}`,
    viewer,
    place: { installationId: door.installationId, organization: door.repositoryOwner, tab: null, owner: false },
    ...(waits && reload ? { refreshSeconds: RELOAD_SECONDS } : {}),
    body: html`<div class="report">
      <h1>${name} <span class="muted">#${door.pullRequestNumber}</span></h1>
      <p class="meta">Commit <code>${door.headSha.slice(0, 7)}</code></p>
      <dl class="axes">
        ${AXES}
      </dl>
      <section class="todo" aria-label="What to do">
        ${waits ? beingRead(reload) : NOT_READ}
        <p>
          <a class="button" href="${githubUrl}/${name}/pull/${door.pullRequestNumber}">Open the pull request</a>
        </p>
      </section>
    </div>`,
  };
}

const beingRead = (reload: boolean): Html =>
  html`<h2>Being read</h2>
    <p>
      This commit is being looked at now; that usually takes under a minute, and after several pushes in a row a few
      minutes.
      ${
        reload
          ? html`The page fills in by itself. <a href="?wait=no">Stop reloading</a>`
          : html`<a href="?">Reload by itself</a>`
      }
    </p>`;

const NOT_READ = html`<h2>Not read</h2>
  <p>
    There is no report on this commit: the pull request was closed or moved on before, it is by an automation that your
    policy skips, GitHub could not be asked, or the time of keeping is over.
  </p>`;

const AXES: readonly Html[] = ["Change", "Access", "Account"].map(
  (axis) => html`<div><dt>${axis}</dt><dd class="muted">not read yet</dd></div>`,
);
