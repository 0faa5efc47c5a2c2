/** A string, or a comment to the end of the line. An unclosed one goes to the end, so that matching is linear. */
const NOT_CODE =
  /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`(?:[^`\\]|\\.)*`?|\/\/.*|(?<=^|\s)#(?!include|define|if|el|en).*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?/gs;

/** A line without its strings and comments; a line inside a longer comment mostly begins with a star. */
const codeOf = (text: string): string => (/^\s*\*/.test(text) ? "" : text.replace(NOT_CODE, " "));

/** Letters without a shape, which languages allow in names: fillers of Hangul, two vowels of Khmer. */
const FILLER = /[\u115f\u1160\u3164\uffa0\u17b4\u17b5]/;
const FILLER_IN_CODE =
  /(?<![\p{Script=Hangul}\p{Script=Khmer}])[\u115f\u1160\u3164\uffa0\u17b4\u17b5](?![\p{Script=Hangul}\p{Script=Khmer}])/u;

/** True where a letter without a shape is a name of its own, not part of a word of its script or of a text. */
export const isNamedByFiller = (text: string): boolean => FILLER.test(text) && FILLER_IN_CODE.test(codeOf(text));

/** Clicks that look like `|` and `!`, modifier letters like `:`, and the question mark of Greek, which is a semicolon. */
const LIKE_OPERATOR = /[\u01c0-\u01c3\ua789\ua78c\u037e]/;

export const looksLikeOperator = (text: string): boolean =>
  LIKE_OPERATOR.test(text) && LIKE_OPERATOR.test(codeOf(text));

/** Letters that compatibility normalisation (NFKC, which Python applies to names) turns into those of ASCII. */
const FORM = "\\uff21-\\uff3a\\uff41-\\uff5a\\u{1d400}-\\u{1d6a3}\\ufb00-\\ufb06\\u2102-\\u2134\\u2139\\u2145-\\u2149";
const OTHER_FORM = new RegExp(`[${FORM}]`, "u");
/** Alone, such a letter is a symbol of mathematics. */
const WORD = new RegExp(
  `[\\w${FORM}]{0,100}(?:[${FORM}]{2}|[A-Za-z][${FORM}]|[${FORM}][A-Za-z])[\\w${FORM}]{0,100}`,
  "gu",
);
const SHORTEST_NAME = 3;

/** True where a name is written in letters that an interpreter folds to ASCII, or that a reader takes for them. */
export function isFolded(text: string): boolean {
  if (!OTHER_FORM.test(text)) return false;
  return [...codeOf(text).matchAll(WORD)].some(([word]) => {
    const folded = word.normalize("NFKC");
    return folded.length >= SHORTEST_NAME && /^[A-Za-z_]\w*$/.test(folded);
  });
}

const BREAKS = /[\u2028\u2029\u0085\v\f]|\r(?!$)/;
const COMMENT = /\/\/|(?:^|\s)#|(?:^|\s)--\s/;

/** True where code stands behind a comment and a line break that an editor or a diff does not show. */
export function comesBehindComment(text: string): boolean {
  const parts = text.split(BREAKS);
  return parts.some((part, at) => at > 0 && /[\w@]/.test(part) && COMMENT.test(parts[at - 1] ?? ""));
}
