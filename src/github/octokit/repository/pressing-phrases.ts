import type { PressedFor } from "../../../change/thread.ts";

/**
 * Phrases by which a comment presses, in English alone: a list for languages that nobody here can judge would be no
 * better than chance. A question for news is none of them, and neither is praise.
 */
const PHRASES: readonly (readonly [PressedFor, RegExp])[] = [
  [
    "merge",
    /\b(?:please|pls|plz|kindly|just|finally|(?:can|could|would|will) (?:we|you|someone|somebody|anyone|anybody)|(?:should|must|has to|needs to|need to) be) (?:get (?:this|it) )?merged?\b(?! (?:main|master|upstream|develop|conflicts?|these|those|them|both|two|with|the (?:latest|base|main|master)))/,
  ],
  ["merge", /\bmerge (?:this|it|the (?:pr|pull request|patch)) (?:already|now|asap|soon|today|please|pls)\b/],
  ["merge", /\bget (?:this|it|the (?:pr|pull request)) (?:merged|landed)\b/],
  ["merge", /\b(?:why|when (?:will|is|can|could|do|does))\b[^.?!]{0,30}\bmerged?\b/],
  ["merge", /\bstill\b[^.?!]{0,20}(?:\bnot|n't|\bun)[^.?!]{0,16}merged\b/],
  ["merge", /(?<!not |not yet |n't |almost |nearly )\bready (?:to|for) (?:be )?(?:merged?|merging)\b/],
  ["hurry", /\b(?:asap|as soon as possible|hurry up|please hurry|right away)\b/],
  ["hurry", /(?<!not |not that |not so |n't |nothing |less |no )\burgent(?:ly)?\b/],
  ["hurry", /\bwhat(?:'s| is) (?:taking|the hold ?-?up|the delay|holding (?:this|it))\b/],
  ["hurry", /\bhow (?:much longer|long (?:do|must|will|should) (?:we|i|users|people|everyone|everybody))\b/],
  ["hurry", /\b(?:been|still|keep|kept|tired of) waiting\b/],
  ["hurry", /\b(?:stop|quit) (?:delaying|blocking|stalling|ignoring)\b/],
  ["hand_over", /\b(?:new|another|additional|second|active|co)[ -]?maintainers?\b/],
  ["hand_over", /\bhand(?:ing)? (?:it |this |the (?:project|repo|repository|package|maintenance) )?over\b/],
  ["hand_over", /\b(?:maintainership|(?:step|stepping) (?:down|aside)|lost interest)\b/],
  [
    "hand_over",
    /\b(?:give|grant)\b[^.?!]{0,30}\b(?:commit|write|push|merge|publish|admin|maintainer) (?:access|rights?|permissions?)\b/,
  ],
  ["hand_over", /\b(?:add|make|appoint)\b[^.?!]{1,30} (?:as |a |as a )maintainer\b/],
  [
    "hand_over",
    /\b(?:project|repo|repository|maintainer|package) (?:is|seems|looks|has been) (?:dead|abandoned|inactive|unmaintained)\b/,
  ],
  ["hand_over", /\btake over (?:the |this )?(?:project|repo|repository|maintenance|package)\b/],
];

/** Whoever has that much to say does not only press. */
const MAX_LENGTH = 4_000;

/** What a comment presses for, in its own words and not in those it quotes; nothing for most. */
export function pressedFor(body: string): readonly PressedFor[] {
  const text = body
    .slice(0, MAX_LENGTH)
    .replace(/^\s{0,3}>.*$/gm, "")
    .replace(/```[\s\S]*?(?:```|$)/g, "")
    .replace(/`[^`\n]*`/g, "")
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, " ")
    .toLowerCase();
  return [...new Set(PHRASES.filter(([, phrase]) => phrase.test(text)).map(([kind]) => kind))];
}
