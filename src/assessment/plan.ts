import type { SectionName } from "../dossier/facts.ts";
import type { Signal } from "../signals/signal.ts";
import type { Finding } from "./assessment.ts";
import { type Look, looksOf } from "./coverage.ts";

/**
 * What every assessment reads of a signal. Signals are objects of as many shapes as there are signals, which costs at
 * each look; these are all of one.
 */
export interface Planned {
  readonly signal: Signal;
  readonly needs: readonly SectionName[];
  readonly needsOneOf: readonly SectionName[];
  readonly isAboutPersona: boolean;
  readonly isStable: boolean;
  readonly needsCompany: boolean;
  /** What stands in an assessment when it saw everything and found nothing. */
  readonly clear: Finding;
}

/** A list of signals as assessments need it. */
export interface Plan {
  readonly planned: readonly Planned[];
  /** Ids of signals that count to Q. */
  readonly queued: ReadonlySet<string>;
  /** Ids of those that count to nothing else. */
  readonly queueOnly: ReadonlySet<string>;
  readonly looks: readonly Look[];
  readonly onChange: readonly Signal[];
  readonly onAccess: readonly Signal[];
}

/** The same list of signals judges one dossier after the other. */
export function planOf(signals: readonly Signal[]): Plan {
  const known = PLANS.get(signals);
  if (known !== undefined) return known;
  const ids = (counts: (signal: Signal) => boolean | undefined) => new Set(signals.filter(counts).map(({ id }) => id));
  const plan: Plan = {
    planned: signals.map(planned),
    queued: ids(({ queue }) => queue),
    queueOnly: ids(({ queueOnly }) => queueOnly),
    looks: looksOf(signals),
    onChange: signals.filter(({ axis }) => axis === "C"),
    onAccess: signals.filter(({ axis }) => axis === "X"),
  };
  PLANS.set(signals, plan);
  return plan;
}
const PLANS = new WeakMap<readonly Signal[], Plan>();

const planned = (signal: Signal): Planned => ({
  signal,
  needs: signal.needs,
  needsOneOf: signal.needsOneOf ?? [],
  isAboutPersona: signal.axis === "P",
  isStable: signal.status === "stable",
  needsCompany: signal.needsCompany === true,
  clear: clearFinding(signal),
});

const NOTHING: Finding["evidence"] = Object.freeze([]);

/** One for all assessments, since nothing of the dossier stands in it. */
const clearFinding = ({ id, version, axis, family, hard, core }: Signal): Finding =>
  Object.freeze({
    signal: id,
    version,
    axis,
    family,
    outcome: "clear",
    strength: 0,
    bits: 0,
    hard,
    core,
    severity: null,
    evidence: NOTHING,
    evidenceLeftOut: 0,
    unknownBecause: null,
  });
