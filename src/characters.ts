/**
 * The characters a reader does not see, or takes for others. Sets are written as they stand between the brackets of a
 * regular expression with the `u` flag, so that they can be joined. `\p{...}` follow the Unicode of the running Node.
 */

/** What ASCII reserves for control, without the tab: C0 and DEL. A shell acts on these, on C1 it does not. */
export const ASCII_CONTROL = "\\x00-\\x08\\x0a-\\x1f\\x7f";

/**
 * What names and labels in a file must not hold: Other (C: control, format, surrogates, private use, unassigned), Zl,
 * Zp.
 */
export const UNPRINTABLE = "\\p{C}\\p{Zl}\\p{Zp}";

/**
 * What is drawn as nothing: Default_Ignorable_Code_Point (DerivedCoreProperties.txt), and format characters (Cf) beyond
 * it.
 */
export const IGNORABLE = "\\p{Default_Ignorable_Code_Point}\\p{Cf}";

/** What people who read must be shown as a number. The blank of Braille (U+2800) is a symbol without a single dot. */
export const HIDDEN = `${UNPRINTABLE}${IGNORABLE}\\u2800`;

/** Spaces (Zs) other than U+0020: in a path or in code they look like it and are another character. */
export const FOREIGN_SPACE = "\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000";

/**
 * Embeddings, overrides and isolates (UAX #9, 2.1 to 2.5; Trojan Source, CVE-2021-42574). The other Bidi_Control
 * characters, the marks U+061C, U+200E and U+200F, are ordinary in right-to-left text.
 */
export const BIDI_FORMATTING = "\\u202a-\\u202e\\u2066-\\u2069";

/**
 * Ignorable characters that no script needs: zero-width spaces and joiners of words, byte-order marks, deprecated
 * format characters, annotation anchors, and letters without a shape (Hangul fillers, which may name a variable).
 */
export const NEEDLESS =
  "\\u115f\\u1160\\u180e\\u200b\\u2060-\\u2064\\u206a-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb";

/** Tags (the block U+E0000 to U+E007F), which mean something in flags of regions alone. */
export const TAG = "\\u{e0000}-\\u{e007f}";

/** Flags of England, Scotland, Wales and others (UTS #51, emoji tag sequences): a black flag, tags, the cancel tag. */
export const TAGGED_FLAG = "\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}";

const RIGHT_TO_LEFT =
  "(?!\\p{DI})[\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}]";
const NOT_LATIN = "(?<=(?![\\p{Script=Latin}\\p{DI}])[\\p{L}\\p{M}])";
/** Scripts that write no blank between words. */
const UNSPACED = [..."Thai Lao Khmer Myanmar Tibetan Javanese Balinese Han Hiragana Katakana".split(" ")]
  .map((script) => `\\p{Script=${script}}`)
  .join("");

/**
 * Ignorable characters where a script or an emoji has them, one each, as alternatives of a regular expression: flags,
 * selectors behind symbols, ideographs and Mongolian letters, joiners behind letters that join, marks beside
 * right-to-left text, breaks in unspaced text, soft hyphens inside longer words, fillers between syllables.
 */
export const IN_PLACE = [
  TAGGED_FLAG,
  "(?<=(?![\\x00-\\x7f])[\\p{S}\\p{Emoji}])[\\ufe00\\ufe0e\\ufe0f]",
  "(?<=[#*0-9])\\ufe0f(?=\\u20e3)",
  "(?<=\\p{Ideographic})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]",
  "(?<=(?!\\p{DI})\\p{Script=Mongolian})[\\u180b-\\u180f]",
  `${NOT_LATIN}[\\u200c\\u200d]`,
  "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})",
  `(?<=${RIGHT_TO_LEFT}.{0,2})[\\u061c\\u200e\\u200f]|[\\u061c\\u200e\\u200f](?=.{0,2}${RIGHT_TO_LEFT})`,
  `(?<=[${UNSPACED}])\\u200b`,
  "(?<=\\p{L}{2})\\u00ad(?=\\p{L}{2})",
  "(?<=(?!\\p{DI})\\p{Script=Hangul})[\\u115f\\u1160]",
].join("|");

/** Private use: what it looks like a font decides. */
export const PRIVATE_USE = "\\p{Co}";

/** Variation selectors (VS1 to VS16 and the supplement): one behind a symbol or an ideograph says how it is drawn. */
export const SELECTOR = "\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}";

/** A selector behind a symbol or in a keycap, and a joiner between two symbols (UTS #51): how emoji are written. */
const EMOJI_JOINER = [
  "(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]",
  "(?<=[#*0-9])\\ufe0f(?=\\u20e3)",
  "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})",
].join("|");

const OUTSIDE_EMOJI = new RegExp(`${TAGGED_FLAG}|${EMOJI_JOINER}|([${HIDDEN}])`, "gu");

/** The text with every hidden character spelled by `spell`, which is given the character. Emoji stay as they are. */
export const spellHidden = (text: string, spell: (character: string) => string): string =>
  text.replace(OUTSIDE_EMOJI, (whole, hidden: string | undefined) => (hidden ? spell(whole) : whole));

/** The number of a character in hexadecimal, at least four digits: `202E`. */
export const codePoint = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
