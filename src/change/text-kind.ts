/** What a file is for, as far as its path tells; decides how much hidden characters weigh there. */
export type TextKind = "code" | "prose" | "sample";

const PROSE = /\.(md|mdx|markdown|rst|txt|adoc|po|pot|xlf|xliff|ftl|arb|strings|csv|tsv|srt|svg|html?)$/i;
/** Texts by their ending that are settings all the same. */
const READ_BY_PROGRAMS = /(^|\/)(?:CMakeLists|requirements[\w.-]{0,40}|constraints[\w.-]{0,40})\.txt$/i;
const SAMPLE = /(^|\/)(tests?|specs?|__tests__|__snapshots__|fixtures?|testdata|docs?)\//i;
const TRANSLATIONS = /(^|\/)(locales?|i18n|l10n|lang|translations?)\//i;
/** Data, or a file or folder that is called after a language: beside them stands the code that reads them. */
const DATA =
  /\.(?:json5?|jsonc|ya?ml|toml|properties|xml|resx|ini)$|\/[a-z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}(?:\.[cm]?[jt]s|\.php|\.rb|\.py|\.lua|\.dart|\/[^/]+)$/;

const CODE = /\.(?:[cm]?[jt]sx?|php|rb|py|lua|dart)$/i;

/** Prose and translations hold marks of every script; tests hold samples of them. */
export function textKind(path: string): TextKind {
  if (PROSE.test(path) && !READ_BY_PROGRAMS.test(path)) return "prose";
  if (SAMPLE.test(path)) return "sample";
  if (!TRANSLATIONS.test(path) || !DATA.test(path)) return "code";
  return CODE.test(path) ? "sample" : "prose";
}
