/**
 * A silence that ended: years without an act, and a return not long ago. `life-dormant-reactivation-break` judges by it,
 * and the collector asks for keys and events by it alone, so that nothing is asked about anybody else.
 */
export const LONG_SILENCE = { days: 4 * 365.25, returnedWithinDays: 548 } as const;
