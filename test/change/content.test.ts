import { contentOf } from "../../src/change/content.ts";
import { describe, expect, test } from "../support/jest.ts";

const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(" ", ""), "hex");

describe("contentOf", () => {
  const texts: readonly (readonly [what: string, bytes: Buffer, text: string])[] = [
    ["UTF-8", Buffer.from("ä = 1\n"), "ä = 1\n"],
    ["nothing", Buffer.alloc(0), ""],
    ["UTF-16, little end first", Buffer.from("\ufeffrun()", "utf16le"), "run()"],
    ["UTF-16, big end first", Buffer.from("\ufeffrun()", "utf16le").swap16(), "run()"],
    [
      "a script with one NUL to hide it from git",
      Buffer.from("import os\nos.system('x')\n# \0\n"),
      "import os\nos.system('x')\n# \0\n",
    ],
    ["a text that begins with the letters of a program", Buffer.from("MZ is a place\n"), "MZ is a place\n"],
  ];
  for (const [what, bytes, text] of texts)
    test(`reads ${what} as text`, () => expect(contentOf(bytes)).toEqual({ text }));

  const binaries: readonly (readonly [kind: string, bytes: Buffer])[] = [
    ["executable", hex("7f454c46 02010100 00000000")],
    ["executable", hex("4d5a9000 03000000")],
    ["wasm", hex("0061736d 01000000")],
    ["library", hex("cafebabe 00000034")],
    ["archive", hex("504b0304 14000000")],
    ["archive", hex("1f8b0800 00000000")],
    ["archive", Buffer.concat([Buffer.alloc(257), Buffer.from("ustar\0")])],
    ["picture", hex("89504e47 0d0a1a0a")],
    ["picture", Buffer.from("RIFF\0\0\0\0WEBPVP8 ")],
    ["font", Buffer.from("wOF2\0\0")],
    ["document", Buffer.from("%PDF-1.7\0")],
    ["unknown", hex("00010203 04050607 f8f9fafb")],
  ];
  for (const [kind, bytes] of binaries)
    test(`knows ${kind} by ${bytes.toString("hex", 0, 4)}`, () => expect(contentOf(bytes)).toEqual({ binary: kind }));
});
