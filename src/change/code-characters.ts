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
const FORM =
  "\\u017f\\uff21-\\uff3a\\uff41-\\uff5a\\u{1d400}-\\u{1d6a3}\\ufb00-\\ufb06\\u2102-\\u2134\\u2139\\u2145-\\u2149\\u2160-\\u217f";
/** The same, small and raised or lowered: at the end of a name they are an index or an exponent. */
const SMALL = "\\u00aa\\u00ba\\u02b0-\\u02b8\\u1d2c-\\u1d6a\\u2071\\u207f\\u2090-\\u209c";
const OTHER_FORM = new RegExp(`[${FORM}${SMALL}]`, "u");
/** Alone, such a letter is a symbol of mathematics. */
const WORD = new RegExp(
  `[\\w${FORM}${SMALL}]{0,100}(?:[${FORM}]{2}|[A-Za-z][${FORM}]|[${FORM}][A-Za-z]|[A-Za-z][${SMALL}]{1,9}[A-Za-z])[\\w${FORM}${SMALL}]{0,100}`,
  "gu",
);
const SHORTEST_NAME = 3;

/** True where a name is written in letters that an interpreter folds to ASCII, or that a reader takes for them. */
export function isFolded(text: string): boolean {
  if (!OTHER_FORM.test(text)) return false;
  const code = codeOf(text);
  return [...code.matchAll(WORD)].some(({ 0: word, index }) => {
    const folded = word.normalize("NFKC");
    const isNamed = /(?:\bimport\s{1,8}|\.)$/.test(code.slice(Math.max(0, index - 16), index));
    return folded.length >= (isNamed ? 2 : SHORTEST_NAME) && /^[A-Za-z_]\w*$/.test(folded);
  });
}

/** A full stop of another script where an address has a dot: browsers and resolvers take it for one. */
const ADDRESS = /\b(?:https?|wss?|git|ssh):\/\/[^\s/"'`<>]{0,200}[\uff0e\u3002\uff61][a-z0-9]/i;

export const hasForeignDot = (text: string): boolean => ADDRESS.test(text);

const BREAKS = /[\u2028\u2029\u0085\v\f]|\r(?!$)/;
const COMMENT = /\/\/|(?:^|\s)#|(?:^|\s)--\s/;

/** True where code stands behind a comment and a line break that an editor or a diff does not show. */
export function comesBehindComment(text: string): boolean {
  const parts = text.split(BREAKS);
  return parts.some((part, at) => at > 0 && /[\w@]/.test(part) && COMMENT.test(parts[at - 1] ?? ""));
}

/** What a terminal hides or writes over, where the file holds the control characters themselves. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const TERMINAL = /\u001b\[(?:8m|\d{0,3}[A-GJK])|\u0008\u0008/;

export const hidesInTerminal = (text: string): boolean => TERMINAL.test(text);
