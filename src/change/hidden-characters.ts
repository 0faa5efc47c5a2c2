import { BIDI_FORMATTING, IGNORABLE, NEEDLESS, TAG, TAGGED_FLAG } from "../characters.ts";
/** Characters in a line that a reader cannot see, or takes for others. */
export interface HiddenCharacters {
  readonly kind: HiddenKind;
  /** Code points concerned: the longest run, or the number of places. */
  readonly count: number;
}

export type HiddenKind =
  /** Eight or more invisible code points in a row: enough to carry a payload. */
  | "long_run"
  /** Four to seven in a row, or tag characters outside a flag. */
  | "short_run"
  /** Controls that reorder what is displayed. */
  | "bidi_control"
  /** An invisible character inside an ASCII word. */
  | "split_word"
  /** A word of Latin letters with a look-alike from another script. */
  | "look_alike"
  /** A single character that no script needs: a zero-width space, a letter without a shape, a byte-order mark inside. */
  | "zero_width";

/** A payload needs a run of some length; the longest natural one (a subdivision flag) has six. */
const LONG_RUN = 8;
/** No run of four variation selectors in 126 well-known repositories (BASE-RATES.md, content at HEAD). */
const SHORT_RUN = 4;

const NON_ASCII = /[\u0080-\uffff]/;
const BIDI_CONTROL = new RegExp(`[${BIDI_FORMATTING}]`, "gu");
const INVISIBLE_RUN = new RegExp(`[${IGNORABLE}]+`, "gu");
const FLAGS = new RegExp(TAGGED_FLAG, "gu");
const TAG_CHARACTER = new RegExp(`[${TAG}]`, "u");
const ZERO_WIDTH = new RegExp(`[${NEEDLESS}]`, "u");
const SPLIT_WORD = new RegExp(`\\w[${IGNORABLE}]+\\w`, "u");

/** Cyrillic and Greek letters that common fonts draw like Latin ones. */
const CYRILLIC_LOOK_ALIKE =
  "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0405\u0406\u0408\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u0501\u051b\u051d\u04bb";
const GREEK_LOOK_ALIKE = "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf";
const LOOK_ALIKE = CYRILLIC_LOOK_ALIKE + GREEK_LOOK_ALIKE;
const MIXED_INSIDE = new RegExp(`[A-Za-z_][${LOOK_ALIKE}]+[A-Za-z_]`, "u");
const MIXED_AT_EDGE = new RegExp(`[A-Za-z_][${LOOK_ALIKE}]|[${LOOK_ALIKE}][A-Za-z_]`, "u");
const OTHER_LETTER = new RegExp(`(?![${LOOK_ALIKE}])[\\p{Script=Cyrillic}\\p{Script=Greek}]`, "u");

/**
 * The gravest hidden characters of one line, or null. Text in any script is fine: joiners between letters of scripts
 * that need them, variation selectors after symbols and emoji sequences are left alone. Linear in the text.
 */
export function hiddenCharacters(text: string, isFirstLine: boolean): HiddenCharacters | null {
  if (!NON_ASCII.test(text)) return null;
  // A byte-order mark at the very start of a file is an encoding, not a hiding place.
  const read = (isFirstLine && text.startsWith("\ufeff") ? text.slice(1) : text).replace(FLAGS, "");
  const longest = longestRun(read);
  if (longest >= LONG_RUN) return { kind: "long_run", count: longest };
  const bidi = [...read.matchAll(BIDI_CONTROL)].length;
  if (bidi > 0) return { kind: "bidi_control", count: bidi };
  if (longest >= SHORT_RUN || TAG_CHARACTER.test(read)) return { kind: "short_run", count: longest };
  if (SPLIT_WORD.test(read)) return { kind: "split_word", count: 1 };
  if (MIXED_INSIDE.test(read) || (MIXED_AT_EDGE.test(read) && !OTHER_LETTER.test(read)))
    return { kind: "look_alike", count: 1 };
  return ZERO_WIDTH.test(read) ? { kind: "zero_width", count: 1 } : null;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(INVISIBLE_RUN)) longest = Math.max(longest, [...run].length);
  return longest;
}

/** What a file is for, as far as its path tells; decides how much hidden characters weigh there. */
export type TextKind = "code" | "prose" | "sample";

const PROSE = /\.(md|mdx|markdown|rst|txt|adoc|po|pot|xlf|xliff|ftl|arb|strings|csv|tsv|srt|svg|html?)$/i;
/** Texts by their ending that are settings all the same. */
const READ_BY_PROGRAMS = /(^|\/)(?:CMakeLists|requirements[\w.-]{0,40}|constraints[\w.-]{0,40})\.txt$/i;
const SAMPLE =
  /(^|\/)(tests?|specs?|__tests__|__snapshots__|fixtures?|testdata|docs?|locales?|i18n|l10n|lang|translations?)\//i;

/** Prose and translations hold marks of every script; tests and locale folders hold samples of them. */
export function textKind(path: string): TextKind {
  if (PROSE.test(path) && !READ_BY_PROGRAMS.test(path)) return "prose";
  return SAMPLE.test(path) ? "sample" : "code";
}
