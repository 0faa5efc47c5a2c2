import type { Remedy } from "../../../access/remedy/paths.ts";
import { type Html, html } from "../../html.ts";

/** What a person can run to answer a line, folded away, with what stays all the same. */
export const commandsFold = (remedy: Remedy): Html | null =>
  isEmpty(remedy) ? null : html`<details class="commands"><summary>Commands</summary>${commandList(remedy)}</details>`;

/** The same unfolded. */
export const commandList = ({ commands, stays }: Remedy): Html =>
  html`${commands.map(
    ({ verb, path, command }) =>
      html`<p class="small">${VERB_WORDS[verb]} <span class="muted">${path}</span></p>
        <pre tabindex="0" aria-label="Command"><code>${command}</code></pre>`,
  )}
  ${stays.length === 0 ? null : html`<ul class="paths">${stays.map((sentence) => html`<li>${sentence}</li>`)}</ul>`}`;

export const isEmpty = ({ commands, stays }: Remedy): boolean => commands.length + stays.length === 0;

const VERB_WORDS: Readonly<Record<Remedy["commands"][number]["verb"], string>> = {
  lower: "Lowers",
  remove: "Removes",
  close: "Changes",
  list: "Lists",
};

/** Once on each page that shows commands. */
export const COMMANDS_LEAD =
  "Commands are for GitHub’s command line, gh, signed in as an owner. Nothing here is ever run by Sallyport. They name accounts as the audit did: look whom a name belongs to today before you run one.";
