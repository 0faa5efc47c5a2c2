import type { Fetched } from "../absence.ts";
import { required } from "../errors.ts";
import type { RepositoryAddress } from "../ids.ts";

export interface SealedCheckInput {
  readonly headSha: string;
  readonly externalId: string;
  readonly detailsUrl: string;
}

/** What publishing asks of GitHub. */
export interface SealedChecks {
  /** Id of our newest check run on the head that carries the external id; null when there is none. 1 request. */
  findCheckRun(input: {
    readonly repository: RepositoryAddress;
    readonly headSha: string;
    readonly externalId: string;
  }): Promise<Fetched<number | null>>;
  /** Posts the sealed check run, 1 request, never retried here: look with `findCheckRun` first. Throws OperatingError. */
  createSealedCheck(input: { readonly repository: RepositoryAddress } & SealedCheckInput): Promise<number>;
}

/** Where one sealed check run goes. */
export interface SealedTarget {
  readonly repository: RepositoryAddress;
  readonly headSha: string;
  /** Random; also the check's external id, by which an earlier attempt is found. */
  readonly ref: string;
  readonly detailsUrl: string;
  /** True when an earlier attempt may have reached GitHub: then GitHub is asked before anything is written. */
  readonly lookFirst: boolean;
  /** Whether this run still is the one that counts: asked last before the POST, which nothing takes back. */
  readonly isOurs: () => Promise<boolean>;
}

/**
 * The id of the one sealed check run of a head. GitHub's POST is not idempotent and an answer can get lost after the
 * run exists, so a second attempt looks for the first one's trace. Null when another worker has the work. Cost: 1
 * request, 2 when looking first.
 */
export async function publishSealedCheck(
  checks: SealedChecks,
  target: SealedTarget,
): Promise<{ readonly checkRunId: number; readonly written: boolean } | null> {
  const { repository, headSha, ref: externalId, detailsUrl } = target;
  if (target.lookFirst) {
    const found = required("earlier check run", await checks.findCheckRun({ repository, headSha, externalId }));
    if (found !== null) return { checkRunId: found, written: false };
  }
  if (!(await target.isOurs())) return null;
  return {
    checkRunId: await checks.createSealedCheck({ repository, headSha, externalId, detailsUrl }),
    written: true,
  };
}
