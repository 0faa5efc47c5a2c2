import { html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { PLAYBOOK, PLAYBOOK_LEAD } from "./playbook.ts";

/** The incident playbook that the advice of a report names. Says nothing about anybody. */
export function playbookPage(): Page {
  return {
    title: "The incident playbook",
    viewer: null,
    body: html`<div class="text">
      <h1>The incident playbook</h1>
      <p class="lead">${PLAYBOOK_LEAD}</p>
      ${PLAYBOOK.map(
        ({ id, title, steps }) => html`<h2 id="${id}">${title}</h2>
          <ol>
            ${steps.map((step) => html`<li>${step}</li>`)}
          </ol>`,
      )}
    </div>`,
  };
}
