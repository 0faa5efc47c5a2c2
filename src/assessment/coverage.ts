import type { Dossier } from "../dossier/dossier.ts";
import { SECTION_NAMES } from "../dossier/dossier.ts";
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
  const total = { seen: 0, all: 0 };
  const byFamily = new Map<Family, { seen: number; all: number }>();
  let evaluatedCount = 0;
  let applicableCount = 0;
  for (const [index, signal] of signals.entries()) {
    if (signal.axis !== "P" || !signal.needs.every((name) => asked.has(topicOf(name)))) continue;
    const seen = findings[index]?.outcome !== "unknown";
    const family = byFamily.get(signal.family) ?? { seen: 0, all: 0 };
    byFamily.set(signal.family, family);
    for (const sum of [total, family]) {
      sum.all += signal.weight;
      if (seen) sum.seen += signal.weight;
    }
    applicableCount += 1;
    if (seen) evaluatedCount += 1;
  }
  const inOrder = [...byFamily].sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const families = Object.fromEntries(inOrder.map(([family, sum]) => [family, share(sum)]));
  return { total: share(total), evaluatedCount, applicableCount, families };
}

const ORDER: readonly string[] = Object.keys(FAMILIES);
const SHARE_GRAIN = 1_000;

function share({ seen, all }: { readonly seen: number; readonly all: number }): number {
  return all === 0 ? 0 : Math.round((seen / all) * SHARE_GRAIN) / SHARE_GRAIN;
}

/** `change`, `account`, `access` or `intel`. */
const TOPICS: ReadonlyMap<SectionName, string> = new Map(
  SECTION_NAMES.map((section) => [section, section.slice(0, section.indexOf("."))]),
);
const topicOf = (section: SectionName): string => TOPICS.get(section) ?? section;

function askedTopics({ sections }: Dossier): ReadonlySet<string> {
  const asked = SECTION_NAMES.filter((name) => {
    const section = sections[name];
    return section.state === "present" || section.reason !== "not_requested";
  });
  return new Set(asked.map(topicOf));
}

/** Sections that were asked for and could not be had, in catalogue order. */
export function couldNotSee({ sections }: Dossier): Assessment["couldNotSee"] {
  return SECTION_NAMES.flatMap((section) => {
    const found = sections[section];
    if (found.state === "present" || found.reason === "not_requested") return [];
    return [{ section, reason: found.reason, retryAt: found.retryAt }];
  });
}
