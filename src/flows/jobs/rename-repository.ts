import { required } from "../../errors.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN } from "../steps/context.ts";

/**
 * Gives what is stored about a repository the name it has now: pages find it, and ask who works there, by that name.
 * GitHub is asked, because renamings can be told in the wrong order and it leads old names on. Cost: 1 request.
 */
export async function renameRepositoryFlow(context: FlowContext, job: JobOf<"rename-repository">): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const found = required("repository", await tenancy.gateway.repositoryAt(job.repository));
  // Another repository has that name by now: a later renaming of ours is on its way.
  if (found.id === job.repository.id) await tenancy.tenant.renameRepository(found.id, found);
  return DONE;
}
