import { type Dossier, SECTION_NAMES } from "../dossier/dossier.ts";
import type { SectionName } from "../dossier/facts.ts";
import { FAMILIES, type Family } from "../signals/families.ts";
import type { SignalMeta } from "../signals/signal.ts";
import type { Assessment, Finding } from "./assessment.ts";

/**
 * Weight looked at / weight applicable among the signals about the persona; a family counts for no more than it can add,
 * so that one more signal in it makes nothing else less known. A signal applies unless a whole topic it needs was never
 * asked about: a collaborator brings no change, so checks of a change are not missing there. `findings` stand in the
 * order of `signals`.
 */
export function coverageOf(
  signals: readonly SignalMeta[],
  findings: readonly Finding[],
  dossier: Dossier,
): Assessment["coverage"] {
  const asked = askedTopics(dossier);
  const byFamily = new Map<Family, Weight>();
  let [evaluatedCount, applicableCount] = [0, 0];
  for (const [index, signal] of signals.entries()) {
    if (!isLook(signal) || signal.outsideCoverage || !isAsked(signal, asked)) continue;
    const isSeen = findings[index]?.outcome !== "unknown";
    const family = byFamily.get(signal.family) ?? { all: 0, looked: 0, hard: 0 };
    byFamily.set(signal.family, family);
    family.all += signal.weight;
    if (isSeen) family.looked += signal.weight;
    if (signal.hard) family.hard += signal.weight;
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

function isAsked({ needs, needsOneOf = [] }: SignalMeta, asked: ReadonlySet<string>): boolean {
  const isTopic = (name: SectionName): boolean => asked.has(topicOf(name));
  return needs.every(isTopic) && (needsOneOf.length === 0 || needsOneOf.some(isTopic));
}

/** `change`, `account`, `access`, `history` or `intel`. */
const TOPICS: ReadonlyMap<SectionName, string> = new Map(
  SECTION_NAMES.map((section) => [section, section.slice(0, section.indexOf("."))]),
);
const topicOf = (section: SectionName): string => TOPICS.get(section) ?? section;

function askedTopics({ sections }: Dossier): ReadonlySet<string> {
  const asked = new Set<string>();
  for (const name of SECTION_NAMES) {
    const section = sections[name];
    if (section.state === "present" || section.reason !== "not_requested") asked.add(topicOf(name));
  }
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
