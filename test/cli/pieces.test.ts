import fc from "fast-check";
import { pieceMaker } from "../../src/cli/pieces.ts";
import { expect, test } from "../support/jest.ts";

function piecesOf(chunks: readonly Uint8Array[]): readonly string[] {
  const maker = pieceMaker();
  for (const chunk of chunks) maker.take(chunk);
  return maker.end();
}

test("pieces: together they are the text, each but the last of whole lines, wherever the bytes were cut", () => {
  const text = fc.stringMatching(/^(?:[a-z]{0,9}\n|\u00e9\u{1f511}|\ufeff|\r)*$/u);
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 40_000 }), (part, size, times) => {
      const bytes = Buffer.from(part.repeat(Math.ceil(times / (part.length + 1))));
      const chunks = Array.from({ length: Math.ceil(bytes.length / (size * 9_973)) }, (_, at) =>
        bytes.subarray(at * size * 9_973, (at + 1) * size * 9_973),
      );
      const pieces = piecesOf(chunks);
      expect(pieces.join("") === new TextDecoder().decode(bytes)).toBe(true);
      for (const piece of pieces.slice(0, -1)) expect(piece.endsWith("\n")).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("pieces: a long text comes in many, and a line longer than they are in one of its own", () => {
  const long = "x".repeat(700_000);
  const text = `${"a line of some length\n".repeat(40_000)}${long}\nand the end`;
  const pieces = piecesOf([Buffer.from(text)]);
  expect(pieces.length).toBeGreaterThan(3);
  expect(pieces.join("") === text).toBe(true);
  expect(pieces.filter((piece) => piece.includes("xx"))).toEqual([expect.stringContaining(long)]);
});
