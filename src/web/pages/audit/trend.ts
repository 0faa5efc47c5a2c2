import type { KeptAudit } from "../../../access/audit-head.ts";
import { columns } from "../../charts/columns.ts";
import { type Html, html } from "../../html.ts";
import { day } from "../../time.ts";
import { counted } from "../../wording.ts";

/** Writers, outside writers and dormant grants over the last weeks, each with its audit; absent until there are two. */
export function trend(
  weeks: readonly KeptAudit[],
  { base, shown }: { readonly base: string; readonly shown: string },
): Html | null {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last || weeks.length < 2) return null;
  const outside = weeks.map((week) => week.outside).filter((count) => count !== null);
  const dormant = weeks.map((week) => week.dormant).filter((count) => count !== null);
  return html`<section aria-labelledby="trend">
    <h2 id="trend">Over ${weeks.length} audits</h2>
    <div class="charts">
      ${chart(
        "Write or more",
        weeks.map(({ writers }) => writers),
      )}
      ${outside.length === weeks.length ? chart("From outside", outside) : null}
      ${dormant.length === weeks.length ? chart("Dormant", dormant) : null}
    </div>
    <p class="muted small">From ${day(first.takenAt)} to ${day(last.takenAt)}, one column per audit.</p>
    <details>
      <summary>Earlier audits</summary>
      <ul class="paths">
        ${weeks
          .toReversed()
          .map(
            ({ id, takenAt, writers }) =>
              html`<li>${
                takenAt === shown
                  ? html`<strong>${day(takenAt)}</strong>`
                  : html`<a href="${takenAt === last.takenAt ? base : `${base}?of=${id}`}">${day(takenAt)}</a>`
              } <span class="muted">${counted(writers, "account")} with write or more</span></li>`,
          )}
      </ul>
    </details>
  </section>`;
}

function chart(name: string, counts: readonly number[]): Html {
  const [first = 0, last = 0] = [counts[0], counts.at(-1)];
  const change =
    last === first ? `${last}, as at the start` : `from ${first} to ${last}, at most ${Math.max(...counts)}`;
  return html`<figure>
    <h3>${name}</h3>
    ${columns(counts)}
    <figcaption class="small">${change}</figcaption>
  </figure>`;
}
