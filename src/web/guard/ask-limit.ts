import type { Clock } from "../../clock.ts";
import type { AccountId, InstallationId } from "../../ids.ts";

/**
 * Requests the pages of one process may spend of an installation's budget in any minute. GitHub gives each 5,000 an
 * hour and more: at most 58 of a hundred go this way, and at most 29 when only people ask who may see nothing there.
 */
export const REQUESTS_PER_MINUTE = {
  everybody: 48,
  /** Those who were not let in anywhere in the installation within 8 hours: they cannot use up the rest. */
  strangers: 24,
  onePerson: 16,
} as const;

const MINUTE_MS = 60_000;

export interface AskLimit {
  /** True when this person may have one more request asked of GitHub for this installation, which is then counted. */
  take(by: { readonly viewer: AccountId; readonly installationId: InstallationId; readonly known: boolean }): boolean;
}

interface Taken {
  readonly viewer: AccountId;
  readonly known: boolean;
  readonly atMs: number;
}

/** Counts in memory: at most 48 entries an installation. A clock that is set back forgets what it counted. */
export function makeAskLimit(clock: Clock): AskLimit {
  const installations = new Map<InstallationId, readonly Taken[]>();
  return {
    take({ viewer, installationId, known }) {
      const nowMs = Date.parse(clock.now());
      const taken = (installations.get(installationId) ?? []).filter(({ atMs }) => Math.abs(nowMs - atMs) < MINUTE_MS);
      const allowed =
        taken.length < REQUESTS_PER_MINUTE.everybody &&
        taken.filter((one) => one.viewer === viewer).length < REQUESTS_PER_MINUTE.onePerson &&
        (known || taken.filter((one) => !one.known).length < REQUESTS_PER_MINUTE.strangers);
      installations.set(installationId, allowed ? [...taken, { viewer, known, atMs: nowMs }] : taken);
      return allowed;
    },
  };
}
