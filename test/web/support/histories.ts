import { type Dossier, present } from "../../../src/dossier/dossier.ts";
import type { ScanSummary } from "../../../src/history/traces/scan.ts";
import type { PictureTraces } from "../../../src/history/traces/traces.ts";

const READ_AT = "2026-11-23T13:58:00.000Z";
const MS_PER_WEEK = 7 * 86_400_000;

/** Repeatable numbers between 0 and 1: nothing here may differ from run to run. */
const wobble = (index: number): number => (Math.imul(index + 1, 0x9e3779b1) ** 2 % 1_009) / 1_009;

/** Commits made on the account's own machines: what the hours, the weeks and the addresses each add up to. */
export const LOCAL_COUNT = 1_134;

/** Shares out so many commits by weight, none lost to rounding. */
function shared(weights: readonly number[]): readonly number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let given = 0;
  return weights.map((weight) => {
    before += weight;
    const count = Math.round((before / whole) * LOCAL_COUNT) - given;
    given += count;
    return count;
  });
}

/** How much of the work of somebody who works by day falls on an hour; a little is left for the evening. */
function ofDay(hour: number): number {
  if (hour >= 9 && hour < 18) return 14 - Math.abs(13 - hour);
  if (hour >= 20 && hour < 23) return 3;
  return hour === 8 ? 2 : 0;
}

const CELLS = shared(
  Array.from({ length: 168 }, (_, cell) => ofDay(cell % 24) * (cell < 120 ? 1 : 0.12) * (0.4 + wobble(cell))),
);
const HOURS = Array.from({ length: 7 }, (_, day) => CELLS.slice(day * 24, day * 24 + 24));

/** Five and a half years with a pause in the third. */
const WEEK_COUNTS = shared(
  Array.from({ length: 294 }, (_, week) => (week >= 96 && week <= 122 ? 0 : Math.max(0, wobble(week) - 0.2) ** 1.5)),
);
const WEEKS = WEEK_COUNTS.map((count, week) => ({
  monday: new Date(Date.parse("2021-04-05") + week * MS_PER_WEEK).toISOString().slice(0, 10),
  count,
})).filter(({ count }) => count > 0);

const IDENTITIES: PictureTraces["identities"] = [
  ["address", "address 1", "2021-04-06", "2026-11-19", 988],
  ["machine", "machine 1", "2021-04-06", "2023-02-01", 402],
  ["key", "key 1", "2021-09-14", "2026-11-19", 871],
  ["address", "address 2", "2022-03-02", "2024-07-11", 146],
  ["machine", "machine 2", "2023-08-14", "2026-11-19", 719],
  ["machine", "machine 3", "2024-07-30", "2024-07-30", 13],
].map(([kind, label, first, last, commitCount]) => ({
  kind: kind as "address",
  label: String(label),
  firstAt: `${first}T08:00:00.000Z`,
  lastAt: `${last}T16:30:00.000Z`,
  commitCount: Number(commitCount),
}));

const repository = (
  id: number,
  more: Partial<ScanSummary["repositories"][number]>,
): ScanSummary["repositories"][number] => ({
  repository: id,
  state: "read",
  because: null,
  commitCount: 0,
  byteCount: 40_000,
  cached: false,
  attested: true,
  ...more,
});

export const pictures = (more: Partial<PictureTraces> = {}): PictureTraces => ({
  hours: HOURS,
  weeks: WEEKS,
  identities: IDENTITIES,
  ...more,
});

export const scan = (more: Partial<ScanSummary> = {}): ScanSummary => ({
  repositories: [
    repository(501, { commitCount: 96 }),
    repository(502, { commitCount: 811, cached: true }),
    repository(503, { commitCount: 297, attested: false }),
    repository(504, { state: "skipped", because: "too_large", byteCount: 900_000_000, attested: false }),
    repository(505, { state: "skipped", because: "empty", byteCount: 0, attested: false }),
  ],
  copies: [
    {
      repository: 503,
      equalTreeCount: 14,
      foreignRepository: 9_001,
      refs: [
        { commit: "5e1f0a2b".repeat(5), at: "2022-05-02T10:12:00.000Z", attested: false },
        { commit: "77c0de11".repeat(5), at: "2022-05-09T15:40:00.000Z", attested: false },
      ],
    },
  ],
  requests: 12,
  points: 3,
  seconds: 4.21,
  ...more,
});

/** Both sections of a deep scan, as a dossier holds them. */
export const ownHistory = (
  given: { readonly pictures?: Partial<PictureTraces>; readonly scan?: Partial<ScanSummary> } = {},
): Pick<Dossier["sections"], "history.pictures" | "history.scan"> => ({
  "history.pictures": present(pictures(given.pictures), READ_AT),
  "history.scan": present(scan(given.scan), READ_AT),
});
