import { raised, SEVERITIES, type Severity } from "../change/severity.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { SignalMeta } from "../signals/signal.ts";
import type { Finding, Level } from "./assessment.ts";

/** Order of levels, 0 for low; unknown counts as low, since what nobody saw weighs nothing. */
export const levelRank = (level: Severity | "unknown"): number =>
  Math.max(0, (SEVERITIES as readonly string[]).indexOf(level));

/**
 * Axis C: the gravest finding, one step up when two independent ones agree on it. Who opened the change has no part in
 * that: the account decides whom the report sends there, never how grave it is. `low` is said only when every check of the
 * change could look, else it is `unknown`: a diff that was not shown is not a harmless one, whatever note stands in the
 * rest of it.
 */
export function changeLevel(signals: readonly SignalMeta[], findings: readonly Finding[]): Level {
  const worst = worstLevel(findings, "C");
  const grave = worst && agree(findings, worst) ? oneUp(worst) : worst;
  const unknown = unknownOf(findings, "C");
  const blind = unknown.size > 0 && signals.some(({ id, status }) => status === "stable" && unknown.has(id));
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
  const unknown = unknownOf(findings, "X");
  // A signal that lacks a section says that it is unknown, so no other one needs to be asked about.
  const open = unknown.size > 0 ? signals.filter(({ id }) => unknown.has(id)) : [];
  const blind = open.some((signal) => failedToLook(signal, sections));
  const undecided = open.some((signal) => couldLook(signal, sections));
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

/** True of what third parties wrote alone: it is shown, and is nothing that anything else can rest on. */
const isOfThirdParties = ({ evidence }: Finding): boolean =>
  evidence.length > 0 && evidence.every(({ tier }) => tier === "TP");

/** Whether something in the change itself is at least so grave, whatever others said about it. */
export const isChangeAtLeast = (findings: readonly Finding[], least: Severity): boolean =>
  levelRank(
    changeLevel(
      [],
      findings.filter((finding) => !isOfThirdParties(finding)),
    ).level,
  ) >= levelRank(least);

/**
 * Findings of one level agree where two of them are independent: neither says only what stands at places of the other.
 * What third parties wrote agrees with nothing.
 */
function agree(findings: readonly Finding[], level: Severity): boolean {
  const places = findings
    .filter(({ axis, outcome, severity }) => axis === "C" && outcome === "fired" && severity === level)
    .filter((finding) => !isOfThirdParties(finding))
    .map((finding) => placesOf(finding, level));
  return places.some((one, index) =>
    places.slice(index + 1).some((other) => !isWithin(one, other) && !isWithin(other, one)),
  );
}

const isWithin = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].every((place) => other.has(place));

/** As many as a page shows, so that a report and a listing of every fact come to the same level. */
const PLACES_COMPARED = 20;

/** Where a finding points with its gravest facts; what is about the change as a whole stands at a place of its own. */
const placesOf = ({ signal, evidence }: Finding, level: Severity): ReadonlySet<string> =>
  new Set(
    evidence
      .slice(0, PLACES_COMPARED)
      .filter(({ severity = level }) => severity === level)
      .map(({ place }) => (place ? `${place.line} ${place.path}` : signal)),
  );

/** Findings that say "low" are notes; two of them are still notes. */
function oneUp(level: Severity): Severity {
  return level === "low" ? "low" : raised(level);
}

function seenLevel(findings: readonly Finding[], axis: Finding["axis"]): "low" | "unknown" {
  return findings.some((finding) => finding.axis === axis && finding.outcome === "clear") ? "low" : "unknown";
}

function unknownOf(findings: readonly Finding[], on: Finding["axis"]): ReadonlySet<string> {
  const unknown = new Set<string>();
  for (const { axis, outcome, signal } of findings) if (axis === on && outcome === "unknown") unknown.add(signal);
  return unknown;
}
