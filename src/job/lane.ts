import type { Job, JobKind } from "./job.ts";

const IN_PUBLIC: ReadonlySet<JobKind> = new Set<JobKind>([
  "publish-sealed-check",
  "label-pull-request",
  "publish-change-findings",
]);

/**
 * One job of a lane runs at a time: an installation's, or the program's own (0). What is written in public has a lane
 * beside it, so that none waits behind somebody's assessment: how long that takes must not show in public. Deep scans
 * have one, because they take minutes, and what the API reads because of a finding has one, so that no clone comes later
 * for it. Messages have the lane of where they go, whichever installation they are about: a server that hangs has one
 * at a time, and nothing else waits behind it.
 */
export function laneOf(job: Job): number {
  if (!("installationId" in job)) return 0;
  if (job.kind === "send-notice") return laneOfDestination(job.destination);
  if (IN_PUBLIC.has(job.kind)) return -job.installationId;
  if (job.kind === "read-histories") return API_SCANS + job.installationId;
  return job.kind === "deep-scan-account" ? DEEP_SCANS + job.installationId : job.installationId;
}

/** Above every id that GitHub will give an installation. */
export const DEEP_SCANS = 2 ** 40;
const API_SCANS = 2 * DEEP_SCANS;
/** Multiples of `DEEP_SCANS` from here on, up to the largest whole number there is: of no installation. */
const FIRST_DESTINATION = 4;
const DESTINATIONS = 2 ** 13 - FIRST_DESTINATION;

/** Of two destinations a few in ten thousand names share one; those are refused when their file is read. */
export const laneOfDestination = (name: string): number =>
  (FIRST_DESTINATION + (hash(name) % DESTINATIONS)) * DEEP_SCANS;

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** All lanes of an installation; its messages are in those of where they go. */
export const lanesOf = (installationId: number): readonly number[] => [
  installationId,
  -installationId,
  DEEP_SCANS + installationId,
  API_SCANS + installationId,
];
