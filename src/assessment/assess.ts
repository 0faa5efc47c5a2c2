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
import { type Plan, type Planned, planOf } from "./plan.ts";
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

/** What a dossier adds up to. Pure and deterministic; no error leaves it, some hundredths of a millisecond for a told story. */
export function assess(dossier: Dossier, options: AssessOptions = {}): Assessment {
  const judging = judgingOf(dossier, options);
  const findings = judging.plan.planned.map((planned) => {
    const missing = unread(planned, dossier);
    return missing === null ? judging.seen(planned, planned.signal.detect(judging.facts)) : missed(planned, missing);
  });
  return weighed(dossier, findings, judging);
}

/** The same in steps, one a signal, for whoever shares the loop: a change is as large as its author likes. */
export function* assessSteps(dossier: Dossier, options: AssessOptions = {}): Steps<Assessment> {
  const judging = judgingOf(dossier, options);
  const findings: Finding[] = [];
  for (const planned of judging.plan.planned) {
    const missing = unread(planned, dossier);
    if (missing !== null) findings.push(missed(planned, missing));
    else {
      const { signal } = planned;
      const { facts } = judging;
      findings.push(judging.seen(planned, signal.inSteps ? yield* signal.inSteps(facts) : signal.detect(facts)));
    }
    yield;
  }
  return weighed(dossier, findings, judging);
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
function weighed(dossier: Dossier, judged: readonly Finding[], { plan, engine }: Judging): Assessment {
  const { queued, queueOnly, looks, onChange, onAccess } = plan;
  const findings = withCompany(plan, judged);
  const coverage = coverageOf(dossier.subject.kind === "user" ? looks : [], findings, dossier);
  const fired = findings.filter(({ outcome }) => outcome === "fired");
  const aboutPersona = fired.filter(({ signal }) => !queueOnly.has(signal));
  const persona = personaOf(dossier, aboutPersona, coverage.total);
  const change = changeLevel(onChange, findings);
  const queueBits = queueSum(fired.filter(({ signal }) => queued.has(signal)));
  return {
    schema: "sallyport.assessment/1",
    engine,
    asOf: dossier.asOf,
    subject: dossier.subject,
    persona,
    change,
    access: accessLevel(onAccess, findings, dossier.sections),
    queue: { bits: queueBits, label: queueBits >= QUEUE_LABEL_BITS },
    coverage,
    label: leadingLabel({ persona, change }, fired, queued),
    findings: inOrder(findings, fired),
    couldNotSee: couldNotSee(dossier),
  };
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

/** What all signals share that look at one dossier. */
interface Judging {
  readonly plan: Plan;
  readonly engine: string;
  /** Present as `unread` checks: the names in `needs` are what the narrower type of each signal asks for. */
  readonly facts: Parameters<Signal["detect"]>[0];
  seen(planned: Planned, detection: Detection): Finding;
}

function judgingOf(
  dossier: Dossier,
  { thresholds = DEFAULT_THRESHOLDS, maxEvidence = MAX_EVIDENCE_COUNT, engine = ENGINE, ...options }: AssessOptions,
): Judging {
  const isPerson = dossier.subject.kind === "user";
  const isPart = isPartlyRead(dossier);
  return {
    plan: planOf(signalsOf(options)),
    engine,
    facts: factsOf(dossier, thresholds) as Judging["facts"],
    seen(planned, seen) {
      const detection = isPart ? inPart(planned.signal, seen) : seen;
      if (detection.outcome === "clear") return cleared(planned, detection.unseen);
      if (detection.outcome === "unknown") return missed(planned, detection.because);
      const bits = isPerson && planned.isStable ? weigh(planned.signal, detection, dossier.asOf) : 0;
      return firedFinding(planned, detection, { bits, maxEvidence });
    },
  };
}

/** What is too weak to stand alone counts beside another finding of its family. */
function withCompany({ planned }: Plan, found: readonly Finding[]): readonly Finding[] {
  const isWeak = ({ bits }: Finding, index: number): boolean => bits > 0 && planned[index]?.needsCompany === true;
  return found.some(isWeak) ? found.map((each, index) => (isWeak(each, index) ? inCompany(each, found) : each)) : found;
}

/** The finding with its bits when its family has others that count, without them when it has not. */
function inCompany(weak: Finding, all: readonly Finding[]): Finding {
  const company = all.some((other) => other.signal !== weak.signal && other.family === weak.family && other.bits > 0);
  return company ? weak : { ...weak, bits: 0 };
}

const NOT_A_PERSON = "the account is not a person's, so only change and access are looked at";

/** Every name from the beginning on, so that the facts of all dossiers are objects of one shape, which is quick to read. */
const NO_FACTS: Readonly<Record<string, unknown>> = Object.fromEntries(SECTION_NAMES.map((name) => [name, undefined]));

/** Every present section under its name. A signal reads those it declares; the type of `detect` sees to that. */
function factsOf({ sections, subject, asOf }: Dossier, thresholds: Thresholds): Facts<never> {
  const facts: Record<string, unknown> = { ...NO_FACTS, asOf, subjectId: subject.accountId, thresholds };
  for (const name of SECTION_NAMES) {
    const section = sections[name];
    if (section.state === "present") facts[name] = section.value;
  }
  return facts as Facts<never>;
}

/** Why a signal cannot look, before it runs, so that no signal can take absence for evidence; else null. */
function unread({ isAboutPersona, needs, needsOneOf }: Planned, { sections, subject }: Dossier): string | null {
  if (isAboutPersona && subject.kind !== "user") return NOT_A_PERSON;
  const isMissing = (name: SectionName): boolean => sections[name].state !== "present";
  const why = (names: readonly SectionName[]): string => names.map((name) => because(name, sections[name])).join(", ");
  if (needs.some(isMissing)) return why(needs.filter(isMissing));
  return needsOneOf.length > 0 && needsOneOf.every(isMissing) ? why(needsOneOf) : null;
}

function because(name: SectionName, section: Section<unknown>): string {
  return `${name}: ${section.state === "present" ? "present" : section.reason}`;
}

const missed = ({ clear }: Planned, because: string): Finding => ({
  ...clear,
  outcome: "unknown",
  unknownBecause: because,
});

const cleared = ({ clear }: Planned, unseen: string | null): Finding =>
  unseen === null ? clear : { ...clear, unknownBecause: unseen };

/** An experimental signal is shown, but moves nothing until an organisation has seen how often it is right. */
function firedFinding(
  { clear: { signal, version, axis, family, hard, core }, isStable }: Planned,
  { strength, soft, confirmed, severity, evidence, leftOut, unseen }: Extract<Detection, { outcome: "fired" }>,
  { bits, maxEvidence }: { readonly bits: number; readonly maxEvidence: number },
): Finding {
  return {
    signal,
    version,
    axis,
    family,
    outcome: "fired",
    strength: rounded(strength),
    bits,
    hard: hard && !soft,
    core,
    ...(confirmed && { confirmed: true }),
    severity: isStable ? severity : null,
    evidence: evidence.slice(0, maxEvidence),
    evidenceLeftOut: leftOut + Math.max(0, evidence.length - maxEvidence),
    unknownBecause: unseen,
  };
}

/** What fired, by gravity and bits; then what was clear, then what nobody could look at. */
function inOrder(findings: readonly Finding[], fired: readonly Finding[]): readonly Finding[] {
  const having = (wanted: Finding["outcome"]) => findings.filter(({ outcome }) => outcome === wanted).sort(byName);
  return [...fired.toSorted(byWeight), ...having("clear"), ...having("unknown")];
}

const severityRank = ({ severity }: Finding): number => (severity ? rankOf(severity) + 1 : 0);
const byName = (a: Finding, b: Finding): number => (a.signal < b.signal ? -1 : Number(a.signal > b.signal));
const byWeight = (a: Finding, b: Finding): number =>
  severityRank(b) - severityRank(a) || b.bits - a.bits || byName(a, b);
