import type { Viewer } from "./guard/session.ts";
import { type Html, html } from "./html.ts";

export type Tab = "overview" | "audit" | "flags" | "pushes" | "work" | "settings" | "trail";

/** One page. Without a viewer it is the same for everybody. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly viewer: Viewer | null;
  /** The organisation the page belongs to; draws its tabs. */
  readonly navigation?: Navigation;
  /** Loads the page again by itself after so many seconds. */
  readonly refreshSeconds?: number;
  /** True during set-up, when there are no other pages to lead to. */
  readonly alone?: boolean;
}

export interface Navigation {
  readonly installationId: number;
  readonly organization: string;
  /** Null on pages below a tab. */
  readonly tab: Tab | null;
  /** Owners see all tabs, maintainers none: they come by the door of a pull request. */
  readonly owner: boolean;
}

/** The whole document. Everything that varies went through `html`. */
export function layout(page: Page): string {
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${page.title} · Sallyport</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow, noarchive" />
        <meta name="color-scheme" content="light dark" />
        ${page.refreshSeconds ? html`<meta http-equiv="refresh" content="${page.refreshSeconds}" />` : null}
        <link rel="icon" href="/static/sallyport.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/static/sallyport.css" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        ${masthead(page)}
        <main id="content">${page.body}</main>
        ${footer(page)}
      </body>
    </html>`.markup
  }`;
}

function masthead({ viewer, navigation }: Page): Html {
  return html`<header class="masthead${navigation?.owner ? " with-tabs" : ""}">
    <div class="masthead-row">
      <a class="brand" href="/"><img src="/static/sallyport.svg" alt="" width="24" height="24" />Sallyport</a>
      ${navigation ? html`<span class="crumb">${crumb(navigation)}</span>` : null} ${viewer ? signedIn(viewer) : null}
    </div>
    ${navigation?.owner ? tabs(navigation) : null}
  </header>`;
}

const crumb = (navigation: Navigation): Html =>
  navigation.owner
    ? html`<a href="/orgs/${navigation.installationId}">${navigation.organization}</a>`
    : html`${navigation.organization}`;

const signedIn = (viewer: Viewer): Html =>
  html`<form class="signed-in" method="post" action="/logout">
    <span class="muted login"><bdi>${viewer.login}</bdi></span>
    <input type="hidden" name="csrf" value="${viewer.csrf}" />
    <button class="link" type="submit">Sign out</button>
  </form>`;

const TABS: readonly (readonly [tab: Tab, path: string, text: string])[] = [
  ["overview", "", "Overview"],
  ["audit", "/audit", "Access audit"],
  ["flags", "/flags", "Flags"],
  ["pushes", "/pushes", "Pushes"],
  ["work", "/work", "Work"],
  ["trail", "/trail", "Trail"],
  ["settings", "/settings", "Settings"],
];

const tabs = (navigation: Navigation): Html =>
  html`<nav class="tabs" aria-label="Organisation">
    ${TABS.map(
      ([tab, path, text]) =>
        html`<a href="/orgs/${navigation.installationId}${path}"${tab === navigation.tab ? html` aria-current="page"` : null}>${text}</a>`,
    )}
  </nav>`;

const footer = ({ alone }: Page): Html =>
  html`<footer>
    <span>Evidence for a human decision, never a verdict.</span>
    ${alone ? null : ABOUT}
  </footer>`;

const ABOUT = html`<nav aria-label="About">
  <a href="/signals">What is looked at</a> <a href="/privacy">Privacy and your rights</a>
</nav>`;
