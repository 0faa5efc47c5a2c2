/** How fast the store's loops turn. Tests turn them faster. */
export interface Tuning {
  /** How often a loop looks when nothing woke it. */
  readonly pollMs: number;
  /** How long a second of leases, back-off and snoozes lasts; the clock's own seconds must be as long. */
  readonly secondMs: number;
}

export const REAL_TIME: Tuning = { pollMs: 1_000, secondMs: 1_000 };
