/**
 * Days of error that clocks and rebases explain (SIGNALS.md, hist-impossible-timestamps): a child before its parent, and
 * any other date after what it cannot be after. Only beyond them a date is impossible, in a history and in a change.
 */
export const CLOCK_ERROR_DAYS = { childLead: 30, clock: 1 } as const;
