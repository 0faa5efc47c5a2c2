import type { Instant } from "../../clock.ts";

/** Counts for the pictures; by the account's own clock, which names no place. */
export interface PictureTraces {
  /** Local commits by weekday (seven rows, Monday first) and hour (24). */
  readonly hours: readonly (readonly number[])[];
  /** Weeks with commits, oldest first, the last 520: the Monday (YYYY-MM-DD) and how many. */
  readonly weeks: readonly { readonly monday: string; readonly count: number }[];
  /** When each address, machine and key was in use, oldest first, at most 24. Labels are numbers: "address 1". */
  readonly identities: readonly {
    readonly kind: "address" | "machine" | "key";
    readonly label: string;
    readonly firstAt: Instant;
    readonly lastAt: Instant;
    readonly commitCount: number;
  }[];
}
