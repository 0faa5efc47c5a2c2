import {
  BIDI_FORMATTING,
  FOREIGN_SPACE,
  IGNORABLE,
  IN_PLACE,
  NEEDLESS,
  PRIVATE_USE,
  SELECTOR,
  TAG,
  TAGGED_FLAG,
} from "../characters.ts";
import {
  comesBehindComment,
  hasForeignDot,
  hidesInTerminal,
  isFolded,
  isNamedByFiller,
  looksLikeOperator,
} from "./code-characters.ts";

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
  /** As many, each where no script or emoji has one, with letters between them; of fewer than eight selectors alone. */
  | "long_spread"
  | "short_spread"
  /** Private-use characters in a row: sixteen and more, or eight; what they look like a font decides. */
  | "long_private"
  | "short_private"
  /** Controls that reorder what is displayed. */
  | "bidi_control"
  /** A letter without a shape where code has a name. */
  | "filler"
  /** An invisible character inside an ASCII word. */
  | "split_word"
  /** A word of Latin letters with a look-alike from another script. */
  | "look_alike"
  /** A letter where code has an operator that looks the same. */
  | "operator"
  /** Letters of another form in a name, which an interpreter reads as the plain ones. */
  | "folded"
  /** A line break that readers do not see, behind a comment, or controls by which a terminal hides what stands there. */
  | "line_break"
  /** So many spaces of another kind that what stands behind them is out of sight. */
  | "padding"
  /** A single character that no script needs: a zero-width space, a letter without a shape, a byte-order mark inside. */
  | "zero_width";

/** A payload needs a run of some length; the longest natural one (a subdivision flag) has six. */
const LONG_RUN = 8;
/** No run of four variation selectors in 126 well-known repositories (BASE-RATES.md, content at HEAD). */
const SHORT_RUN = 4;
/** A payload stands denser than one in as many; the lists of a minified file do not. */
const SPREAD_CHARS = 40;
/** Icons of a font stand by themselves or in pairs. */
const LONG_PRIVATE = 16;
const SHORT_PRIVATE = 8;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NOT_PRINTED_ASCII = /[\u0008\u001b\u0080-\uffff]|[\r\v\f]./;
const BIDI_CONTROL = new RegExp(`[${BIDI_FORMATTING}]`, "gu");
const INVISIBLE = new RegExp(`[${IGNORABLE}]`, "gu");
const INVISIBLE_RUN = new RegExp(`[${IGNORABLE}]+`, "gu");
const PRIVATE = new RegExp(PRIVATE_USE, "gu");
/** A letter between each and the next makes it no other text. */
const PRIVATE_RUN = new RegExp(`(?:${PRIVATE_USE}\\w?)+`, "gu");
/** Braille, whose blank stands among dots in pictures, and no code follows it there. */
const FOREIGN_PADDING = new RegExp(`[${FOREIGN_SPACE}\\u2800]{16,400}\\s{0,8}[A-Za-z_$(]`, "u");
const ORDERLY = new RegExp(IN_PLACE, "gu");
const FLAGS = new RegExp(TAGGED_FLAG, "gu");
const TAG_CHARACTER = new RegExp(`[${TAG}]`, "u");
const ZERO_WIDTH = new RegExp(`[${NEEDLESS}]`, "u");
const SPLIT_WORD = new RegExp(`\\w[${IGNORABLE}]+\\w`, "u");
const STRAYING = new RegExp(`[${SELECTOR}]`, "gu");

/** Letters of other scripts that common fonts draw like Latin ones. */
const CYRILLIC =
  "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0405\u0406\u0408\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u0501\u051b\u051d\u04bb";
const GREEK = "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf";
const ARMENIAN = "\u0555\u054d\u0578\u057d\u0581\u0585";
const CHEROKEE =
  "\u13a0\u13a1\u13a2\u13a9\u13aa\u13ab\u13ac\u13b3\u13b7\u13bb\u13c0\u13c3\u13ca\u13cf\u13d9\u13da\u13de\u13df\u13e2\u13e6\u13f4";
const LOOK_ALIKE = CYRILLIC + GREEK + ARMENIAN + CHEROKEE;
const MIXED_INSIDE = new RegExp(`[A-Za-z_][${LOOK_ALIKE}]+[A-Za-z_]`, "u");
const MIXED_AT_EDGE = new RegExp(`[A-Za-z_][${LOOK_ALIKE}]|[${LOOK_ALIKE}][A-Za-z_]`, "u");
const OTHER_LETTER = new RegExp(
  `(?![${LOOK_ALIKE}])[\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}\\p{Script=Cherokee}]`,
  "u",
);

/**
 * The gravest hidden characters of one line, or null. Text in any script is fine: joiners between letters of scripts
 * that need them, variation selectors after symbols and emoji sequences are left alone. Linear in the text.
 */
export function hiddenCharacters(text: string, isFirstLine: boolean): HiddenCharacters | null {
  if (!NOT_PRINTED_ASCII.test(text)) return null;
  // A byte-order mark at the very start of a file is an encoding, not a hiding place.
  const begun = isFirstLine && text.startsWith("\ufeff") ? text.slice(1) : text;
  const read = areFlags(begun) ? begun.replace(FLAGS, "") : begun;
  const longest = longestOf(read, INVISIBLE_RUN);
  if (longest >= LONG_RUN) return { kind: "long_run", count: longest };
  const bidi = countOf(read, BIDI_CONTROL);
  if (bidi > 0) return { kind: "bidi_control", count: bidi };
  const disorderly = longest === 0 ? "" : read.replace(ORDERLY, "");
  const spread = countOf(disorderly, INVISIBLE);
  const isDense = spread * SPREAD_CHARS >= read.length;
  if (spread >= LONG_RUN && isDense) return { kind: "long_spread", count: spread };
  const own = Math.max(0, ...[...read.matchAll(PRIVATE_RUN)].map(([run]) => countOf(run, PRIVATE)));
  if (own >= LONG_PRIVATE) return { kind: "long_private", count: own };
  if (longest > 0 && isNamedByFiller(read)) return { kind: "filler", count: 1 };
  if (longest >= SHORT_RUN || TAG_CHARACTER.test(read)) return { kind: "short_run", count: longest };
  if (isDense && countOf(disorderly, STRAYING) >= SHORT_RUN) return { kind: "short_spread", count: spread };
  if (own >= SHORT_PRIVATE) return { kind: "short_private", count: own };
  if (comesBehindComment(read) || hidesInTerminal(read)) return { kind: "line_break", count: 1 };
  return misread(read) ?? (ZERO_WIDTH.test(disorderly) ? { kind: "zero_width", count: 1 } : null);
}

/** Flags of England, Scotland and Wales are drawn; a row of others is a text in their tags. */
const DRAWN = new RegExp(`^.(?:${["gbeng", "gbsct", "gbwls"].map(tagged).join("|")}).$`, "u");
const MOST_OTHER_FLAGS = 2;
const areFlags = (text: string): boolean =>
  [...text.matchAll(FLAGS)].filter(([flag]) => !DRAWN.test(flag)).length <= MOST_OTHER_FLAGS;

function tagged(region: string): string {
  return [...region].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join("");
}

/** Letters that are seen, and taken for others. */
function misread(read: string): HiddenCharacters | null {
  if (looksLikeOperator(read)) return { kind: "operator", count: 1 };
  if (FOREIGN_PADDING.test(read)) return { kind: "padding", count: 1 };
  if (isFolded(read)) return { kind: "folded", count: 1 };
  if (SPLIT_WORD.test(read)) return { kind: "split_word", count: 1 };
  if (hasForeignDot(read) || MIXED_INSIDE.test(read) || (MIXED_AT_EDGE.test(read) && !OTHER_LETTER.test(read)))
    return { kind: "look_alike", count: 1 };
  return null;
}

/** Variation selectors of a line that no emoji, symbol or ideograph has: a file may hold one a line. */
export const strayingSelectors = (text: string): number =>
  NOT_PRINTED_ASCII.test(text) ? countOf(text.replace(ORDERLY, ""), STRAYING) : 0;

const countOf = (text: string, one: RegExp): number => [...text.matchAll(one)].length;

function longestOf(text: string, runs: RegExp): number {
  let longest = 0;
  for (const [run] of text.matchAll(runs)) longest = Math.max(longest, [...run].length);
  return longest;
}
