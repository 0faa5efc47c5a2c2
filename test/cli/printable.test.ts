import fc from "fast-check";
import { printable } from "../../src/cli/printable.ts";
import { expect, test } from "../support/jest.ts";

test("printable: shows what would move the cursor or hide, and leaves words alone", () => {
  expect(printable("\u001B[2J a\u202Eb\u200Bc\u3164 Grüße 日本 👋")).toBe(
    "<U+001B>[2J a<U+202E>b<U+200B>c<U+3164> Grüße 日本 👋",
  );
});

test("printable: leaves no control or format character, whatever it is given", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(printable(text))));
});
