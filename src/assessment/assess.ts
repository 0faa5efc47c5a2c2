import { rankOf } from "../change/severity.ts";
import { type Dossier, SECTION_NAMES, type Section } from "../dossier/dossier.ts";
import type { SectionName } from "../dossier/facts.ts";
import { CATALOG, ENGINE_DIGEST } from "../signals/catalog.ts";
import type { Detection, Facts, Signal } from "../signals/signal.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "../signals/thresholds.ts";
import { atOnce, type Steps } from "../slices.ts";
import type { Assessment, Finding } from "./assessment.ts";
import { personaBand } from "./bands.ts";
import { familyShares, hardBits, queueSum, rounded, weigh } from "./combine.ts";
import { couldNotSee, coverageOf } from "./coverage.ts";
import { leadingLabel } from "./label.ts";
import { accessLevel, changeLevel } from "./levels.ts";
import { creditBits, mitigate } from "./mitigate.ts";
import { stories } from "./stories.ts";
import { inPart, isPartlyRead } from "./unread-history.ts";

/**
 * The same engine and dossier give the same bytes. Changes with any code that decides an assessment: a signal, what
 * observes for it, and what weighs it.
 */
export const ENGINE = `1-${ENGINE_DIGEST}`;

/** Queue bits from which contributions are called unsolicited, bulk or automated (SIGNALS.md §6.4, 6). */
const QUEUE_LABEL_BITS = 3;

export interface AssessOptions {
  readonly signals?: readonly Signal[];
  readonly engine?: string;
  readonly thresholds?: Thresholds;
  /** Experimental signals that count all the same: an organisation has seen how often they are right. */
  readonly promoted?: readonly string[];
  /** Facts kept of each signal; 20 are enough for a page, and the rest is counted. */
  readonly maxEvidence?: number;
}

const MAX_EVIDENCE_COUNT = 20;

/** What a dossier adds up to. Pure and deterministic; no error leaves it, about 20 µs for an ordinary pull request. */
export const assess = (dossier: Dossier, options: AssessOptions = {}): Assessment =>
  atOnce(assessSteps(dossier, options));

/** The same in steps, one a signal, for whoever shares the loop: a change is as large as its author likes. */
export function* assessSteps(dossier: Dossier, options: AssessOptions = {}): Steps<Assessment> {
  const { engine = ENGINE, promoted = [] } = options;
  const signals = withPromoted(options.signals ?? CATALOG, promoted);
  const findings = yield* findingsOf(dossier, signals, options);
  const coverage = coverageOf(dossier.subject.kind === "user" ? signals : [], findings, dossier);
  const queued = new Set(signals.filter(({ queue }) => queue).map(({ id }) => id));
  const persona = personaOf(dossier, findings, coverage.total);
  const change = changeLevel(signals, findings);
  const queueBits = queueSum(findings.filter(({ signal }) => queued.has(signal)));
  return {
    schema: "sallyport.assessment/1",
    engine,
    asOf: dossier.asOf,
    subject: dossier.subject,
    persona,
    change,
    access: accessLevel(signals, findings, dossier.sections),
    queue: { bits: queueBits, label: queueBits >= QUEUE_LABEL_BITS },
    coverage,
    label: leadingLabel({ persona, change }, findings, queued),
    findings: findings.toSorted(byWeight),
    couldNotSee: couldNotSee(dossier),
  };
}

/** What an organisation promotes counts there as if it were stable; of others that are experimental nothing changes. */
function withPromoted(signals: readonly Signal[], promoted: readonly string[]): readonly Signal[] {
  if (promoted.length === 0) return signals;
  return signals.map((signal): Signal => {
    const counts = signal.status === "experimental" && promoted.includes(signal.id);
    return counts ? { ...signal, status: "stable" } : signal;
  });
}

/** P = hard + max(0, families - mitigation). */
function personaOf(dossier: Dossier, findings: readonly Finding[], coverage: number): Assessment["persona"] {
  const families = familyShares(findings);
  const hard = hardBits(findings);
  const soft = families.reduce((sum, { bits }) => sum + bits, 0);
  const credits = mitigate(dossier);
  const fromStories = stories(dossier, findings);
  const granted = [...credits.granted, ...fromStories.granted];
  const mitigations = [...granted, ...credits.unread, ...fromStories.unread];
  const less = (credits: typeof mitigations): number => rounded(hard + Math.max(0, soft - creditBits(credits)));
  const bits = less(mitigations);
  const weighed = { bits, bitsWithoutUnread: less(granted) };
  const evidence = { families, findings, hardBits: hard };
  return { ...personaBand(weighed, evidence, coverage), bits, hardBits: hard, families, mitigations };
}

function* findingsOf(
  dossier: Dossier,
  signals: readonly Signal[],
  { thresholds = DEFAULT_THRESHOLDS, maxEvidence = MAX_EVIDENCE_COUNT }: AssessOptions,
): Steps<readonly Finding[]> {
  const facts = factsOf(dossier, thresholds);
  const isPerson = dossier.subject.kind === "user";
  const found: Finding[] = [];
  for (const signal of signals) {
    const detection: Detection =
      !isPerson && signal.axis === "P" ? NOT_A_PERSON : yield* detect(signal, dossier, facts);
    const counts = isPerson && signal.status === "stable" && detection.outcome === "fired";
    const bits = counts ? weigh(signal, detection, dossier.asOf) : 0;
    found.push(finding(signal, detection, { bits, maxEvidence }));
    yield;
  }
  const weak = new Set(signals.filter(({ needsCompany }) => needsCompany).map(({ id }) => id));
  return weak.size === 0 ? found : found.map((each) => (weak.has(each.signal) ? inCompany(each, found) : each));
}

/** The finding with its bits when its family has others that count, without them when it has not. */
function inCompany(weak: Finding, all: readonly Finding[]): Finding {
  const company = all.some((other) => other.signal !== weak.signal && other.family === weak.family && other.bits > 0);
  return company ? weak : { ...weak, bits: 0 };
}

const NOT_A_PERSON: Detection = {
  outcome: "unknown",
  because: "the account is not a person's, so only change and access are looked at",
};

/** Every present section under its name. A signal reads those it declares; the type of `detect` sees to that. */
function factsOf({ sections, subject, asOf }: Dossier, thresholds: Thresholds): Facts<never> {
  const facts: Record<string, unknown> = { asOf, subjectId: subject.accountId, thresholds };
  for (const name of SECTION_NAMES) {
    const section = sections[name];
    if (section.state === "present") facts[name] = section.value;
  }
  return facts as Facts<never>;
}

/** A missing section is `unknown` before the signal runs, so no signal can take absence for evidence. */
function* detect(signal: Signal, dossier: Dossier, facts: Facts<never>): Steps<Detection> {
  const { sections } = dossier;
  if (signal.needs.some((name) => sections[name].state !== "present")) {
    const missing = signal.needs.filter((name) => sections[name].state !== "present");
    return { outcome: "unknown", because: missing.map((name) => because(name, sections[name])).join(", ") };
  }
  const oneOf = signal.needsOneOf ?? [];
  if (oneOf.length > 0 && !oneOf.some((name) => sections[name].state === "present"))
    return { outcome: "unknown", because: oneOf.map((name) => because(name, sections[name])).join(", ") };
  // Present as just checked: the names in `needs` are what the narrower type of this signal asks for.
  const declared = facts as Parameters<Signal["detect"]>[0];
  const seen = signal.inSteps ? yield* signal.inSteps(declared) : signal.detect(declared);
  return isPartlyRead(dossier) ? inPart(signal, seen) : seen;
}

function because(name: SectionName, section: Section<unknown>): string {
  return `${name}: ${section.state === "present" ? "present" : section.reason}`;
}

/** An experimental signal is shown, but moves nothing until an organisation has seen how often it is right. */
function finding(
  { id, version, axis, family, hard, core, status }: Signal,
  detection: Detection,
  { bits, maxEvidence }: { readonly bits: number; readonly maxEvidence: number },
): Finding {
  const { outcome } = detection;
  return {
    signal: id,
    version,
    axis,
    family,
    outcome,
    strength: outcome === "fired" ? rounded(detection.strength) : 0,
    bits,
    hard: hard && !(outcome === "fired" && detection.soft),
    core,
    ...(outcome === "fired" && detection.confirmed && { confirmed: true }),
    severity: outcome === "fired" && status === "stable" ? detection.severity : null,
    evidence: outcome === "fired" ? detection.evidence.slice(0, maxEvidence) : [],
    evidenceLeftOut: outcome === "fired" ? detection.leftOut + Math.max(0, detection.evidence.length - maxEvidence) : 0,
    unknownBecause: outcome === "unknown" ? detection.because : detection.unseen,
  };
}

const OUTCOME_ORDER: Readonly<Record<Finding["outcome"], number>> = { fired: 0, clear: 1, unknown: 2 };

function byWeight(a: Finding, b: Finding): number {
  const severity = (finding: Finding): number => (finding.severity ? rankOf(finding.severity) + 1 : 0);
  return (
    OUTCOME_ORDER[a.outcome] - OUTCOME_ORDER[b.outcome] ||
    severity(b) - severity(a) ||
    b.bits - a.bits ||
    (a.signal < b.signal ? -1 : Number(a.signal > b.signal))
  );
}
