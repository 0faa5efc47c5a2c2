import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { reportRows } from "../../../src/cli/commands/history/report.ts";
import { keyedIds } from "../../../src/history/people/identity.ts";
import { findRepository } from "../../../src/history/read/read.ts";
import { expect, test } from "../../support/jest.ts";
import type { MadeCommit } from "../../support/made-repository.ts";
import { runs } from "../../support/rows.ts";
import { git, loadHistory, repository } from "../loaded.ts";

const DAY = 86_400;
const START = Date.UTC(2019, 0, 7, 9) / 1_000;
const PEOPLE = [
  "Ada Example <ada@example.org>",
  "Ada Example <77+ada-example@users.noreply.github.com>",
  "Ada Example <77+ada-before@users.noreply.github.com>",
  "Bo Sample <bo@host-of-bo.local>",
  "Cy Specimen <bo@host-of-bo.local>",
  "Di Pattern <78+di@users.noreply.github.com>",
  "GitHub <noreply@github.com>",
];

/** Commits of several branches: many share a moment, so that whatever hangs on the order of reading shows. */
const commits = fc.array(
  fc.record({
    who: fc.nat(PEOPLE.length - 1),
    day: fc.nat(4),
    back: fc.nat(3),
    merge: fc.boolean(),
    reference: fc.nat(40),
  }),
  { minLength: 12, maxLength: 40 },
);
type Made = typeof commits extends fc.Arbitrary<infer Value> ? Value : never;

const madeOf = (made: Made, shift = 0): readonly MadeCommit[] =>
  made.map(({ who, day, back, merge, reference }, index) => ({
    author: PEOPLE[who] ?? "",
    at: START + day * 90 * DAY + shift,
    committedAt: START + day * 90 * DAY + shift,
    offset: "+0900",
    message: `Change ${index} (#${reference})\n`,
    parents: index === 0 ? [] : [...new Set([Math.max(0, index - 1 - back), ...(merge ? [index - 1] : [])])],
  }));

/** Everything that `sallyport history` says of a repository whose references are these. */
async function saidOf(path: string, refs: ReadonlyMap<string, string>, asOf: number): Promise<string> {
  rmSync(join(path, "refs/heads"), { recursive: true });
  mkdirSync(join(path, "refs/heads"));
  for (const [name, oid] of refs) writeFileSync(join(path, "refs/heads", name), `${oid}\n`);
  const { history } = await loadHistory(await findRepository(path, git));
  const known = {
    id: 1,
    ownerId: 77,
    createdAt: null,
    pushedAt: null,
    highestNumber: 5,
    othersActed: null,
    actedIds: null,
  };
  const repositories = [{ ...known, declared: false }];
  const rows = reportRows({ history, accountsMadeAt: new Map(), repositories, asOf, idOf: keyedIds("key") });
  return JSON.stringify(rows, null, 1);
}

/** Commits that no other one has as a parent. */
function tipsOf(made: readonly MadeCommit[], oids: readonly string[]): readonly string[] {
  const parents = new Set(made.flatMap(({ parents: above = [] }) => above));
  return oids.filter((_, index) => !parents.has(index));
}

test("order: references of other names, and more of them, change nothing that a history says", async () => {
  await fc.assert(
    fc.asyncProperty(commits, fc.infiniteStream(fc.nat(1_000_000)), async (made, numbers) => {
      const given = madeOf(made);
      const { path, oids, remove } = repository(given);
      const tips = tipsOf(given, oids);
      const named = (more: readonly string[]) =>
        new Map([...tips, ...more].map((oid, index) => [`b${numbers.next().value}-${index}`, oid]));
      const asOf = START + 3_000 * DAY;
      const first = await saidOf(path, named([]), asOf);
      const inner = oids.filter((_, index) => index % 5 === 0);
      expect(await saidOf(path, named([]), asOf)).toBe(first);
      expect(await saidOf(path, named(inner), asOf)).toBe(first);
      remove();
    }),
    { numRuns: runs(24) },
  );
});

/** What was found in whom: which commits are shown hangs on their ids, and those on their dates. */
const findingsIn = (said: string): readonly string[] =>
  (JSON.parse(said) as ReturnType<typeof reportRows>).findings
    .map(({ identity, signal, strength, bits }) => `${identity} ${signal} ${strength} ${bits}`)
    .sort();

test("order: with all moments later by the same weeks the same is found in a history", async () => {
  await fc.assert(
    fc.asyncProperty(commits, fc.integer({ min: 1, max: 100 }), async (made, weeks) => {
      const shift = weeks * 7 * DAY;
      const asOf = START + 3_000 * DAY;
      const told = [];
      for (const by of [0, shift]) {
        const { path, oids, remove } = repository(madeOf(made, by));
        const said = await saidOf(
          path,
          new Map(tipsOf(madeOf(made), oids).map((oid, at) => [`b${at}`, oid])),
          asOf + by,
        );
        told.push(findingsIn(said));
        remove();
      }
      expect(told[1]).toEqual(told[0]);
    }),
    { numRuns: runs(18) },
  );
});
