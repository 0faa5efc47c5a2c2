import { type Evidence, type fired, SEVERITIES, type Severity } from "./signal.ts";

/** Arguments of `fired` for facts of different severity: gravest first, the finding as grave as its gravest fact. */
export function worstOf(
  found: readonly { readonly severity: Severity; readonly evidence: Evidence }[],
): Parameters<typeof fired> {
  const grades = new Map(found.map(({ severity, evidence }) => [evidence, SEVERITIES.indexOf(severity)]));
  const severity = SEVERITIES[Math.max(0, ...grades.values())] ?? "low";
  return [[...grades.keys()], { severity, rank: (fact) => -(grades.get(fact) ?? 0) }];
}
