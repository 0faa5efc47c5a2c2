/** Something that grows with what others chose, as the app does it. */
export interface WorstInput {
  readonly name: string;
  /** The most that GitHub or our own limits let through. */
  readonly full: number;
  /** Where growth is measured: at n, 2n and 4n; null where there is nothing to measure. */
  readonly growth: number | null;
  /** Makes the input; what comes back is measured. */
  readonly make: (size: number) => (() => Promise<unknown>) | Promise<() => Promise<unknown>>;
}
