import { bandRank } from "../../../src/assessment/bands.ts";
import { reportRows } from "../../../src/cli/commands/history/report.ts";
import { UNKNOWN_REPOSITORY } from "../../../src/history/people/known.ts";
import { expect, test } from "../../support/jest.ts";
import { whole } from "../../support/rows.ts";
import { type Changed, ordinaryHistory } from "../population.ts";

const MAX_SINGLE_SHARE = 0.05;
const MAX_REVIEW_SHARE = 0.005;

type Identities = ReturnType<typeof reportRows>["identities"];
type Identity = Identities[number];

/** Twenty commits over half a year: what the promise is about. */
function established(count: number, changed: Changed): Identities {
  const { identities } = reportRows({
    history: ordinaryHistory(count, 4_711, changed),
    accountsMadeAt: new Map(),
    repositories: [UNKNOWN_REPOSITORY],
    asOf: Date.UTC(2026, 10, 1) / 1_000,
    idOf: (text) => text,
  });
  return identities.filter(
    ({ commits, first, last, automated }) =>
      !automated && commits >= 20 && Date.parse(last) - Date.parse(first) >= 180 * 86_400_000,
  );
}

const shareOf = (identities: Identities, holds: (identity: Identity) => boolean): number =>
  identities.filter(holds).length / identities.length;
const isForReview = ({ band }: Identity): boolean => bandRank(band) >= bandRank("review");
const isBusy = ({ commits }: Identity): boolean => commits >= 100;

const COUNT = whole ? 3_000 : 900;
const ordinary = established(COUNT, {});

test("rates: those who are counted are many, and as varied as those who were measured", () => {
  expect(ordinary.length).toBeGreaterThan(COUNT * 0.9);
  expect(ordinary.filter(isBusy).length).toBeGreaterThan(COUNT * 0.3);
  expect(shareOf(ordinary, ({ emailCount }) => emailCount >= 2)).toBeGreaterThan(0.35);
  expect(shareOf(ordinary, ({ zonesNeeded }) => zonesNeeded >= 2)).toBeGreaterThan(0.25);
  expect(shareOf(ordinary, ({ keyCount }) => keyCount > 0)).toBeGreaterThan(0.2);
});

test("rates: each signal fires on at most one in twenty ordinary contributors", () => {
  const signals = new Set(ordinary.flatMap(({ findings }) => findings.map(({ signal }) => signal)));
  const fires = (each: string) => (identity: Identity) => identity.findings.some(({ signal }) => signal === each);
  expect(signals.size).toBeGreaterThan(1);
  expect([...signals].filter((each) => shareOf(ordinary, fires(each)) > MAX_SINGLE_SHARE)).toEqual([]);
});

// What must not matter is changed in two of them: where clocks stand, and what kind of address somebody uses.
test.each<[string, Identities]>([
  ["as they are", ordinary],
  ["with every clock an hour and a half further east", established(COUNT / 3, { shiftMinutes: 90 })],
  ["without noreply addresses", established(COUNT / 3, { noreply: false })],
])("rates: history alone brings at most one in two hundred to a look, %s, the busy ones too", (_, people) => {
  expect(people.length).toBeGreaterThan(COUNT * 0.3);
  expect(shareOf(people, isForReview)).toBeLessThanOrEqual(MAX_REVIEW_SHARE);
  expect(shareOf(people.filter(isBusy), isForReview)).toBeLessThanOrEqual(MAX_REVIEW_SHARE);
});

test("rates: clocks that jump are rare, and were not while merges of GitHub's button counted as made by hand", () => {
  const share = (people: Identities): number =>
    shareOf(people, ({ findings }) => findings.some(({ signal }) => signal === "id-tz-fast-flip"));
  expect(share(ordinary)).toBeLessThanOrEqual(0.01);
  expect(share(established(COUNT / 3, { merges: "as_made_by_hand" }))).toBeGreaterThan(0.02);
});
