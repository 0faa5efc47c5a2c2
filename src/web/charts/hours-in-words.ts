const HOUR_COUNT = 24;
/** Below this many commits no hour is called usual. */
const MIN_COMMIT_COUNT = 20;
/** "Most" commits: this share or more. */
const MOST = 0.75;
/** A longer stretch than this is the whole day in other words. */
const MAX_BUSY_HOURS = 14;
/** An hour is quiet with this share of the commits or less; fewer quiet hours in a row than four are not named. */
const QUIET_SHARE = 0.01;
const MIN_QUIET_HOURS = 4;

/** Some hours in a row, over midnight if need be. */
interface Stretch {
  readonly start: number;
  readonly length: number;
  readonly count: number;
}

/** What commits by hour of the day (24 counts) show, in one sentence that says nothing about why. */
export function hoursInWords(counts: readonly number[]): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < MIN_COMMIT_COUNT) return "There are too few commits to say which hours are usual.";
  const busy = busiest(counts, total);
  const quiet = quietest(counts, total);
  const most = busy
    ? `${busy.count === total ? "All commits" : `Most commits (${percent(busy.count, total)})`} fall ${between(busy)}`
    : "Commits are spread over the day";
  if (busy?.count === total) return `${most}.`;
  if (!quiet) return `${most}; no four hours in a row are quiet.`;
  const { start, length } = quiet;
  return `${most}; the quiet hours are ${twoDigits(start)} to ${twoDigits(endOf({ start, length }))}.`;
}

/** `09`. */
export const twoDigits = (hour: number): string => String(hour).padStart(2, "0");

/** The shortest stretch that holds most commits, of equally short ones the fullest, then the earliest. */
function busiest(counts: readonly number[], total: number): Stretch | null {
  for (let length = 1; length <= MAX_BUSY_HOURS; length += 1) {
    const fullest = stretches(counts, length).reduce((best, next) => (next.count > best.count ? next : best));
    if (fullest.count >= total * MOST) return fullest;
  }
  return null;
}

/** The longest stretch of quiet hours, of equally long ones the emptiest, then the earliest. */
function quietest(counts: readonly number[], total: number): Stretch | null {
  for (let length = HOUR_COUNT - 1; length >= MIN_QUIET_HOURS; length -= 1) {
    const quiet = stretches(counts, length).filter(({ start }) =>
      hoursOf(counts, start, length).every((count) => count <= total * QUIET_SHARE),
    );
    if (quiet.length > 0) return quiet.reduce((best, next) => (next.count < best.count ? next : best));
  }
  return null;
}

const stretches = (counts: readonly number[], length: number): readonly Stretch[] =>
  Array.from({ length: HOUR_COUNT }, (_, start) => ({
    start,
    length,
    count: hoursOf(counts, start, length).reduce((sum, count) => sum + count, 0),
  }));

const hoursOf = (counts: readonly number[], start: number, length: number): readonly number[] =>
  Array.from({ length }, (_, offset) => counts[(start + offset) % HOUR_COUNT] ?? 0);

/** The hour at which a stretch ends; midnight is 24. */
const endOf = ({ start, length }: Pick<Stretch, "start" | "length">): number =>
  (start + length) % HOUR_COUNT || HOUR_COUNT;

const between = (stretch: Stretch): string => `between ${twoDigits(stretch.start)} and ${twoDigits(endOf(stretch))} h`;

const percent = (count: number, total: number): string => `${Math.min(99, Math.round((count / total) * 100))} %`;
