import fc from "fast-check";
import { html, webAddress } from "../../src/web/html.ts";
import { codePieces, withMarks } from "../../src/web/visible.ts";
import { describe, expect, test } from "../support/jest.ts";

describe("html", () => {
  test("template: escapes text and attributes when they hold markup", () => {
    const text = `"><script>alert('1')</script>\`&`;
    expect(html`<p title="${text}">${text}</p>`.markup).toBe(
      `<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&#96;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&#96;&amp;</p>`,
    );
  });

  test("template: keeps nested markup, joins lists and leaves out what is absent", () => {
    const items = ["a<", "b"].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}</ul>${null}${undefined}${false}${0}`.markup).toBe("<ul><li>a&lt;</li><li>b</li></ul>0");
  });

  test("template: never lets any string end a tag or an attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const { markup } = html`<p title="${text}">${text}</p>`;
        expect(markup).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/);
      }),
    );
  });

  test.each([
    "javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "vbscript:x",
    "java\nscript:x",
  ])("address: leads nowhere when it is %j", (address) => expect(webAddress(address)).toBe("#"));
});

describe("invisible characters", () => {
  test.each([
    ["a right-to-left override", "abc\u202Edef", "abc⟦U+202E⟧def"],
    ["a zero-width space", "pay\u200Bpal", "pay⟦U+200B⟧pal"],
    ["a tag character", "a\u{E0041}", "a⟦U+E0041⟧"],
    ["a soft hyphen", "a\u00ADb", "a⟦U+00AD⟧b"],
    ["an escape", "a\u001B[31m", "a⟦U+001B⟧[31m"],
    ["a Hangul filler", "a\u3164", "a⟦U+3164⟧"],
    ["line breaks and tabs", "a\r\n\tb", "a b"],
    ["an emoji of several", "by 👩🏽‍💻 and 👨‍👩‍👧 ❤️", "by 👩🏽‍💻 and 👨‍👩‍👧 ❤️"],
  ])("text: %s is spelled out or kept", (_name, text, expected) => {
    expect(withMarks(text)).toBe(expected);
  });

  test("code: marks what cannot be seen and counts long runs of spaces", () => {
    expect(codePieces(`a\u202Eb${" ".repeat(60)}c\u00A0`)).toEqual([
      { kind: "text", text: "a" },
      { kind: "mark", text: "U+202E" },
      { kind: "text", text: "b" },
      { kind: "mark", text: "60 spaces" },
      { kind: "text", text: "c" },
      { kind: "mark", text: "U+00A0" },
    ]);
  });

  test("code: says how much of a long line is left out", () => {
    expect(codePieces("x".repeat(1_000)).at(-1)).toEqual({ kind: "mark", text: "600 more characters" });
  });

  test("text: holds no bidirectional control whatever it is made of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(withMarks(text)).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/);
      }),
    );
  });
});
