import type { Severity } from "../../change/severity.ts";
import type { EffectiveAccess } from "../effective.ts";
import type { AccessRepository } from "../grant.ts";
import type { RepositoryKey } from "../keys.ts";
import type { AccessRules } from "../reach/rules-schema.ts";
import type { Exposure } from "./kinds.ts";

/** Public repositories where code of a fork's pull request runs with more than it should, without anybody's yes. */
export function forkRuns({ snapshot, active }: EffectiveAccess): readonly Exposure[] {
  const { actions = [], runners = [] } = snapshot;
  const everywhere = runners.some(({ repositories }) => repositories === "all");
  const withRunners = new Set<RepositoryKey>(
    runners.flatMap(({ repositories }) => (repositories === "all" ? [] : repositories)),
  );
  const byRepository = Map.groupBy(actions, ({ repository }) => repository);
  return [...active.values()].flatMap(({ id, visibility }) => {
    const hasRunners = everywhere || withRunners.has(id);
    const levels = (byRepository.get(id) ?? []).map((facts) => levelOf(facts, { visibility, hasRunners }));
    const level = levels.find((each) => each === "high") ?? levels.find((each) => each !== null);
    if (level == null) return [];
    const where = { account: null, accountCount: null, repository: id, repositoryCount: 1 };
    return [{ kind: "acc-fork-run-exposure", level, ...where, role: "read" }];
  });
}

type Facts = NonNullable<AccessRules["actions"]>[number];

/**
 * Approval says nothing of workflows with secrets that check a fork out: those start by themselves. It decides who runs
 * code on runners of one's own, where whoever had one change merged waits for nobody by GitHub's default.
 */
function levelOf(
  { checksOutForks, forkApproval }: Facts,
  { visibility, hasRunners }: { readonly visibility: AccessRepository["visibility"]; readonly hasRunners: boolean },
): Severity | null {
  if (visibility !== "public") return null;
  if (checksOutForks === true) return "high";
  if (!hasRunners || forkApproval === undefined || forkApproval === "all_external_contributors") return null;
  return forkApproval === "first_time_contributors_new_to_github" ? "high" : "medium";
}
