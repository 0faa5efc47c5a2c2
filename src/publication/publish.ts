import { required } from "../errors.ts";
import type { RepositoryAddress } from "../github/address.ts";
import type { InstallationGateway } from "../github/gateway.ts";

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
  gateway: InstallationGateway,
  target: SealedTarget,
): Promise<{ readonly checkRunId: number; readonly written: boolean } | null> {
  const { repository, headSha, ref: externalId, detailsUrl } = target;
  if (target.lookFirst) {
    const found = required("earlier check run", await gateway.findCheckRun({ repository, headSha, externalId }));
    if (found !== null) return { checkRunId: found, written: false };
  }
  if (!(await target.isOurs())) return null;
  return {
    checkRunId: await gateway.createSealedCheck({ repository, headSha, externalId, detailsUrl }),
    written: true,
  };
}
