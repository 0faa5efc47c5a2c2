import type { EffectiveAccess } from "../effective.ts";
import type { NotChecked } from "../grant.ts";
import { bypassGaps, type RuleSuites } from "./bypass-used.ts";
import { type Declaration, declaredGaps } from "./declared-mismatch.ts";

/** What people may give beside a graph; left out where nobody asked. */
export interface Given {
  readonly declarations?: readonly Declaration[];
  readonly ruleSuites?: RuleSuites;
}

/** What lines could not be drawn for want of it, where the rules that they are about were read at all. */
export const notAsked = (access: EffectiveAccess, { declarations = [], ruleSuites }: Given): readonly NotChecked[] => [
  ...(access.snapshot.protections ? ofActions(access.snapshot) : []),
  ...(ruleSuites ? bypassGaps(access, ruleSuites) : access.snapshot.protections ? [BYPASSES] : []),
  ...declaredGaps(access, declarations),
];

/** An App reads approvals and no workflow; a file may say all of it. */
function ofActions({ actions }: EffectiveAccess["snapshot"]): readonly NotChecked[] {
  if (!actions) return [ACTIONS];
  const saysNothing = actions.every(
    ({ checksOutForks: forks, publishes }) => forks === undefined && publishes === undefined,
  );
  return actions.length > 0 && saysNothing ? [{ ...ACTIONS, what: WORKFLOWS }] : [];
}

const WORKFLOWS = "workflows that publish or check forks out";
const ACTIONS: NotChecked = {
  what: `${WORKFLOWS}, and which forks wait for approval`,
  because: "the snapshot does not hold it",
  opensWith: null,
};
const BYPASSES: NotChecked = {
  what: "uses of bypasses",
  because: "GitHub shows them to whoever may change rules",
  opensWith: "`audit --rule-suites`",
};
