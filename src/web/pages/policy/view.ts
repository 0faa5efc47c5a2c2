import type { RepositoryId } from "../../../ids.ts";
import { type ExplainedKey, type Origin, valueText } from "../../../policy/explain.ts";
import type { Installation, StoredPolicy } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";

interface PolicyView {
  readonly installation: Installation;
  readonly viewer: Viewer;
  readonly githubUrl: string;
  readonly keys: readonly ExplainedKey[];
  /** Null when none was ever read. */
  readonly organization: StoredPolicy | null;
  /** Null on the page of the organisation. */
  readonly repository: StoredPolicy | null;
  /** Repositories that have a file of their own. */
  readonly others: readonly { readonly id: RepositoryId; readonly source: string }[];
}

/** Every value in force with the line that it comes from, and what of a repository's file does nothing. */
export function policyPage(view: PolicyView): Page {
  const { installation, viewer, repository } = view;
  return {
    title: "Policy in force",
    viewer,
    navigation: ownerNavigation(installation, "settings"),
    body: html`<h1>Policy in force</h1>
      <p class="lead">${
        repository
          ? html`With <code>${repository.source}</code>. A repository may only tighten.`
          : html`For every repository without a file of its own.`
      }</p>
      ${wrong(view)}
      <div class="scroll" tabindex="0" role="group" aria-label="Policy in force"><table class="figures">
        <thead><tr><th scope="col">Key</th><th scope="col">Value</th><th scope="col">From</th></tr></thead>
        <tbody>${view.keys.map((key) => row(key, view))}</tbody>
      </table></div>
      ${elsewhere(view)}`,
  };
}

/** Of a wrong file the last good one counts, whose lines these are. */
function wrong({ installation, organization, repository }: PolicyView): Html | null {
  const files = [organization, repository].filter((file) => file && file.problems.length > 0);
  if (files.length === 0) return null;
  return html`<div class="banner"><p>
    ${files.map((file) => html`<code>${file?.source}</code> `)} has problems now; the last good one stays in force, and the
    lines below are its lines. <a href="/orgs/${installation.id}/settings">The problems</a>
  </p></div>`;
}

function row({ key, value, from, ignored }: ExplainedKey, view: PolicyView): Html {
  return html`<tr>
    <td><code>${key}</code></td>
    <td><code>${valueText(value)}</code></td>
    <td>${from.map((origin, at) => html`${at === 0 ? null : " and "}${originOf(origin, view)}`)}${
      ignored &&
      html`<p class="muted small">Asked for: <code>${valueText(ignored.asked)}</code> in ${originOf(ignored, view)}; ${
        ignored.what
      }; ${ignored.mend}.</p>`
    }</td>
  </tr>`;
}

function originOf({ by, place, line }: Origin, { githubUrl, installation }: PolicyView): Html {
  if (by === "default") return html`default`;
  if (by === "switch") return html`<a href="/orgs/${installation.id}/settings">an owner’s switch</a>`;
  const text = html`<code>${place}${line === null ? null : `:${line}`}</code>`;
  const href = addressOf(place, line);
  return href === null ? text : html`<a href="${githubUrl}${href}">${text}</a>`;
}

/** A place is `owner/repository/path`; GitHub shows the default branch's file as it is now. */
function addressOf(place: string | null, line: number | null): string | null {
  const [, repository, path] = /^([\w-]+\/[\w.-]+)\/([\w./-]+)$/.exec(place ?? "") ?? [];
  if (repository === undefined || path === undefined) return null;
  return `/${repository}/blob/HEAD/${path}${line === null ? "" : `#L${line}`}`;
}

function elsewhere({ installation, repository, others }: PolicyView): Html | null {
  const links = others.filter(({ source }) => source !== repository?.source);
  if (links.length === 0 && !repository) return null;
  return html`<section class="card" aria-labelledby="others"><h2 id="others">Other files</h2>
    <ul>
      ${repository && html`<li><a href="/orgs/${installation.id}/policy">The organisation’s</a></li>`}
      ${links.map(
        ({ id, source }) => html`<li><a href="/orgs/${installation.id}/policy/${id}"><code>${source}</code></a></li>`,
      )}
    </ul></section>`;
}
