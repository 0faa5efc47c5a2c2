import type { Clock, Instant } from "../../src/clock.ts";

/** A clock that stands still until told. */
export function fixedClock(at: Instant): Clock & { set(at: Instant): void } {
  let current = at;
  return {
    now: () => current,
    set(next) {
      current = next;
    },
  };
}
