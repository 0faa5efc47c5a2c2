import { indexLines, readIndex } from "../../../src/change/code-index/index-file.ts";
import { codeKey, KEY_BYTES, keyIn } from "../../../src/change/code-index/key.ts";
import { expect, test } from "../../support/jest.ts";

const MADE = { madeAt: "2026-11-23T12:00:00.000Z" };
const key = codeKey(new Uint8Array(KEY_BYTES).fill(1));
const other = codeKey(new Uint8Array(KEY_BYTES).fill(2));
const hashes = BigUint64Array.from({ length: 2_100 }, (_, index) => BigInt(index + 1) * 8_000_000_000_000_000n);
const text = (made: object = MADE, of = hashes): string =>
  [...indexLines(made as typeof MADE, { hashes: of, key })].join("");
const read = (file: string, by = key) => readIndex([file], { key: by, where: "own.index" });

test("code index: what was written is read again, in whatever parts it comes", () => {
  const whole = read(text());
  expect(whole).toMatchObject({ ...MADE, key: key.fingerprint, count: 2_100, pieces: { length: 3 } });
  const lines = text().split(/(?<=\n)/);
  expect(readIndex(lines, { key, where: "own.index" })).toEqual(whole);
  expect(text()).not.toMatch(/src|wallet/);
});

test("code index: an empty one is one, and names stand in it where they were asked for", () => {
  expect(read(text(MADE, new BigUint64Array(0)))).toMatchObject({ count: 0, pieces: [] });
  expect(read(text({ ...MADE, names: ["wallet", "my tools, new"] }))).toMatchObject({
    names: ["wallet", "my%20tools%2C%20new"],
  });
});

test("code index: another content has another digest", () => {
  const [one, two] = [read(text()), read(text(MADE, hashes.slice(1)))];
  expect("digest" in one && "digest" in two && one.digest !== two.digest).toBe(true);
});

const seal = /seal [0-9a-f]{64}\n$/;
test.each<[string, string, RegExp]>([
  ["made with another key", text(), /made with the key [0-9a-f]{16}, and the key file holds/],
  ["empty", "", /not a code index/],
  ["something else", '{"schema":"sallyport.dossier/1"}\n', /not a code index/],
  ["of a later version", text().replace("index/1", "index/2"), /not a code index/],
  ["with a count beyond all", text().replace("count=2100", "count=99999999"), /not a code index/],
  ["cut off behind its first line", text().split("\n")[0]?.concat("\n") ?? "", /cut off/],
  ["cut off before its seal", text().replace(seal, ""), /cut off/],
  ["cut off within its seal", text().slice(0, -9), /changed/],
  ["changed in a hash", text().replace(/\n./, (two) => (two === "\nA" ? "\nB" : "\nA")), /changed/],
  ["changed in its count", text().replace("count=2100", "count=2101"), /changed/],
  ["without a piece", text().replace(/\n[^\n]+\n/, "\n"), /changed/],
  ["with a line behind its seal", `${text()}more\n`, /changed/],
])("code index: a file that is %s is refused in words", (what, file, says) => {
  const found = read(file, what === "made with another key" ? other : key);
  expect("mend" in found && found).toMatchObject({ where: "own.index", what: expect.stringMatching(says) });
});

test("code index: one that whoever has the key wrote out of order is refused, too", () => {
  const unsorted = hashes.slice().reverse();
  expect(read(text(MADE, unsorted))).toMatchObject({ what: expect.stringMatching(/changed/) });
});

test("key: its text is read again, other texts are none, and its hashes follow from it alone", () => {
  expect(keyIn(key.text)?.fingerprint).toBe(key.fingerprint);
  for (const wrong of ["", "sallyport-code-key-1 short\n", key.text.replace("-1 ", "-2 "), `${key.text}\n`])
    expect(keyIn(wrong)).toBeNull();
  const oid = Buffer.alloc(20, 5);
  expect(key.hash(oid)).toBe(key.hash(oid));
  expect(key.hash(oid) & 1n).toBe(0n);
  expect(key.hash(oid)).not.toBe(other.hash(oid));
  expect(key.hash(Buffer.concat([Buffer.alloc(20), oid]), 20)).toBe(key.hash(oid));
  expect(() => codeKey(new Uint8Array(5))).toThrow(/32 bytes/);
});
