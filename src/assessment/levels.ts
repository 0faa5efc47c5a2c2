import type { Dossier } from "../dossier/dossier.ts";
import { SEVERITIES, type Severity, type SignalMeta } from "../signals/signal.ts";
import type { Finding, Level } from "./assessment.ts";

/** Order of levels, 0 for low; unknown counts as low, since what nobody saw weighs nothing. */
export const levelRank = (level: Severity | "unknown"): number =>
  Math.max(0, (SEVERITIES as readonly string[]).indexOf(level));

/**
 * Axis C: the gravest finding, one step up when two or more agree on it. `low` is said only when every check of the
 * change could look, else it is `unknown`: a diff that was not shown is not a harmless one, whatever note stands in the
 * rest of it.
 */
export function changeLevel(signals: readonly SignalMeta[], findings: readonly Finding[]): Level {
  const worst = worstLevel(findings, "C");
  const grave = worst && agreeing(findings, worst) >= 2 ? oneUp(worst) : worst;
  const blind = signals.some(({ id, axis, status }) => axis === "C" && status === "stable" && isUnknown(findings, id));
  const partly = findings.some(({ axis, unknownBecause }) => axis === "C" && unknownBecause !== null);
  return { level: leastOf(grave, { blind, otherwise: seenLevel(findings, "C") }), complete: !partly };
}

/**
 * Axis X: the gravest finding. `low` is `unknown` when no check could look, or when one that was asked for could not:
 * access that GitHub did not show is not low access.
 */
export function accessLevel(
  signals: readonly SignalMeta[],
  findings: readonly Finding[],
  sections: Dossier["sections"],
): Level {
  const onAccess = signals.filter(({ axis }) => axis === "X");
  const blind = onAccess.some((signal) => failedToLook(signal, sections));
  const undecided = onAccess.some((signal) => isUnknown(findings, signal.id) && couldLook(signal, sections));
  const level = leastOf(worstLevel(findings, "X"), { blind, otherwise: seenLevel(findings, "X") });
  return { level, complete: level !== "unknown" && !blind && !undecided };
}

/** Findings above `low` stand whatever was not seen; below that nobody knows. */
function leastOf(
  worst: Severity | null,
  { blind, otherwise }: { readonly blind: boolean; readonly otherwise: "low" | "unknown" },
): Level["level"] {
  if (worst !== null && worst !== "low") return worst;
  return blind ? "unknown" : (worst ?? otherwise);
}

const couldLook = ({ needs }: SignalMeta, sections: Dossier["sections"]): boolean =>
  needs.every((name) => sections[name].state === "present");

/** A question nobody asked concerns nobody; one that was asked and not answered does. */
function failedToLook({ needs }: SignalMeta, sections: Dossier["sections"]): boolean {
  const reasons = needs.flatMap((name) => {
    const section = sections[name];
    return section.state === "unavailable" ? [section.reason] : [];
  });
  return reasons.length > 0 && !reasons.includes("not_requested");
}

function worstLevel(findings: readonly Finding[], axis: Finding["axis"]): Severity | null {
  const levels = findings
    .filter((finding) => finding.axis === axis && finding.outcome === "fired")
    .map(({ severity }) => severity);
  return SEVERITIES.findLast((severity) => levels.includes(severity)) ?? null;
}

function agreeing(findings: readonly Finding[], level: Severity): number {
  return findings.filter(({ axis, outcome, severity }) => axis === "C" && outcome === "fired" && severity === level)
    .length;
}

/** Findings that say "low" are notes; two of them are still notes. */
function oneUp(level: Severity): Severity {
  return level === "low" ? "low" : (SEVERITIES[SEVERITIES.indexOf(level) + 1] ?? level);
}

function seenLevel(findings: readonly Finding[], axis: Finding["axis"]): "low" | "unknown" {
  return findings.some((finding) => finding.axis === axis && finding.outcome === "clear") ? "low" : "unknown";
}

function isUnknown(findings: readonly Finding[], id: string): boolean {
  return findings.some(({ signal, outcome }) => signal === id && outcome === "unknown");
}
