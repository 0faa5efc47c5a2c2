import type { HunkLine } from "../../../change/change.ts";
import type { Evidence } from "../../../signals/signal.ts";
import type { Report } from "../../../store/store.ts";
import { type Html, html } from "../../html.ts";
import { codePieces } from "../../visible.ts";

type EvidencePlace = NonNullable<Evidence["place"]>;

/** Unchanged lines shown before and after the place. */
const CONTEXT_LINES = 2;
const MAX_LINES = 16;

/** The lines a piece of evidence points at, as the change has them. */
export const excerpt = (report: Report, place: EvidencePlace, link: string | null): Html =>
  excerptOf(linesAt(report, place), place, link);

/** Lines of a change around a place, with what cannot be seen drawn. */
export function excerptOf(lines: readonly HunkLine[], place: EvidencePlace, link: string | null): Html {
  const name = `${place.path}:${place.line}${place.endLine && place.endLine !== place.line ? `-${place.endLine}` : ""}`;
  return html`<figure class="excerpt">
    <figcaption>${link ? html`<a href="${link}" rel="noreferrer">${name}</a>` : name}</figcaption>
    ${
      lines.length === 0
        ? html`<p class="muted small">GitHub sent no lines for this place.</p>`
        : html`<div class="scroll" tabindex="0" role="group" aria-label="Lines of ${name}"><table class="code"><tbody>${lines.map((line) => row(line, place))}</tbody></table></div>`
    }
  </figure>`;
}

function linesAt(report: Report, place: EvidencePlace): readonly HunkLine[] {
  const files = report.dossier.sections["change.files"];
  if (files.state !== "present") return [];
  const hunks = files.value.files.find((file) => file.path === place.path)?.hunks ?? [];
  const [first, last] = [place.line - CONTEXT_LINES, (place.endLine ?? place.line) + CONTEXT_LINES];
  return hunks
    .flatMap((hunk) => hunk.lines)
    .filter(({ kind, line }) => kind !== "removed" && line >= first && line <= last)
    .slice(0, MAX_LINES);
}

function row({ kind, line, text }: HunkLine, place: EvidencePlace): Html {
  const meant = line >= place.line && line <= (place.endLine ?? place.line);
  // No white space between the tags: it would be part of the code.
  return html`<tr class="${kind}${meant ? " meant" : ""}"><td class="line">${line}</td><td class="sign">${kind === "added" ? "+" : ""}</td><td><code>${codePieces(text).map(piece)}</code></td></tr>`;
}

const piece = ({ kind, text }: { readonly kind: "text" | "mark"; readonly text: string }): Html =>
  kind === "mark" ? html`<span class="mark">${text}</span>` : html`${text}`;
