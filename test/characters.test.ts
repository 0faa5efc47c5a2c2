import { assess } from "../src/assessment/assess.ts";
import { hiddenCharacters } from "../src/change/hidden-characters.ts";
import { printable } from "../src/cli/printable.ts";
import { decide } from "../src/decision/decide.ts";
import { parsePolicy } from "../src/policy/policy-file.ts";
import { withMarks } from "../src/web/visible.ts";
import { dossierOf, ordinaryChange } from "./assessment/dossiers.ts";
import { changed } from "./signals/given.ts";
import { describe, expect, test } from "./support/jest.ts";

/** Every place that shows people what others wrote: each has its own spelling, all have the same characters to spell. */
const FACES: Readonly<Record<string, (text: string) => string>> = {
  "the pages": withMarks,
  "the terminal": printable,
  "the advice": (path) => {
    const files = changed({ [`${path}/.vscode/tasks.json`]: ['{"tasks":[{"command":"x"}]}'] });
    const assessment = assess(dossierOf({ ...ordinaryChange, "change.files": files }));
    return decide(assessment, { grantedRole: null }).advice.join();
  },
  "a complaint about the policy": (key) => {
    const parsed = parsePolicy(JSON.stringify({ [key]: 1 }), "file");
    return parsed.ok ? "" : parsed.problems.map(({ where }) => where).join();
  },
};

const HIDDEN = {
  "a control of ASCII": "\u001b",
  "a control of Latin-1": "\u009b",
  "a direction override": "\u202e",
  "a zero-width space": "\u200b",
  "a soft hyphen": "\u00ad",
  "an annotation anchor": "\ufff9",
  "a line separator": "\u2028",
  "a Hangul filler": "\u3164",
  "a grapheme joiner": "\u034f",
  "a variation selector of ideographs": "\u{e0100}",
  "a variation selector after a letter": "\ufe0f",
  "a tag": "\u{e0041}",
  "a character of private use": "\ue000",
  "a half of a pair": "\ud83d",
  "a blank of Braille": "\u2800",
};

describe.each(Object.entries(FACES))("hidden characters: %s", (_face, shows) => {
  test.each(Object.entries(HIDDEN))("%s is not passed on", (_name, character) => {
    expect(shows(`a${character}b`)).not.toContain(character);
  });

  test("a run behind an emoji is not passed on, for it can carry a text", () => {
    expect(shows(`\u2764${"\ufe0f".repeat(8)}b`)).not.toContain("\ufe0f\ufe0f");
  });

  test.each(["👩🏽‍💻", "👨‍👩‍👧", "❤️", "1️⃣", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "日本", "Grüße"])("%s is left as it is written", (text) => {
    expect(shows(text)).toContain(text);
  });
});

describe("hidden characters in a change", () => {
  test.each([
    ["grapheme joiners", "\u034f"],
    ["Khmer vowels without a shape", "\u17b4\u17b5"],
    ["Mongolian selectors", "\u180b\u180c"],
    ["directional marks", "\u200e\u200f"],
    ["deprecated format characters", "\u206a\u206f"],
    ["annotation anchors", "\ufff9\ufffb"],
    ["shorthand format controls", "\u{1bca0}\u{1bca1}"],
    ["unassigned ignorable code points", "\u{e0200}"],
  ])("a run of %s counts as one of others does", (_name, pair) => {
    expect(hiddenCharacters(`a${pair.repeat(8).slice(0, 16)}b`, false)?.kind).toBe("long_run");
  });

  test.each([
    ["a mark of direction", "\u200e"],
    ["a grapheme joiner", "\u034f"],
    ["a selector", "\ufe0f"],
  ])("%s inside an ASCII word splits it", (_name, character) => {
    expect(hiddenCharacters(`const ad${character}min = 1;`, false)?.kind).toBe("split_word");
  });

  test("a letter without a shape is seen where it is the whole name", () => {
    expect(hiddenCharacters("const { timeout,\u3164} = request.query;", false)?.kind).toBe("filler");
  });

  test.each([
    ["a picture of Braille dots", "\u2800".repeat(30)],
    ["marks in right-to-left text", "\u200f\u05e9\u05dc\u05d5\u05dd\u200e!"],
    ["a keycap", "1\ufe0f\u20e3"],
  ])("%s is nothing", (_name, text) => expect(hiddenCharacters(text, false)).toBeNull());
});
