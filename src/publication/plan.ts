import type { Policy } from "../policy/policy.ts";

/** What may be written on GitHub about one pull request. Neither an assessment nor a decision can be passed in. */
export interface PublicCriteria {
  /** True when the organisation's owners turned publication on. */
  readonly live: boolean;
  readonly publication: Policy["publication"];
  /** Pull requests this author opened here before, as GitHub counts them; null when unknown. */
  readonly openedHereCount: number | null;
  readonly touchesSensitivePath: boolean;
}

export interface PublicationPlan {
  readonly sealedCheck: boolean;
  /** Whether findings of the diff are written beside its lines; of everybody's diffs or of nobody's. */
  readonly changeFindings: boolean;
  /** Name of the label to add; null for none. */
  readonly label: string | null;
}

/** This pull request is itself counted, so the first one is number 1; unknown is not the first. */
export const isFirst = (openedHereCount: number | null): boolean => openedHereCount !== null && openedHereCount <= 1;

/** The visible effects for one head: a function of public criteria alone (PRODUCT.md, promise 1). */
export function planPublication(criteria: PublicCriteria): PublicationPlan {
  if (!criteria.live) return { sealedCheck: false, changeFindings: false, label: null };
  const { check_run, change, label } = criteria.publication;
  const met: Readonly<Record<(typeof label.when)[number], boolean>> = {
    first_contribution: isFirst(criteria.openedHereCount),
    sensitive_paths: criteria.touchesSensitivePath,
  };
  return {
    sealedCheck: check_run === "sealed",
    changeFindings: change === "annotate",
    label: label.name !== null && label.when.some((criterion) => met[criterion]) ? label.name : null,
  };
}
