import { rankOf } from "../change/severity.ts";
import { type Dossier, SECTION_NAMES, type Section } from "../dossier/dossier.ts";
import type { SectionName } from "../dossier/facts.ts";
import { CATALOG, ENGINE_DIGEST } from "../signals/catalog.ts";
import type { Detection, Facts, Signal } from "../signals/signal.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "../signals/thresholds.ts";
import type { Steps } from "../slices.ts";
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

/** What a dossier adds up to. Pure and deterministic; no error leaves it, about a tenth of a millisecond for a told story. */
export function assess(dossier: Dossier, options: AssessOptions = {}): Assessment {
  const signals = signalsOf(options);
  const judging = judgingOf(dossier, options);
  const findings = signals.map((signal) => {
    const missing = unread(signal, dossier);
    return missing ? judging.missed(signal, missing) : judging.seen(signal, signal.detect(judging.facts));
  });
  return weighed(dossier, findings, options);
}

/** The same in steps, one a signal, for whoever shares the loop: a change is as large as its author likes. */
export function* assessSteps(dossier: Dossier, options: AssessOptions = {}): Steps<Assessment> {
  const signals = signalsOf(options);
  const judging = judgingOf(dossier, options);
  const findings: Finding[] = [];
  for (const signal of signals) {
    const missing = unread(signal, dossier);
    if (missing) findings.push(judging.missed(signal, missing));
    else {
      const { facts } = judging;
      findings.push(judging.seen(signal, signal.inSteps ? yield* signal.inSteps(facts) : signal.detect(facts)));
    }
    yield;
  }
  return weighed(dossier, findings, options);
}

/** What an organisation promotes counts as if it were stable; of others that are experimental nothing changes. */
function signalsOf({ signals = CATALOG, promoted = [] }: AssessOptions): readonly Signal[] {
  if (promoted.length === 0) return signals;
  return signals.map((signal): Signal => {
    const counts = signal.status === "experimental" && promoted.includes(signal.id);
    return counts ? { ...signal, status: "stable" } : signal;
  });
}

/** The sum of what each signal said, in the order of the signals. */
function weighed(dossier: Dossier, judged: readonly Finding[], options: AssessOptions): Assessment {
  const { engine = ENGINE } = options;
  const signals = signalsOf(options);
  const findings = withCompany(signals, judged);
  const coverage = coverageOf(dossier.subject.kind === "user" ? signals : [], findings, dossier);
  const { queued, queueOnly } = queuedOf(signals);
  const aboutPersona = findings.filter(({ signal }) => !queueOnly.has(signal));
  const persona = personaOf(dossier, aboutPersona, coverage.total);
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
    findings: inOrder(findings),
    couldNotSee: couldNotSee(dossier),
  };
}

interface Queued {
  /** Ids of signals that count to Q. */
  readonly queued: ReadonlySet<string>;
  /** Ids of those that count to nothing else. */
  readonly queueOnly: ReadonlySet<string>;
}

/** What counts to Q; the same list of signals judges one dossier after the other. */
function queuedOf(signals: readonly Signal[]): Queued {
  const ids = (counts: (signal: Signal) => boolean | undefined) => new Set(signals.filter(counts).map(({ id }) => id));
  const known = QUEUED.get(signals) ?? { queued: ids(({ queue }) => queue), queueOnly: ids((each) => each.queueOnly) };
  QUEUED.set(signals, known);
  return known;
}
const QUEUED = new WeakMap<readonly Signal[], Queued>();

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

interface Judging {
  /** Present as `unread` checks: the names in `needs` are what the narrower type of each signal asks for. */
  readonly facts: Parameters<Signal["detect"]>[0];
  seen(signal: Signal, detection: Detection): Finding;
  missed(signal: Signal, because: Detection): Finding;
}

/** What all signals share that look at one dossier. */
function judgingOf(
  dossier: Dossier,
  { thresholds = DEFAULT_THRESHOLDS, maxEvidence = MAX_EVIDENCE_COUNT }: AssessOptions,
): Judging {
  const isPerson = dossier.subject.kind === "user";
  const isPart = isPartlyRead(dossier);
  return {
    facts: factsOf(dossier, thresholds) as Judging["facts"],
    missed: (signal, because) => finding(signal, because, { bits: 0, maxEvidence }),
    seen(signal, seen) {
      const detection = isPart ? inPart(signal, seen) : seen;
      const counts = isPerson && signal.status === "stable" && detection.outcome === "fired";
      return finding(signal, detection, { bits: counts ? weigh(signal, detection, dossier.asOf) : 0, maxEvidence });
    },
  };
}

/** What is too weak to stand alone counts beside another finding of its family. */
function withCompany(signals: readonly Signal[], found: readonly Finding[]): readonly Finding[] {
  const isWeak = (each: Finding, index: number): boolean => each.bits > 0 && signals[index]?.needsCompany === true;
  return found.some(isWeak) ? found.map((each, index) => (isWeak(each, index) ? inCompany(each, found) : each)) : found;
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

/** A missing section is `unknown` before the signal runs, so no signal can take absence for evidence; else null. */
function unread({ axis, needs, needsOneOf }: Signal, { sections, subject }: Dossier): Detection | null {
  if (axis === "P" && subject.kind !== "user") return NOT_A_PERSON;
  const isMissing = (name: SectionName): boolean => sections[name].state !== "present";
  const why = (names: readonly SectionName[]): Detection => ({
    outcome: "unknown",
    because: names.map((name) => because(name, sections[name])).join(", "),
  });
  if (needs.some(isMissing)) return why(needs.filter(isMissing));
  return needsOneOf !== undefined && needsOneOf.length > 0 && needsOneOf.every(isMissing) ? why(needsOneOf) : null;
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

/** What fired, by gravity and bits; then what was clear, then what nobody could look at. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const having = (wanted: Finding["outcome"]) => findings.filter(({ outcome }) => outcome === wanted);
  return [...having("fired").sort(byWeight), ...having("clear").sort(byName), ...having("unknown").sort(byName)];
}

const severityRank = ({ severity }: Finding): number => (severity ? rankOf(severity) + 1 : 0);
const byName = (a: Finding, b: Finding): number => (a.signal < b.signal ? -1 : Number(a.signal > b.signal));
const byWeight = (a: Finding, b: Finding): number =>
  severityRank(b) - severityRank(a) || b.bits - a.bits || byName(a, b);
