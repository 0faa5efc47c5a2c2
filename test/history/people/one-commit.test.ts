import fc from "fast-check";
import { identitySteps } from "../../../src/history/people/identity.ts";
import { parseMailmap } from "../../../src/history/people/mailmap.ts";
import { peopleOf } from "../../../src/history/people/person.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { runs } from "../../support/rows.ts";

/** Who stands in how many commits. */
type Uses = ReadonlyMap<string, number>;

const NAMES = [
  ...["Ada Example", "Bo Sample", "Cy Other", "ada", "boSample", "Your Name", "dependabot[bot]", "Travis Example"],
];
const ADDRESSES = [
  ...["a@one.org", "a@two.org", "b@one.org", "b@two.org", "c@one.org", "root@localhost", "you@example.com"],
  ...["ada@users.noreply.github.com", "77+ada@users.noreply.github.com", "77+adx@users.noreply.github.com"],
  ...["78+bo@users.noreply.github.com", "78+ada@users.noreply.github.com", "79+cy@users.noreply.github.com"],
  ...["49699333+dependabot[bot]@users.noreply.github.com", "list@lists.one.org", "noreply@github.com"],
];
const MAILMAPS = [
  "",
  "Ada <a@one.org> <a@two.org>\nBo <b@one.org> Bo Sample <a@two.org>",
  "Bo <b@one.org> ada <77+ada@users.noreply.github.com>\nCy <c@home.org> <c@one.org>\nCy <c@home.org> Cy Other <b@two.org>",
  "Ada <a@one.org> Ada Example <root@localhost>\nBo <b@one.org> <dependabot[bot]@users.noreply.github.com>",
];

const pairOf = (names: readonly string[], addresses: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...names), fc.constantFrom(...addresses)).map(([name, address]) => `${name} <${address}>`);
const outsider = pairOf(
  [...NAMES, "Out Sider"],
  [...ADDRESSES, "99+ada@users.noreply.github.com", "49699333+out@users.noreply.github.com", "o@out.org"],
);

/** Addresses, each with one usual name and a rare one, all so far apart that no share is at its edge. */
const settled: fc.Arbitrary<Uses> = fc
  .uniqueArray(
    fc.record({
      address: fc.constantFrom(...ADDRESSES),
      usual: fc.constantFrom(...NAMES),
      rare: fc.constantFrom(...NAMES),
    }),
    { selector: ({ address }) => address, minLength: 2, maxLength: 8 },
  )
  .map((each) => {
    const uses = new Map<string, number>();
    for (const { address, rare } of each) uses.set(`${rare} <${address}>`, 3);
    for (const [index, { address, usual }] of each.entries()) uses.set(`${usual} <${address}>`, 50 * 2 ** index);
    return uses;
  });

/**
 * Addresses with one commit each: at most one account, since another may join whom the first one leaves, and no handle
 * that is a name, since a name used twice joins its handle.
 */
const few: fc.Arbitrary<Uses> = fc
  .uniqueArray(
    pairOf(
      NAMES.filter((each) => each !== "boSample"),
      ADDRESSES.filter((each) => !/^ada@|adx@|^7[89]/.test(each)),
    ),
    { selector: (each) => each.replace(/.*</, ""), minLength: 2, maxLength: 8 },
  )
  .map((people) => new Map(people.map((each) => [each, 1])));

interface Found {
  readonly of: ReadonlyMap<string, number>;
  readonly automated: (person: string) => boolean;
}

function identified(uses: Uses, mailmap: string): Found {
  const texts = [...uses.keys()].sort();
  const counts = texts.map((each) => uses.get(each) ?? 0);
  const { list, of } = atOnce(identitySteps(peopleOf(texts), { accounts: [], mailmap: parseMailmap(mailmap) }, counts));
  const found = new Map(texts.map((each, index) => [each, of[index] ?? -1]));
  return { of: found, automated: (person) => list[found.get(person) ?? -1]?.automated ?? false };
}

const withOne = (uses: Uses, more: string): Uses => new Map(uses).set(more, (uses.get(more) ?? 0) + 1);

/** Pairs of people who are together. */
const pairs = (people: readonly string[], { of }: Found): readonly string[] =>
  people.flatMap((a) => people.filter((b) => a < b && of.get(a) === of.get(b)).map((b) => `${a} | ${b}`));

test("one commit: whatever it says, everybody else stays who they are, and is neither joined nor silenced", () => {
  fc.assert(
    fc.property(settled, outsider, fc.constantFrom(...MAILMAPS), (uses, more, mailmap) => {
      const [before, after] = [identified(uses, mailmap), identified(withOne(uses, more), mailmap)];
      const others = [...uses.keys()].filter((each) => each !== more);
      expect(pairs(others, after)).toEqual(pairs(others, before));
      expect(others.filter(after.automated)).toEqual(others.filter(before.automated));
    }),
    { numRuns: runs(3_000) },
  );
});

test("one commit: where nobody has more, it may part addresses, but neither joins nor silences", () => {
  fc.assert(
    fc.property(few, outsider, (uses, more) => {
      const [before, after] = [identified(uses, ""), identified(withOne(uses, more), "")];
      const people = [...uses.keys()];
      const together = new Set(pairs(people, before));
      expect(pairs(people, after).filter((pair) => !together.has(pair))).toEqual([]);
      expect(people.filter((each) => after.automated(each) && !before.automated(each))).toEqual([]);
    }),
    { numRuns: runs(3_000) },
  );
});
