import type { Clock } from "../../clock.ts";
import type { AccountId } from "../../ids.ts";

/** How many different reports one person may open within an hour; reading one again is free. */
const MAX_REPORTS_PER_HOUR = 30;
const HOUR_MS = 3_600_000;

export interface ViewLimit {
  /** False when this would be the 31st different report within the hour. */
  allows(viewer: AccountId, reportId: string): boolean;
}

/**
 * A maintainer looks at what is on the desk; somebody who reads through people is doing something else
 * (RELIABILITY.md T40). Kept in memory, per process: a brake, the trail is the record.
 */
export function makeViewLimit(clock: Clock): ViewLimit {
  const views = new Map<AccountId, Map<string, number>>();
  return {
    allows(viewer, reportId) {
      const now = Date.parse(clock.now());
      const recent = new Map([...(views.get(viewer) ?? [])].filter(([, at]) => now - at < HOUR_MS));
      const allowed = recent.has(reportId) || recent.size < MAX_REPORTS_PER_HOUR;
      if (allowed && !recent.has(reportId)) recent.set(reportId, now);
      views.set(viewer, recent);
      return allowed;
    },
  };
}
