import { runsHeads } from "../../change/actions/runs-heads.ts";
import type { ChangeBase, ChangedFile } from "../../change/change.ts";
import { bringsHooks } from "../../change/packages/in-change.ts";
import type { Instant } from "../../clock.ts";
import type { RepositoryAddress } from "../../ids.ts";
import { inSlices } from "../../slices.ts";
import type { DossierGateway } from "../gateway.ts";

/**
 * What is known of the repository that a change is for. 1 request where the change brings code that runs by itself with
 * an install or a build, none for any other: whether workflows run it matters there alone.
 */
export async function changeBase(
  gateway: Pick<DossierGateway, "workflowFiles">,
  repository: RepositoryAddress,
  files: readonly ChangedFile[],
  at: Instant,
): Promise<ChangeBase> {
  const owner = repository.owner.toLowerCase();
  if (!(await inSlices(bringsHooks(files)))) return { owner, runsHeads: null };
  const answer = await gateway.workflowFiles(repository);
  return { owner, runsHeads: answer.ok ? runsHeads(answer.value, at) : null };
}
