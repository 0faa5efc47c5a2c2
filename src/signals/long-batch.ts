import type { DateTraces } from "../history/traces/traces.ts";

type Batch = DateTraces["batches"][number];

/** Fifty days of work over a year or more (SIGNALS.md, hist-backdated-batch-push). */
const MIN_DAYS = 50;
const MIN_SPAN_DAYS = 365;

/** True for work that takes so long that it cannot have been made when it arrived. */
export const isLong = ({ dayCount, spanDays }: Pick<Batch, "dayCount" | "spanDays">): boolean =>
  dayCount >= MIN_DAYS && spanDays >= MIN_SPAN_DAYS;
