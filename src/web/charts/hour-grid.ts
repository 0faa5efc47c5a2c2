import type { PictureTraces } from "../../history/traces/traces.ts";
import { type Html, html } from "../html.ts";
import { counted } from "../wording.ts";
import { hoursInWords, twoDigits } from "./hours-in-words.ts";

type Hours = PictureTraces["hours"];

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Where the axis says what time it is. */
const LABELLED_HOURS = [0, 6, 12, 18, 24] as const;

const CELL_WIDTH = 100 / HOURS.length;
/** Pixels. Heights are fixed and widths are shares, so letters keep their size on every screen. */
const CELL_HEIGHT = 22;
const AXIS_HEIGHT = 24;
const HEIGHT = DAYS.length * CELL_HEIGHT + AXIS_HEIGHT;
/** Three letters and a gap. */
const DAYS_WIDTH = 36;

/** Steps of colour above the one for nothing. */
const STEP_COUNT = 4;
/** The strongest step begins below the busiest cells, so that a single outlier does not pale all others. */
const CEILING_RANK = 0.95;

/** Commits of an account by weekday and hour of its own clock: a picture, its key, a sentence and the figures. */
export function hourGrid(hours: Hours): Html {
  const ceiling = ceilingOf(hours.flat());
  const total = sum(hours.flat());
  return html`<figure class="hour-grid">
    <div class="grid">
      <svg width="${DAYS_WIDTH}" height="${HEIGHT}" aria-hidden="true" focusable="false">
        ${DAYS.map((day, row) => html`<text x="0" y="${(row + 0.5) * CELL_HEIGHT}" dominant-baseline="central">${day.slice(0, 3)}</text>`)}
      </svg>
      <svg width="100%" height="${HEIGHT}" role="img" aria-label="Commits by weekday and hour, ${total.toLocaleString("en-US")} in all; the sentence and the table below say the same">
        ${DAYS.map((day, row) => line(day, row, { counts: hours[row] ?? [], ceiling }))}
        ${LABELLED_HOURS.map(hourLabel)}
      </svg>
    </div>
    ${key(ceiling)}
    <figcaption>
      ${hoursInWords(HOURS.map((hour) => sum(hours.map((row) => row[hour] ?? 0))))}
      <span class="muted">${counted(total, "commit")} made on its own machines, by the account's own clock at that moment; this
      names no place.</span>
    </figcaption>
    ${figures(hours)}
  </figure>`;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

function ceilingOf(counts: readonly number[]): number {
  const busy = counts.filter((count) => count > 0).sort((a, b) => a - b);
  return busy[Math.ceil(busy.length * CEILING_RANK) - 1] ?? 1;
}

const stepOf = (count: number, ceiling: number): number =>
  Math.min(STEP_COUNT, Math.ceil((count / ceiling) * STEP_COUNT));

interface HourRow {
  readonly counts: readonly number[];
  readonly ceiling: number;
}

function line(day: string, row: number, { counts, ceiling }: HourRow): Html {
  const top = row * CELL_HEIGHT;
  return html`${HOURS.map((hour) => {
    const count = counts[hour] ?? 0;
    const box = html`class="step-${stepOf(count, ceiling)}" x="${edge(hour)}" y="${top}" width="${CELL_WIDTH.toFixed(3)}%" height="${CELL_HEIGHT}" rx="4"`;
    if (count === 0) return html`<rect ${box} />`;
    return html`<rect ${box}><title>${day}, ${twoDigits(hour)} to ${twoDigits(hour + 1)} h: ${counted(count, "commit")}</title></rect>`;
  })}`;
}

const edge = (hour: number): string => `${(hour * CELL_WIDTH).toFixed(3)}%`;

function hourLabel(hour: number): Html {
  const anchor = hour === 0 ? "start" : hour === 24 ? "end" : "middle";
  return html`<text x="${edge(hour)}" y="${HEIGHT - 6}" text-anchor="${anchor}">${twoDigits(hour)}${hour === 24 ? " h" : ""}</text>`;
}

/** What each step stands for, in commits; steps that no whole number falls into are left out. */
function key(ceiling: number): Html {
  const ranges = Array.from({ length: STEP_COUNT }, (_, index) => ({
    step: index + 1,
    low: Math.floor((index * ceiling) / STEP_COUNT) + 1,
    high: Math.floor(((index + 1) * ceiling) / STEP_COUNT),
  })).filter(({ low, high }) => low <= high);
  return html`<ul class="key small" aria-label="Commits per cell">
    <li>${swatch(0)} none</li>
    ${ranges.map(({ step, low, high }) => {
      const words = step === STEP_COUNT ? `${low} or more` : low === high ? `${low}` : `${low} to ${high}`;
      return html`<li>${swatch(step)} ${words}</li>`;
    })}
  </ul>`;
}

const swatch = (step: number): Html =>
  html`<svg width="14" height="14" aria-hidden="true" focusable="false"><rect class="step-${step}" width="14" height="14" rx="4" /></svg>`;

/** The same figures for those who cannot use the picture. */
function figures(hours: Hours): Html {
  return html`<details>
    <summary class="small">The same as a table</summary>
    <div class="scroll" tabindex="0" role="group" aria-label="Commits by weekday and hour">
      <table class="figures dense">
        <caption class="hidden">Commits by weekday and hour</caption>
        <thead><tr><th scope="col">Day</th>${HOURS.map((hour) => html`<th scope="col" class="number">${twoDigits(hour)}</th>`)}</tr></thead>
        <tbody>
          ${DAYS.map(
            (day, row) => html`<tr><th scope="row">${day.slice(0, 3)}</th>
              ${HOURS.map((hour) => figure(hours[row]?.[hour] ?? 0))}</tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

const figure = (count: number): Html => html`<td class="number${count === 0 ? " muted" : ""}">${count}</td>`;
