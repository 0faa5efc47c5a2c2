import { text } from "node:stream/consumers";
import fc from "fast-check";
import { jsonTexts, streamed } from "../../../../src/web/pages/audit/streamed.ts";
import { expect, test } from "../../../support/jest.ts";
import { runs } from "../../../support/rows.ts";

test("streamed JSON: the same text as JSON.stringify gives", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const document: unknown = JSON.parse(JSON.stringify(value));
      expect([...jsonTexts(document)].join("")).toBe(JSON.stringify(document, null, 2));
    }),
    { numRuns: runs(600) },
  );
  const absent = { first: undefined, second: [{ third: undefined, fourth: 4 }], last: undefined };
  expect([...jsonTexts(absent)].join("")).toBe(JSON.stringify(absent, null, 2));
});

test("streamed: all texts, in their order, however many chunks they make", async () => {
  const lines = Array.from({ length: 50_000 }, (_, at) => `line ${at}, ü\n`);
  expect(await text(streamed(lines))).toBe(lines.join(""));
  expect(await text(streamed([]))).toBe("");
});
