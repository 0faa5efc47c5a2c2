import { type Dossier, SECTION_NAMES } from "../dossier/dossier.ts";
import type { SectionName } from "../dossier/facts.ts";
import { FAMILIES, type Family } from "../signals/families.ts";
import type { SignalMeta } from "../signals/signal.ts";
import type { Assessment, Finding } from "./assessment.ts";

/**
 * Weight looked at / weight applicable among the signals about the persona. A signal applies unless a whole topic it
 * needs was never asked about: a collaborator brings no change, so checks of a change are not missing there. `findings`
 * stand in the order of `signals`.
 */
export function coverageOf(
  signals: readonly SignalMeta[],
  findings: readonly Finding[],
  dossier: Dossier,
): Assessment["coverage"] {
  const asked = askedTopics(dossier);
  const weighed = signals.flatMap((signal, index): readonly Weighed[] => {
    const counts = signal.status === "stable" && !signal.outsideCoverage;
    const applies = signal.axis === "P" && counts && isAsked(signal, asked);
    return applies
      ? [{ family: signal.family, weight: signal.weight, seen: findings[index]?.outcome !== "unknown" }]
      : [];
  });
  const families: Partial<Record<Family, number>> = {};
  for (const family of FAMILY_ORDER) {
    const members = weighed.filter((each) => each.family === family);
    if (members.length > 0) families[family] = seenShare(members);
  }
  return {
    total: seenShare(weighed),
    evaluatedCount: weighed.filter(({ seen }) => seen).length,
    applicableCount: weighed.length,
    families,
  };
}

type Weighed = Pick<SignalMeta, "family" | "weight"> & { readonly seen: boolean };

const FAMILY_ORDER = Object.keys(FAMILIES) as readonly Family[];
const SHARE_GRAIN = 1_000;

function seenShare(weighed: readonly Weighed[]): number {
  let all = 0;
  let looked = 0;
  for (const { weight, seen } of weighed) {
    all += weight;
    looked += seen ? weight : 0;
  }
  return all === 0 ? 0 : Math.round((looked / all) * SHARE_GRAIN) / SHARE_GRAIN;
}

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
