import type { CreatedApp } from "../../../github/gateway.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { credentialLines } from "./credentials.ts";
import type { AppFile } from "./manifest.ts";

/** Why each permission is asked for; the same words as the comments of `app.yml`. */
const PERMISSION_REASONS: Readonly<Record<string, string>> = {
  metadata: "Repository names, and what role an account has: asked on every page view.",
  pull_requests: "The change, its commits and its author.",
  checks: "The one thing written: a sealed check run, the same for everybody.",
  members: "Owners, teams, outside collaborators and invitations, for the access audit.",
  single_file: "One file per repository: its policy, .github/sallyport.yml.",
  administration: "For audits: branch protections, rulesets, deploy keys, invitations to repositories.",
  organization_administration: "For audits: the role every member has everywhere, and installed Apps.",
  organization_custom_org_roles: "For audits: roles of the organisation that write to every repository.",
  organization_personal_access_tokens: "For audits: whose tokens there are, what they may write, when they end.",
  organization_secrets: "For audits: names of the organisation's secrets, never values.",
  organization_self_hosted_runners: "For audits: groups of self-hosted runners.",
  secrets: "For audits: names of repositories' secrets, never values.",
  environments: "For audits: names of environments' secrets, never values.",
  actions: "For audits: environments, their reviewers and branches.",
};

interface SetupView {
  readonly app: AppFile;
  readonly tier: "usual" | "audits";
  readonly manifest: string;
  /** Null before the first step; empty for the person's own account. */
  readonly organization: string | null;
  readonly state: string;
  readonly githubUrl: string;
  readonly publicUrl: string;
  readonly webhookUrl: string;
  /** Why GitHub cannot reach that address; null when it may well. */
  readonly outOfReach: string | null;
  /** Why the credentials will be shown instead of kept; null when they can be kept. */
  readonly whyNotKept: string | null;
}

/** Two steps: whose App it will be, then GitHub's own page, which shows everything again. */
export function setupPage(view: SetupView): Page {
  return {
    title: "Set up",
    viewer: null,
    alone: true,
    body: html`<div class="text setup">
      <h1>Set up Sallyport</h1>
      <p class="lead">
        One step here, one on GitHub. GitHub creates an App that belongs to you and hands its keys to this server;
        ${view.whyNotKept === null ? html`they are kept in <code>.env</code>, readable by nobody else` : "they are shown to you once"}.
      </p>
      ${view.outOfReach === null ? steps(view) : addressFirst(view.publicUrl, view.outOfReach)}
      <h2>What the App may do</h2>
      ${permissions(view.app)}
      <p class="muted small">
        GitHub will send events to <code>${view.webhookUrl}</code>.
      </p>
    </div>`,
  };
}

const steps = (view: SetupView): Html => html`${view.whyNotKept === null ? null : storeFirst(view.whyNotKept)}
  ${owner(view)} ${view.organization === null ? null : create({ ...view, organization: view.organization })}`;

/** An App with an address that GitHub cannot reach hears of nothing, and its address is changed by hand. */
const addressFirst = (publicUrl: string, why: string): Html => html`<div class="card stacked">
  <h2>First, an address that GitHub can reach</h2>
  <p>
    This server believes that it is at <code>${publicUrl}</code>, which GitHub cannot reach: ${why}. Stop it, set
    <code>PUBLIC_URL</code> to the https address under which the internet finds it, and start it again.
  </p>
  <p>
    On a laptop, a tunnel gives one (<code>cloudflared tunnel --url ${publicUrl}</code>), or set
    <code>WEBHOOK_PROXY_URL</code> to a channel of smee.io.
  </p>
</div>`;

/** Said before anybody is on GitHub's page: what is shown after it is shown once. */
const storeFirst = (why: string): Html => html`<div class="card stacked">
  <h2>Have a secret store at hand</h2>
  <p>
    The keys cannot be kept here: ${why}. When GitHub has created the App, this server shows them to you once, on the page
    that you come back to, as variables for your secret store or <code>.env</code>.
  </p>
</div>`;

function owner({ organization, tier }: SetupView): Html {
  return html`<form method="get" class="card stacked">
    <h2>1. Whose App is it?</h2>
    <label for="organization">Organisation</label>
    <p class="muted small" id="organization-hint">Its login on GitHub, for example octo-org. Empty for your own account.</p>
    <input
      id="organization"
      name="organization"
      value="${organization}"
      maxlength="39"
      pattern="[A-Za-z0-9\\-]*"
      autocomplete="off"
      aria-describedby="organization-hint"
    />
    <fieldset class="choices">
      <legend>What is it to see?</legend>
      <div><input type="radio" id="tier-usual" name="tier" value="usual"${tier === "usual" ? html` checked` : null} />
        <label for="tier-usual">Pull requests, and who has access</label></div>
      <div><input type="radio" id="tier-audits" name="tier" value="audits"${tier === "audits" ? html` checked` : null} />
        <label for="tier-audits">For audits also what that access reaches: branch rules, deploy keys, Apps, tokens, runners, names of
          secrets. It reads them and writes nothing more</label></div>
    </fieldset>
    <button class="button${organization === null ? " primary" : ""}" type="submit">Next</button>
  </form>`;
}

function create({ organization, githubUrl, state, manifest }: SetupView & { readonly organization: string }): Html {
  const path = organization ? `/organizations/${organization}/settings/apps/new` : "/settings/apps/new";
  return html`<form method="post" action="${githubUrl}${path}?state=${state}" class="card stacked">
    <h2>2. Create it on GitHub</h2>
    <p>
      It will belong to ${organization ? html`<strong>${organization}</strong>` : "your own account"}. GitHub asks for a name that
      nobody else uses and shows every permission once more.
    </p>
    <input type="hidden" name="manifest" value="${manifest}" />
    <button class="button primary" type="submit">Continue on GitHub</button>
  </form>`;
}

const permissions = ({ default_permissions: asked }: AppFile): Html =>
  html`<div class="scroll" tabindex="0" role="group" aria-label="Permissions"><table class="figures">
    <thead><tr><th scope="col">Permission</th><th scope="col">Level</th><th scope="col">For</th></tr></thead>
    <tbody>
      ${Object.entries(asked).map(
        ([name, level]) =>
          html`<tr><td><code>${name}</code></td><td>${level}</td><td>${PERMISSION_REASONS[name]}</td></tr>`,
      )}
    </tbody>
  </table></div>`;

/** The App exists and its keys are kept. */
export function createdPage(app: CreatedApp): Page {
  return {
    title: "Set up",
    viewer: null,
    alone: true,
    body: html`<div class="notice">
      <h1>The App ${app.slug} exists</h1>
      <p>Its keys are in <code>.env</code>, and Sallyport goes on starting with them. Now choose where it looks.</p>
      <p><a class="button primary" href="${app.htmlUrl}/installations/new">Install it on GitHub</a></p>
      <p class="muted small">
        It begins in shadow mode: everything is shown to you here, and nothing is written on GitHub until an owner turns it on.
      </p>
    </div>`,
  };
}

/** The App exists and its keys could not be kept: they are on this page, and nowhere else. */
export function shownPage(app: CreatedApp, why: string): Page {
  return {
    title: "Set up",
    viewer: null,
    alone: true,
    body: html`<div class="text setup">
      <h1>The App ${app.slug} exists: store its keys now</h1>
      <p class="lead">They could not be kept here: ${why}. They are shown this once and nowhere else.</p>
      <label for="credentials">Variables for your secret store or <code>.env</code>, one a line</label>
      <textarea id="credentials" readonly rows="12" cols="80" spellcheck="false" autocomplete="off">${credentialLines(app).map((line) => html`${line}\n`)}</textarea>
      <p>Stop this server and start it with them. Then <a href="${app.htmlUrl}/installations/new">install the App on GitHub</a>.</p>
      <p class="muted small">
        Lost them? On <a href="${app.htmlUrl}">the App's page</a>, under its settings, GitHub makes a new private key, client
        secret and webhook secret.
      </p>
    </div>`,
  };
}
