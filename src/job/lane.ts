import type { Job } from "./job.ts";

/**
 * One job of a lane runs at a time: an installation's, or the program's own (0). Sealed checks and labels have a lane
 * beside it, so that none waits behind somebody's assessment: how long that takes must not show in public. Deep scans
 * have one, because they take minutes, and what the API reads because of a finding has one, so that no clone comes later
 * for it.
 */
export function laneOf(job: Job): number {
  if (!("installationId" in job)) return 0;
  if (job.kind === "publish-sealed-check" || job.kind === "label-pull-request") return -job.installationId;
  if (job.kind === "read-histories") return API_SCANS + job.installationId;
  return job.kind === "deep-scan-account" ? DEEP_SCANS + job.installationId : job.installationId;
}

/** Above every id that GitHub will give an installation. */
export const DEEP_SCANS = 2 ** 40;
const API_SCANS = 2 * DEEP_SCANS;

/** All lanes of an installation. */
export const lanesOf = (installationId: number): readonly number[] => [
  installationId,
  -installationId,
  DEEP_SCANS + installationId,
  API_SCANS + installationId,
];
