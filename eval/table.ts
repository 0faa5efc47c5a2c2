import type { Band } from "../src/assessment/assessment.ts";
import type { Outcome } from "./run.ts";
import { type Archetype, isMalicious } from "./stories/archetype.ts";

const COLUMNS: readonly (readonly [Band, string])[] = [
  ["insufficient_evidence", "?"],
  ["none", "none"],
  ["note", "note"],
  ["review", "revw"],
  ["elevated", "elev"],
  ["high", "high"],
];

/** A row an archetype: how often each band, how many were right, expected signals that were missed, laws broken. */
export function tableOf(archetypes: readonly Archetype[], outcomes: readonly Outcome[]): string {
  const head = [
    "",
    "".padEnd(56),
    ...COLUMNS.map(([, short]) => short.padStart(4)),
    "bits",
    "right",
    "fired",
    "not",
    "law",
  ];
  const rows = archetypes.map((archetype) => {
    const own = outcomes.filter(({ id }) => id === archetype.id);
    const count = (holds: (outcome: Outcome) => boolean): number => own.filter(holds).length;
    return [
      archetype.id.padEnd(3),
      archetype.title.padEnd(56),
      ...COLUMNS.map(([band]) => String(count((each) => each.band === band) || "").padStart(4)),
      median(own.map(({ bits }) => bits))
        .toFixed(1)
        .padStart(4),
      `${Math.round((100 * count(({ isRight }) => isRight)) / Math.max(1, own.length))}%`.padStart(5),
      archetype.fires.length === 0 ? "    -" : String(count(({ missed }) => missed.length === 0)).padStart(5),
      String(count(({ wrong }) => wrong.length > 0) || "").padStart(3),
      String(count(({ broken }) => broken.length > 0) || "").padStart(3),
    ].join(" ");
  });
  return [head.join(" "), ...rows].join("\n");
}

export interface Gate {
  readonly claim: string;
  readonly figure: string;
  readonly holds: boolean;
}

const MALICIOUS_RIGHT = 0.95;
const MINUTES = 5;

/** What a release must pass. */
export function gatesOf(
  archetypes: readonly Archetype[],
  outcomes: readonly Outcome[],
  seconds: number,
): readonly Gate[] {
  const of = ({ id }: Archetype): readonly Outcome[] => outcomes.filter((each) => each.id === id);
  const rightShare = (archetype: Archetype): number =>
    of(archetype).filter(({ isRight, missed }) => isRight && missed.length === 0).length / of(archetype).length;
  const wrong = outcomes.filter(({ wrong }) => wrong.length > 0);
  const broken = outcomes.filter(({ broken }) => broken.length > 0);
  const ordinary = archetypes
    .filter((each) => !isMalicious(each))
    .flatMap((each) => of(each).filter(({ isRight }) => !isRight));
  const low = archetypes.filter((each) => isMalicious(each) && rightShare(each) < MALICIOUS_RIGHT);
  return [
    gate("ordinary stories and controls whose band is not as it must be", ordinary.length, ordinary.length === 0),
    gate(
      `malicious stories right, with every expected signal, in less than ${MALICIOUS_RIGHT * 100} %`,
      low.length,
      low.length === 0,
    ),
    gate("variations in which a signal fired that must not", wrong.length, wrong.length === 0),
    gate(
      "variations that broke a law (missing sections, costume, better record, control)",
      broken.length,
      broken.length === 0,
    ),
    gate(`seconds for all of it, at most ${MINUTES * 60}`, Math.round(seconds), seconds <= MINUTES * 60),
  ];
}

const gate = (claim: string, figure: number, holds: boolean): Gate => ({ claim, figure: String(figure), holds });

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
