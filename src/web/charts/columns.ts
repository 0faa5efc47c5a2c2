import { type Html, html } from "../html.ts";

const HEIGHT = 40;
const WIDTH = 200;
/** Of a step; the rest is the gap to the next column. */
const COLUMN_SHARE = 0.75;
/** Places at least, so that the first few counts are columns and not walls. */
const FEWEST_PLACES = 12;

/** Counts as quiet columns on a zero base; the text beside it says the figures. */
export function columns(counts: readonly number[]): Html {
  const most = Math.max(1, ...counts);
  const step = WIDTH / Math.max(FEWEST_PLACES, counts.length);
  return html`<svg class="columns-chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    ${counts.map((count, index) => {
      const height = (count / most) * (HEIGHT - 2);
      return html`<rect x="${(index * step).toFixed(1)}" y="${(HEIGHT - height).toFixed(1)}" width="${(step * COLUMN_SHARE).toFixed(1)}" height="${height.toFixed(1)}" />`;
    })}
    <line x1="0" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}" />
  </svg>`;
}
