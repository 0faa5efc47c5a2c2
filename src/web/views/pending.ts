import type { Door } from "../../store/store.ts";
import { type Html, html } from "../html.ts";
import type { Viewer } from "../session.ts";
import type { Page } from "./layout.ts";

const RELOAD_SECONDS = 5;

/** The page behind a door while the pull request is still being read. */
export function pendingPage(view: {
  readonly door: Door;
  readonly viewer: Viewer;
  readonly githubUrl: string;
  readonly reload: boolean;
}): Page {
  const { door, viewer, githubUrl, reload } = view;
  const name = `${door.repositoryOwner}/${door.repositoryName}`;
  return {
    title: `${name} #${door.pullRequestNumber}`,
    viewer,
    place: { installationId: door.installationId, organization: door.repositoryOwner, tab: null, owner: false },
    ...(reload ? { refreshSeconds: RELOAD_SECONDS } : {}),
    body: html`<div class="report">
      <h1>${name} <span class="muted">#${door.pullRequestNumber}</span></h1>
      <p class="meta">Commit <code>${door.headSha.slice(0, 7)}</code></p>
      <dl class="axes">
        ${AXES}
      </dl>
      <section class="todo" aria-label="What to do">
        <h2>Being read</h2>
        <p>
          This commit is being looked at now; that usually takes under a minute.
          ${
            reload
              ? html`The page fills in by itself. <a href="?wait=no">Stop reloading</a>`
              : html`<a href="?">Reload by itself</a>`
          }
        </p>
        <p>
          <a class="button" href="${githubUrl}/${name}/pull/${door.pullRequestNumber}">Open the pull request</a>
        </p>
      </section>
    </div>`,
  };
}

const AXES: readonly Html[] = ["Change", "Access", "Account"].map(
  (axis) => html`<div><dt>${axis}</dt><dd class="muted">not read yet</dd></div>`,
);
