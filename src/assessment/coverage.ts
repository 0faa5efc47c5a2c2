import { type Dossier, SECTION_NAMES } from "../dossier/dossier.ts";
import type { SectionName } from "../dossier/facts.ts";
import { FAMILIES, type Family } from "../signals/families.ts";
import type { SignalMeta } from "../signals/signal.ts";
import type { Assessment, Finding } from "./assessment.ts";

/** What coverage asks of a signal about the persona, worked out once for a list of signals. */
export interface Look {
  /** Where it stands in its list, and its finding among the findings. */
  readonly index: number;
  readonly family: Family;
  readonly weight: number;
  readonly hard: boolean;
  /** Topics of which it needs each, and topics of which it needs one. */
  readonly needs: readonly string[];
  readonly needsOneOf: readonly string[];
}

/** The signals that count in coverage: those that look at the persona, are stable and could find something. */
export const looksOf = (signals: readonly SignalMeta[]): readonly Look[] =>
  signals.flatMap((signal, index) => {
    if (!isLook(signal) || signal.outsideCoverage) return [];
    const { family, weight, hard, needs, needsOneOf = [] } = signal;
    return [{ index, family, weight, hard, needs: topicsOf(needs), needsOneOf: topicsOf(needsOneOf) }];
  });

/**
 * Weight looked at / weight applicable among the signals about the persona; a family counts for no more than it can add,
 * so that one more signal in it makes nothing else less known. A signal applies unless a whole topic it needs was never
 * asked about: a collaborator brings no change, so checks of a change are not missing there. `findings` stand in the
 * order of the signals.
 */
export function coverageOf(
  looks: readonly Look[],
  findings: readonly Finding[],
  dossier: Dossier,
): Assessment["coverage"] {
  const asked = askedTopics(dossier);
  const isAsked = (topic: string): boolean => asked.has(topic);
  const byFamily = new Map<Family, Weight>();
  let [evaluatedCount, applicableCount] = [0, 0];
  for (const { index, family, weight, hard, needs, needsOneOf } of looks) {
    if (!needs.every(isAsked) || (needsOneOf.length > 0 && !needsOneOf.some(isAsked))) continue;
    const isSeen = findings[index]?.outcome !== "unknown";
    const sum = byFamily.get(family) ?? { all: 0, looked: 0, hard: 0 };
    byFamily.set(family, sum);
    sum.all += weight;
    if (isSeen) sum.looked += weight;
    if (hard) sum.hard += weight;
    applicableCount += 1;
    if (isSeen) evaluatedCount += 1;
  }
  const families: Partial<Record<Family, number>> = {};
  let all = 0;
  let looked = 0;
  for (const family of FAMILY_ORDER) {
    const weight = byFamily.get(family);
    if (weight === undefined) continue;
    const most = mostOf(family, weight);
    all += most;
    looked += most * shareOf(weight);
    families[family] = rounded(shareOf(weight));
  }
  return { total: rounded(shareOf({ all, looked })), evaluatedCount, applicableCount, families };
}

/**
 * What people here wrote about an account is no look at it: a vouch would make the account better known, and so raise
 * what stood at "too little to say".
 */
const isLook = ({ axis, status, queueOnly, needs }: SignalMeta): boolean =>
  axis === "P" && status === "stable" && !queueOnly && !needs.includes("intel.localList");

interface Weight {
  all: number;
  looked: number;
  /** What of it is hard. */
  hard: number;
}

const FAMILY_ORDER = Object.keys(FAMILIES) as readonly Family[];
/** Bits that a family can add to P: soft ones up to its cap, hard ones beside them. */
const mostOf = (family: Family, { all, hard }: Weight): number =>
  Math.min(all - hard, FAMILIES[family].capBits ?? 0) + hard;

const shareOf = ({ all, looked }: Pick<Weight, "all" | "looked">): number => (all === 0 ? 0 : looked / all);

const SHARE_GRAIN = 1_000;
const rounded = (share: number): number => Math.round(share * SHARE_GRAIN) / SHARE_GRAIN;

/** `change`, `account`, `access`, `history` or `intel`. */
const topicOf = (section: SectionName): string => section.slice(0, section.indexOf("."));
const topicsOf = (sections: readonly SectionName[]): readonly string[] => [...new Set(sections.map(topicOf))];
const SECTIONS_BY_TOPIC = [...Map.groupBy(SECTION_NAMES, topicOf)];

/** Topics of which at least one section was asked for. */
function askedTopics({ sections }: Dossier): ReadonlySet<string> {
  const isAsked = (name: SectionName): boolean => {
    const section = sections[name];
    return section.state === "present" || section.reason !== "not_requested";
  };
  const asked = new Set<string>();
  for (const [topic, names] of SECTIONS_BY_TOPIC) if (names.some(isAsked)) asked.add(topic);
  return asked;
}

/** Sections that were asked for and could not be had, in catalogue order. */
export function couldNotSee({ sections }: Dossier): Assessment["couldNotSee"] {
  return SECTION_NAMES.flatMap((section) => {
    const found = sections[section];
    if (found.state === "present" || found.reason === "not_requested") return [];
    return [{ section, reason: found.reason, retryAt: found.retryAt }];
  });
}
