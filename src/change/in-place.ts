import { TAGGED_FLAG } from "../characters.ts";

const RIGHT_TO_LEFT = "[\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}]";
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
