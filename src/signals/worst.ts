import { type Evidence, SEVERITIES, type Severity } from "./signal.ts";

/** Arguments of `fired` for facts of different severity: gravest first, the finding as grave as its gravest fact. */
export function worstOf(
  found: readonly { readonly severity: Severity; readonly evidence: Evidence }[],
): [readonly Evidence[], { readonly severity: Severity }] {
  const sorted = found.toSorted((a, b) => rank(b.severity) - rank(a.severity));
  return [sorted.map(({ evidence }) => evidence), { severity: sorted[0]?.severity ?? "low" }];
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);
