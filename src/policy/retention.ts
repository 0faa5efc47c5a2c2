import type { RepositoryId } from "../ids.ts";
import type { Policy, PolicyFile } from "./policy.ts";
import { effectivePolicy } from "./tighten.ts";

/** How many days the reports of one organisation are kept. */
export interface Retention {
  readonly organization: Policy["retention"];
  /** Repositories whose own file says something about it, which can only be less; the others follow the organisation. */
  readonly repositories: ReadonlyMap<RepositoryId, Policy["retention"]>;
}

/** What the organisation's file and those of its repositories add up to. */
export function retentionOf(
  organization: PolicyFile,
  repositories: Iterable<readonly [RepositoryId, PolicyFile]>,
): Retention {
  const own = new Map<RepositoryId, Policy["retention"]>();
  for (const [id, file] of repositories)
    if (file.retention) own.set(id, effectivePolicy(organization, file).policy.retention);
  return { organization: effectivePolicy(organization, {}).policy.retention, repositories: own };
}
