/** What somebody who reviewed a report found: it was so; it was so and innocent; it was not so. */
export const VERDICTS = ["true", "benign", "false"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How often a signal fired, and what people said of the reports in which it did. */
export type SignalCounts = Readonly<Record<Verdict | "fired", number>>;

/** A share with its 95 % interval; null where nothing was counted. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Of the reports that somebody judged, in how many the signal was right: benign and false ones are not. */
export function precisionOf({ true: right, benign, false: wrong }: SignalCounts): Share | null {
  return wilson(right, right + benign + wrong);
}

/** Quantile of the normal distribution for 95 %, two-sided. */
const Z = 1.959964;
const GRAIN = 1_000;

/** Wilson's score interval, to a thousandth: it says something of few cases, and of none and all among them. */
export function wilson(count: number, total: number): Share | null {
  if (total === 0) return null;
  const share = count / total;
  const spread = Z * Math.sqrt((share * (1 - share)) / total + (Z * Z) / (4 * total * total));
  const middle = share + (Z * Z) / (2 * total);
  const scale = 1 + (Z * Z) / total;
  const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * GRAIN) / GRAIN;
  return { share: round(share), low: round((middle - spread) / scale), high: round((middle + spread) / scale) };
}
