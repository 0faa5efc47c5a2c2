import type { PictureTraces } from "../../history/traces/traces.ts";
import { type Html, html } from "../html.ts";
import { day } from "../time.ts";
import { capital, counted } from "../wording.ts";

type Identity = PictureTraces["identities"][number];

const MAX_ROWS = 24;
const KINDS = {
  address: { one: "address", many: "addresses" },
  machine: { one: "machine", many: "machines" },
  key: { one: "key", many: "keys" },
} as const satisfies Record<Identity["kind"], unknown>;

/** Years with a name on the axis, and those of them that a phone has room for. */
const MAX_YEAR_LABELS = { wide: 6, phone: 3 } as const;
/** Years with a line; beyond, only those with a name have one. */
const MAX_YEAR_LINES = 16;
/** Per cent of the axis that a single day is drawn as. */
const MIN_BAR_WIDTH = 2;
/** Pixels. */
const ROW_HEIGHT = 20;
const BAR_HEIGHT = 10;
/** How far a year's line reaches beyond its row's picture to meet the one of the next row. */
const LINE_OVERHANG = 7;

/** Which screens have room for the name of a year. */
type Named = "always" | "wide" | "never";

interface Axis {
  /** Place of a moment, 0 to 100. */
  readonly place: (at: string) => number;
  readonly years: readonly {
    readonly year: number;
    readonly at: number;
    readonly named: "always" | "wide" | "never";
  }[];
}

/** Which address, machine and key was in use when, one row each, as a table with a bar in each row. */
export function identityTimeline(all: readonly Identity[]): Html {
  const identities = all.slice(0, MAX_ROWS);
  const axis = axisOf(identities);
  const kinds = Object.keys(KINDS) as readonly Identity["kind"][];
  return html`<figure class="identities">
    <table class="figures bars">
      <caption class="hidden">Addresses, machines and keys in use</caption>
      <thead><tr>
        <th scope="col">In use</th>
        <th scope="col">${yearLabels(axis)}</th>
        <th scope="col" class="number">Commits</th>
      </tr></thead>
      ${kinds.map((kind) => {
        const own = identities.filter((identity) => identity.kind === kind);
        return own.length > 0 ? html`<tbody>${own.map((identity) => row(identity, axis))}</tbody>` : null;
      })}
    </table>
    <figcaption>${sentence(identities)}${all.length >= MAX_ROWS ? ` No more than ${MAX_ROWS} are shown.` : ""}
      <span class="muted">They are numbered; what they are called is not kept. A new computer, a new job or a new address is
      the usual reason for a change.</span></figcaption>
  </figure>`;
}

function axisOf(identities: readonly Identity[]): Axis {
  const start = Math.min(...identities.map(({ firstAt }) => Date.parse(firstAt)));
  const end = Math.max(...identities.map(({ lastAt }) => Date.parse(lastAt)));
  const place = (at: number): number => (end > start ? ((at - start) / (end - start)) * 100 : 0);
  const [first, last] = [new Date(start).getUTCFullYear() + 1, new Date(end).getUTCFullYear()];
  const count = Math.max(0, last - first + 1);
  const [wide, phone] = [stepFor(count, MAX_YEAR_LABELS.wide), stepFor(count, MAX_YEAR_LABELS.phone)];
  const years = Array.from({ length: count }, (_, index) => first + index);
  return {
    place: (at) => place(Date.parse(at)),
    years: years
      .map((year) => ({ year, at: place(Date.UTC(year, 0, 1)), named: namedWhen(year, { wide, phone }) }))
      .filter(({ named }) => count <= MAX_YEAR_LINES || named !== "never"),
  };
}

const namedWhen = (year: number, { wide, phone }: { readonly wide: number; readonly phone: number }): Named =>
  year % phone === 0 ? "always" : year % wide === 0 ? "wide" : "never";

/** The smallest round step that leaves at most so many. */
const stepFor = (count: number, most: number): number =>
  [1, 2, 5, 10, 20, 50, 100].find((step) => count / step <= most) ?? 1_000;

/** The scale is for the eye: each row says its dates in words. */
function yearLabels({ years }: Axis): Html {
  const shown = years.filter(({ named }) => named !== "never");
  if (shown.length === 0) return html`<span class="hidden">Bar</span>`;
  return html`<span class="hidden">Bar</span><svg class="axis" width="100%" height="16" aria-hidden="true" focusable="false">
    ${shown.map(({ year, at, named }) => html`<text class="${named}" x="${at.toFixed(2)}%" y="12" text-anchor="${anchorAt(at)}">${year}</text>`)}
  </svg>`;
}

const anchorAt = (at: number): string => (at < 10 ? "start" : at > 90 ? "end" : "middle");

function row({ label, firstAt, lastAt, commitCount }: Identity, { place, years }: Axis): Html {
  const width = Math.max(MIN_BAR_WIDTH, place(lastAt) - place(firstAt));
  const left = Math.min(place(firstAt), 100 - width);
  return html`<tr>
    <th scope="row">${label} <span class="dates">${dates(firstAt, lastAt)}</span></th>
    <td class="bar"><svg width="100%" height="${ROW_HEIGHT}" aria-hidden="true" focusable="false">
      ${years.map(({ at }) => html`<line x1="${at.toFixed(2)}%" x2="${at.toFixed(2)}%" y1="${-LINE_OVERHANG}" y2="${ROW_HEIGHT + LINE_OVERHANG}" />`)}
      <rect x="${left.toFixed(2)}%" y="${(ROW_HEIGHT - BAR_HEIGHT) / 2}" width="${width.toFixed(2)}%" height="${BAR_HEIGHT}" rx="3" />
    </svg></td>
    <td class="number">${commitCount.toLocaleString("en-US")}</td>
  </tr>`;
}

const dates = (firstAt: string, lastAt: string): Html =>
  day(firstAt) === day(lastAt) ? date(firstAt) : html`${date(firstAt)} to ${date(lastAt)}`;

const date = (at: string): Html => html`<time datetime="${at}">${day(at)}</time>`;

function sentence(identities: readonly Identity[]): Html {
  const counts = Object.entries(KINDS).flatMap(([kind, { one, many }]) => {
    const count = identities.filter((identity) => identity.kind === kind).length;
    return count > 0 ? [counted(count, one, many)] : [];
  });
  const longest = identities.reduce((best, next) => (daysOf(next) > daysOf(best) ? next : best));
  const most = identities.length > 1 ? ` ${capital(longest.label)} was in use for the longest time.` : "";
  const [first, last] = [least(identities), greatest(identities)];
  const when = day(first) === day(last) ? html`all on ${date(first)}` : html`between ${date(first)} and ${date(last)}`;
  return html`${listed(counts)}, ${when}.${most}`;
}

const daysOf = ({ firstAt, lastAt }: Identity): number => Date.parse(lastAt) - Date.parse(firstAt);

const least = (identities: readonly Identity[]): string =>
  identities.map(({ firstAt }) => firstAt).reduce((a, b) => (a <= b ? a : b));

const greatest = (identities: readonly Identity[]): string =>
  identities.map(({ lastAt }) => lastAt).reduce((a, b) => (a >= b ? a : b));

/** `a`, `a and b`, `a, b and c`. */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
