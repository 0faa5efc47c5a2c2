import type { NameRelation } from "../traces/traces.ts";

/**
 * How two people's names compare. Only whole words are compared, never what they sound like or where they are from:
 * `unrelated` needs two full names in one script without a word, an initial or a shortened word in common.
 */
export function nameRelation(a: string, b: string): NameRelation {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  if (first.length === 0 || second.length === 0) return "unknown";
  if (isPlaceholderName(a) || isPlaceholderName(b)) return "unknown";
  if (first.join(" ") === second.join(" ")) return "same";
  if (first.some((word) => second.some((other) => touches(word, other)))) return "related";
  if (run(first).includes(run(second)) || run(second).includes(run(first))) return "related";
  if (!isFullName(a) || !isFullName(b)) return "unknown";
  return scriptOf(a) === scriptOf(b) ? "unrelated" : "unknown";
}

/** Words in lower case without marks, in order of the alphabet: "Example, Ada" is "Ada Example". */
export function wordsOf(name: string): readonly string[] {
  const cached = words.get(name);
  if (cached !== undefined) return cached;
  const found = lettersOf(name)
    .filter((word) => word !== "" && !TITLES.has(word))
    .sort();
  if (words.size >= MAX_CACHED) words.clear();
  words.set(name, found);
  return found;
}

function lettersOf(name: string): string[] {
  // Four names in five, and a tenth of the time.
  if (ASCII.test(name)) return name.toLowerCase().split(/[^a-z]+/);
  return name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .split(/[^\p{L}]+/u);
}

const ASCII = /^[ -~]*$/;
const words = new Map<string, readonly string[]>();
const MAX_CACHED = 100_000;
const TITLES = new Set([
  "mr",
  "mrs",
  "ms",
  "dr",
  "prof",
  "jr",
  "sr",
  "phd",
  "md",
  "the",
  "von",
  "van",
  "de",
  "der",
  "da",
]);

/** A name of two words or more, each more than an initial, can be compared; a handle cannot. */
export const isFullName = (name: string): boolean =>
  !HANDLE.test(name) && wordsOf(name).filter((word) => word.length >= 2).length >= 2 && !isPlaceholderName(name);

/** What compares two full names: their words in order of the alphabet, without initials. */
export const fullWords = (name: string): string =>
  wordsOf(name)
    .filter((word) => word.length >= 2)
    .join(" ");

/** The letters of a name in their order, written together as handles are: "Ada Example" and "ada-example2" are one. */
export const letterRun = (name: string): string => run(lettersOf(name));

/** What stands in handles and addresses, and in no name. */
const HANDLE = /[\d_@/\\<>]/;

/** True for what any number of people leave in their settings: the words of manuals, and names of no account. */
export const isPlaceholderName = (name: string): boolean => PLACEHOLDERS.has(wordsOf(name).join(" "));

const run = (found: readonly string[]): string => found.join("");

/** A word and its initial, or a word and a form of it that begins alike: three letters are a nickname, two are not. */
function touches(word: string, other: string): boolean {
  if (word === other) return true;
  const [short, long] = word.length < other.length ? [word, other] : [other, word];
  return (short.length === 1 || short.length >= 3) && long.startsWith(short);
}

/** Names in two scripts may be one name written twice, which nobody here can tell. */
function scriptOf(name: string): string {
  if (/^[\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}\p{M}]*$/u.test(name)) return "latin";
  return /\p{Script=Latin}/u.test(name) ? "mixed" : "other";
}

const PLACEHOLDERS = new Set(
  [
    ...["your name", "your full name", "your real name", "your username", "your github username", "my name"],
    ...["name", "full name", "user name", "username", "name surname", "real name", "author name", "example name"],
    ...["first last", "first name", "last name", "first name last name", "firstname lastname", "given family"],
    ...["test", "tester", "test user", "testing", "test test", "test name", "example", "example user", "foo bar"],
    ...["john doe", "jane doe", "someone", "somebody", "nobody", "no name", "noname", "none", "null", "undefined"],
    ...["unknown", "unknown author", "unknown user", "no author", "author", "committer", "not committed yet"],
    ...["anonymous", "anonymous user", "user", "default user", "local user", "guest", "developer", "dev", "me", "you"],
    ...["root", "admin", "administrator", "system administrator", "ubuntu", "debian", "ec2 user", "cloud user"],
    ...["vagrant", "docker", "git", "github", "git user", "github user", "gitlab user", "deleted user"],
    ...["tu nombre", "votre nom", "dein name", "ihr name", "seu nome", "il tuo nome", "ваше имя", "имя фамилия"],
    ...["你的名字", "您的名字", "姓名", "名前"],
  ].map((name) => wordsOf(name).join(" ")),
);
