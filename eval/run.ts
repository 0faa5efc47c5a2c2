import { assess } from "../src/assessment/assess.ts";
import type { Assessment, Band } from "../src/assessment/assessment.ts";
import { bandRank } from "../src/assessment/bands.ts";
import { type Dossier, dossier, SECTION_NAMES, unavailable } from "../src/dossier/dossier.ts";
import { collect } from "./collect.ts";
import type { Archetype } from "./stories/archetype.ts";
import { makeTown, NOW, type Town } from "./town/town.ts";

/** What one variation of an archetype came to. Plain, so that threads can hand it over. */
export interface Outcome {
  readonly id: string;
  readonly seed: number;
  readonly band: Band;
  readonly bits: number;
  readonly isRight: boolean;
  /** Expected signals that did not fire, and signals that fired and must not. */
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
  readonly fired: readonly string[];
  /** Which of the laws it broke, in words. */
  readonly broken: readonly string[];
  readonly coverage: number;
}

/** Every so many variations the story is told again in another costume, and with a better record. */
const RETOLD = 5;

/**
 * Tells one variation of a story and judges it: `seed` decides all that varies. Cost: one local GitHub, about a tenth
 * of a second; two more of them for every fifth variation and for controls.
 */
export async function runVariation(archetype: Archetype, seed: number): Promise<Outcome> {
  const { dossier: read, assessment } = await judged(archetype, seed, seed);
  const { persona, change, access, queue, findings, coverage } = assessment;
  const fired = findings.filter(({ outcome }) => outcome === "fired").map(({ signal }) => signal);
  const isRight =
    archetype.bands.includes(persona.band) &&
    (archetype.change === undefined || archetype.change === change.level) &&
    (archetype.access === undefined || archetype.access === access.level) &&
    (archetype.queue === undefined || archetype.queue === queue.label);
  return {
    ...{ id: archetype.id, seed, band: persona.band, bits: persona.bits, isRight, fired, coverage: coverage.total },
    missed: archetype.fires.filter((id) => !fired.includes(id)),
    wrong: fired.filter((id) => archetype.silent.some((beginning) => id.startsWith(beginning))),
    broken: [
      ...withoutSections(read, assessment),
      ...(await controlled(archetype, seed, assessment)),
      ...(seed % RETOLD === 0 ? await retold(archetype, seed, assessment) : []),
    ],
  };
}

interface Judged {
  readonly dossier: Dossier;
  readonly assessment: Assessment;
}

async function judged(
  archetype: Archetype,
  story: number,
  costume: number,
  more: (town: Town) => void = () => undefined,
): Promise<Judged> {
  const town = makeTown({ story, costume });
  const told = archetype.tell(town);
  more(town);
  const read = await collect(town, told);
  return { dossier: read, assessment: assess(read) };
}

/** What is missing never speaks against anybody, and never makes too little to say into nothing to say. */
function withoutSections(read: Dossier, { persona }: Assessment): readonly string[] {
  return SECTION_NAMES.flatMap((name) => {
    if (read.sections[name].state !== "present") return [];
    const less = dossier(read, { ...read.sections, [name]: unavailable("timeout") });
    const without = assess(less).persona;
    const isWorse = without.bits > persona.bits && bandRank(without.band) > bandRank(persona.band);
    const isCleared = persona.band === "insufficient_evidence" && without.band === "none";
    return isWorse || isCleared ? [`without ${name}: ${persona.band} became ${without.band}`] : [];
  });
}

async function controlled(
  { control, ...archetype }: Archetype,
  seed: number,
  with_: Assessment,
): Promise<readonly string[]> {
  if (control === undefined) return [];
  const plain = (await judged({ ...archetype, tell: control.without }, seed, seed)).assessment;
  const difference = Math.abs(plain.persona.bits - with_.persona.bits);
  if (difference > control.maxBits) return [`P differs by ${difference} bits from the story without it`];
  if (control.identical && JSON.stringify(plain) !== JSON.stringify(with_)) return ["the judgement is not the same"];
  return [];
}

/** Names, logins, addresses, hosts and clocks may change nothing; more reviewed work elsewhere may raise nothing. */
async function retold(archetype: Archetype, seed: number, first: Assessment): Promise<readonly string[]> {
  const other = (await judged(archetype, seed, seed + 1_000_003)).assessment;
  const better = (await judged(archetype, seed, seed, reviewedElsewhere)).assessment;
  return [
    ...(verdictOf(other) === verdictOf(first) ? [] : [`another costume: ${differences(first, other)}`]),
    ...(better.persona.bits > first.persona.bits ? [`a better record raised P to ${better.persona.bits}`] : []),
  ];
}

const MIN_LIFE_DAYS = 90;

function reviewedElsewhere(town: Town): void {
  const pullRequest = [...town.world.pullRequests.values()].findLast(
    ({ repositoryId }) => repositoryId === town.repository.id,
  );
  const user = town.world.accounts.get(pullRequest?.authorId ?? 0);
  if (user?.type !== "User") return;
  const author = { ...town.owner, user };
  // Spread over its life: many at once are no better record, and an account of weeks has no time for one.
  const days = (Date.parse(NOW) - Date.parse(user.createdAt)) / 86_400_000;
  if (days < MIN_LIFE_DAYS) return;
  for (const share of [0.45, 0.6, 0.75, 0.9]) town.contributes(author, town.elsewhere(), { daysAgo: days * share });
}

/** All that is decided, without what names things of this world: commits, links, paths, ids. */
const verdictOf = ({ persona, change, queue, label, findings }: Assessment): string =>
  JSON.stringify([persona, change.level, queue, label, findings.map(essence)]);

const essence = ({ signal, outcome, strength, bits, severity, evidence }: Assessment["findings"][number]): unknown => [
  ...[signal, outcome, strength, bits, severity],
  evidence.map(({ tier, at = null }) => [tier, at]),
];

function differences(a: Assessment, b: Assessment): string {
  const found = a.findings.flatMap((finding) => {
    const other = b.findings.find(({ signal }) => signal === finding.signal);
    return other !== undefined && JSON.stringify(essence(finding)) === JSON.stringify(essence(other))
      ? []
      : [finding.signal];
  });
  return found.join(", ") || "the sum";
}
