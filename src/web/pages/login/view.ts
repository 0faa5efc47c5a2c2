import { html } from "../../html.ts";
import type { Page } from "../../layout.ts";

/** What anybody sees who opens a closed page: the same for every address, so it tells nothing about any. */
export function signInPage(returnTo: string): Page {
  return {
    title: "Sign in",
    viewer: null,
    body: html`<div class="notice sign-in">
      <img src="/static/sallyport.svg" alt="" width="48" height="48" />
      <h1>This page is for maintainers</h1>
      <p>Sign in with GitHub to open it. GitHub is asked on every visit whether your account may see it.</p>
      <p>
        <a class="button primary" href="/login/start?return_to=${encodeURIComponent(returnTo)}">Sign in with GitHub</a>
      </p>
      <p class="muted small">
        We read your account's number and login once and keep no token. Signing in gives this App no rights over your
        account.
      </p>
      <hr />
      <h2>You sent a contribution?</h2>
      <p>
        Every contribution gets the same note, whoever sent it.
        <a href="/privacy">What is stored about you and how to ask about it</a>.
      </p>
    </div>`,
  };
}
