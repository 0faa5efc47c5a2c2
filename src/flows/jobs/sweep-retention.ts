import type { InstallationId } from "../../ids.ts";
import type { Job } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { retentionOf } from "../../policy/retention.ts";
import type { KeptEntry } from "../../store/store.ts";
import { DONE, type FlowContext } from "../steps/context.ts";

/**
 * Deletes what is past its time (docs/privacy.md): first what belongs to no organisation, then what each organisation's
 * policy no longer keeps. Whom a vouch or a warning ended for is looked at again. No request.
 */
export async function sweepRetentionFlow({ store, clock }: Pick<FlowContext, "store" | "clock">): Promise<Outcome> {
  const now = clock.now();
  await store.sweep(now);
  for (const { id } of await store.installations()) {
    const tenant = store.tenant(id);
    const organization = (await tenant.policy(null))?.file ?? {};
    const repositories = await tenant.repositoryPolicies();
    const files = [...repositories].map(([repository, { file }]) => [repository, file] as const);
    await store.queue.enqueue((await tenant.endedEntries(now)).map((entry) => lookAgain(id, entry)));
    await tenant.deleteExpired(now, retentionOf(organization, files));
  }
  return DONE;
}

const lookAgain = (installationId: InstallationId, { account, repository }: KeptEntry): Job => ({
  ...{ kind: "look-again", installationId, accountId: account, repositoryId: repository, openedBefore: null },
});
