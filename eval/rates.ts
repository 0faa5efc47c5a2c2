import { bandRank } from "../src/assessment/bands.ts";
import { type HistoryReportInput, reportRows } from "../src/cli/commands/history/report.ts";
import { UNKNOWN_REPOSITORY } from "../src/history/people/known.ts";
import { type Changed, ordinaryHistory } from "../test/history/population.ts";
import type { Gate } from "./table.ts";

type Person = ReturnType<typeof reportRows>["identities"][number];

const COUNT = 3_000;
const SEED = 4_711;
const DAY_MS = 86_400_000;
/** Beyond it a difference is no chance of so few, at one in twenty. */
const MOST_Z = 1.96;

/** Goals of issue and release: shares of established contributors, and how far slices of them may lie apart. */
const MOST = { single: 0.02, singleOfBusy: 0.04, two: 0.002, review: 0.0015, ratio: 1.25 } as const;

/** Made contributors who were never there: twenty commits over half a year, as they are or with one thing different. */
function established(changed: Changed = {}): readonly Person[] {
  const input: HistoryReportInput = {
    history: ordinaryHistory(COUNT, SEED, changed),
    accountsMadeAt: new Map(),
    repositories: [UNKNOWN_REPOSITORY],
    asOf: Date.UTC(2026, 10, 1) / 1_000,
    idOf: (text) => text,
  };
  return reportRows(input).identities.filter(
    ({ commits, first, last, automated }) =>
      !automated && commits >= 20 && Date.parse(last) - Date.parse(first) >= 180 * DAY_MS,
  );
}

const shareOf = (people: readonly Person[], holds: (person: Person) => boolean): number =>
  people.filter(holds).length / Math.max(1, people.length);
const fires = ({ findings }: Person): boolean => findings.length > 0;

/** How often history alone fires on made people, and whether clocks, scripts or age make a difference. About 10 s. */
export function rateGates(): readonly Gate[] {
  const people = established();
  const busy = people.filter(({ commits }) => commits >= 100);
  const signals = [...new Set(people.flatMap(({ findings }) => findings.map(({ signal }) => signal)))];
  const worst = (of: readonly Person[]): number =>
    Math.max(
      0,
      ...signals.map((signal) => shareOf(of, ({ findings }) => findings.some((each) => each.signal === signal))),
    );
  const shifts = [-480, -300, 60, 330, 540].map((shiftMinutes) => established({ shiftMinutes, utcStays: true }));
  const scripts = ([0x430, 0x3b1, 0x4e00] as const).map((script) => established({ script }));
  return [
    atMost(`a single signal about histories, of ${people.length} made contributors, %`, worst(people), MOST.single),
    atMost(`the same, of ${busy.length} with a hundred commits and more, %`, worst(busy), MOST.singleOfBusy),
    atMost(
      "two and more of them, %",
      shareOf(people, ({ findings }) => findings.length > 1),
      MOST.two,
    ),
    atMost(
      "review and more by history alone, %",
      shareOf(people, ({ band }) => bandRank(band) >= bandRank("review")),
      MOST.review,
    ),
    apart("by where clocks stand", [people, ...shifts]),
    apart("by the script of names", [people, ...scripts]),
    apart("by who began first", halves(people)),
  ];
}

function halves(people: readonly Person[]): readonly (readonly Person[])[] {
  const sorted = people.toSorted((a, b) => (a.first < b.first ? -1 : 1));
  const middle = Math.ceil(sorted.length / 2);
  return [sorted.slice(0, middle), sorted.slice(middle)];
}

const percent = (share: number): string => (share * 100).toFixed(2);

const atMost = (claim: string, share: number, most: number): Gate => ({
  claim: `${claim}, at most ${percent(most)}`,
  figure: percent(share),
  holds: share <= most,
});

/** Slices lie apart when their shares do, by more than the chance of so few people. */
function apart(by: string, slices: readonly (readonly Person[])[]): Gate {
  const sorted = slices.toSorted((a, b) => shareOf(a, fires) - shareOf(b, fires));
  const [low = [], high = []] = [sorted[0], sorted.at(-1)];
  const [least, most] = [shareOf(low, fires), shareOf(high, fires)];
  const pooled = shareOf([...low, ...high], fires);
  const z = (most - least) / Math.sqrt(pooled * (1 - pooled) * (1 / low.length + 1 / high.length));
  return {
    claim: `a finding: highest share ÷ lowest ${by}, at most ${MOST.ratio} or within chance (z ${z.toFixed(1)})`,
    figure: (most / least).toFixed(2),
    holds: most / least <= MOST.ratio || z < MOST_Z,
  };
}
