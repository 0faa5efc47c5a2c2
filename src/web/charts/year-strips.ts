import type { PictureTraces } from "../../history/traces/traces.ts";
import { type Html, html } from "../html.ts";
import { counted } from "../wording.ts";

type Weeks = PictureTraces["weeks"];

/** Mondays a calendar year can have. */
const WEEKS_PER_YEAR = 53;
const STRIP_HEIGHT = 20;
/** Of a week's width; the rest is the gap to the next. */
const COLUMN_SHARE = 0.75;
/** Dates in commits are free text, so there may be any number of years; older ones are counted, not drawn. */
const MAX_ROWS = 12;
/** Pauses shorter than this are holidays. */
const MIN_PAUSE_WEEKS = 8;
const MS_PER_WEEK = 7 * 86_400_000;

interface Year {
  readonly year: number;
  /** Commits by week of the year. */
  readonly counts: ReadonlyMap<number, number>;
}

/** Commits per week, one row per year with its sum, as a table that reads without pictures; newest year last. */
export function yearStrips(weeks: Weeks): Html {
  const years = yearsOf(weeks);
  const drawn = years.slice(-MAX_ROWS);
  const most = Math.max(1, ...drawn.flatMap(({ counts }) => [...counts.values()]));
  return html`<figure class="year-strips">
    <table class="figures bars">
      <caption class="hidden">Commits per year</caption>
      <thead><tr><th scope="col">Year</th><th scope="col">Weeks, January to December</th><th scope="col" class="number">Commits</th></tr></thead>
      <tbody>
        ${drawn.map((year, index) => [pauseRow(drawn[index - 1], year), row(year, most)])}
      </tbody>
    </table>
    <figcaption>${sentence(weeks)}${
      years.length > drawn.length
        ? ` ${counted(years.length - drawn.length, "earlier year is", "earlier years are")} not drawn.`
        : ""
    }
      <span class="muted">Work in repositories of others is not in it.</span></figcaption>
  </figure>`;
}

function yearsOf(weeks: Weeks): readonly Year[] {
  const byYear = Map.groupBy(weeks, ({ monday }) => Number(monday.slice(0, 4)));
  return [...byYear]
    .sort(([a], [b]) => a - b)
    .map(([year, own]) => ({ year, counts: new Map(own.map(({ monday, count }) => [weekOfYear(monday), count])) }));
}

/** Counts Mondays from the first of January, so that no two weeks of a year share a place. */
const weekOfYear = (monday: string): number =>
  Math.floor((Date.parse(monday) - Date.parse(`${monday.slice(0, 4)}-01-01`)) / MS_PER_WEEK);

/** Years without a commit between two with some: one quiet row, however many they are. */
function pauseRow(before: Year | undefined, { year }: Year): Html | null {
  if (!before || year - before.year < 2) return null;
  const [first, last] = [before.year + 1, year - 1];
  return html`<tr class="pause">
    <th scope="row">${first === last ? first : `${first} to ${last}`}</th>
    <td>no commits</td>
    <td class="number">0</td>
  </tr>`;
}

function row({ year, counts }: Year, most: number): Html {
  return html`<tr>
    <th scope="row">${year}</th>
    <td class="bar"><svg viewBox="0 0 ${WEEKS_PER_YEAR} ${STRIP_HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <line x1="0" x2="${WEEKS_PER_YEAR}" y1="${STRIP_HEIGHT}" y2="${STRIP_HEIGHT}" />
      ${[...counts].map(([week, count]) => {
        const height = Math.max(2, (count / most) * STRIP_HEIGHT);
        return html`<rect x="${week}" y="${(STRIP_HEIGHT - height).toFixed(1)}" width="${COLUMN_SHARE}" height="${height.toFixed(1)}" />`;
      })}
    </svg></td>
    <td class="number">${sum([...counts.values()]).toLocaleString("en-US")}</td>
  </tr>`;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

function sentence(weeks: Weeks): Html | null {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last) return null;
  const busiest = weeks.reduce((best, week) => (week.count > best.count ? week : best));
  const pause = longestPause(weeks);
  const commits = counted(sum(weeks.map(({ count }) => count)), "commit");
  return html`${commits} in ${counted(weeks.length, "week")}, the first beginning ${date(first.monday)}, the last ${date(last.monday)}.
    ${weeks.length > 1 ? html`The busiest week (${date(busiest.monday)}) has ${counted(busiest.count, "commit")}.` : null}
    ${pause ? html`The longest pause is ${long(pause.weekCount)}, after the week of ${date(pause.after)}.` : null}`;
}

const date = (monday: string): Html => html`<time datetime="${monday}">${monday}</time>`;

/** `12 weeks`; from two years on in years, which nobody counts in weeks. */
const long = (weekCount: number): string =>
  weekCount < 2 * WEEKS_PER_YEAR ? counted(weekCount, "week") : `about ${Math.round(weekCount / 52.18)} years`;

function longestPause(weeks: Weeks): { readonly after: string; readonly weekCount: number } | null {
  const pauses = weeks.slice(1).map(({ monday }, index) => {
    const after = weeks[index]?.monday ?? monday;
    return { after, weekCount: Math.round((Date.parse(monday) - Date.parse(after)) / MS_PER_WEEK) - 1 };
  });
  const longest = pauses.reduce<(typeof pauses)[number] | null>(
    (best, next) => (best && best.weekCount >= next.weekCount ? best : next),
    null,
  );
  return longest && longest.weekCount >= MIN_PAUSE_WEEKS ? longest : null;
}
