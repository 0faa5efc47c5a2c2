import fc from "fast-check";
import { atOnce } from "../../src/slices.ts";
import { documentOf, piecesOf } from "../../src/store/postgres/audits/pieces.ts";
import { expect, test } from "../support/jest.ts";
import { runs } from "../support/rows.ts";

const list = (count: number): readonly object[] =>
  Array.from({ length: count }, (_, at) => ({ repository: String(at), via: [{ kind: "team", team: "core" }] }));

const back = (document: unknown): unknown => atOnce(documentOf(atOnce(piecesOf(document))));

test("pieces: any document comes back as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      expect(back(document)).toEqual(JSON.parse(JSON.stringify(document)));
    }),
    { numRuns: runs(600) },
  );
});

test("pieces: long lists inside of long lists come back in their order, and no piece grows with them", () => {
  const accounts = [0, 1, 99, 100, 101, 250, 5_000].map((count) => ({
    account: String(count),
    effective: list(count),
  }));
  const many = Array.from({ length: 300 }, (_, at) => ({ login: `login-${at}`, effective: list(at) }));
  const document = { schema: "s", accounts, nested: { many }, flat: list(40_000), empty: [] };
  const pieces = atOnce(piecesOf(document));
  expect(atOnce(documentOf(pieces))).toEqual(document);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000);
});

test("pieces: a text that an earlier release stored whole is a document of one piece", () => {
  expect(atOnce(documentOf([JSON.stringify({ flat: list(200) })]))).toEqual({ flat: list(200) });
});
