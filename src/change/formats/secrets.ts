import type { Steps } from "../../slices.ts";
import type { ChangedFile, Hunk } from "../change.ts";
import { hintReader } from "./secret-hints.ts";
import { SECRET_RULES } from "./secret-rules.ts";

/** Where a secret stands in a line. The value itself goes no further than this. */
export interface FoundSecret {
  readonly says: string;
  /** Null where what was read of it is the same in many: the beginning of a private key. */
  readonly value: string | null;
  readonly start: number;
  readonly end: number;
}

/** Secrets of one line, by the forms that their issuers document; samples and placeholders are left out. Linear. */
export function secretsIn(line: string): readonly FoundSecret[] {
  if (line.length < MIN_CHARS) return [];
  const plain = plainIn(line);
  return hasEncodedRun(line) ? [...plain, ...encodedIn(line, plain)] : plain;
}

function plainIn(line: string): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  let covered: Uint8Array | null = null;
  for (const { says, form, every } of rulesFor(line)) {
    if (!form.test(line)) continue;
    for (const match of line.matchAll(every)) {
      const secret = match[1] ?? match[0];
      const start = match.index + match[0].lastIndexOf(secret);
      const end = start + secret.length;
      if (covered?.subarray(start, end).includes(1) || isSample(secret)) continue;
      covered ??= new Uint8Array(line.length);
      covered.fill(1, start, end);
      found.push({ says, value: says === PRIVATE_KEY ? null : secret, start, end });
    }
  }
  return found;
}

/** Longer ones are pictures and programs; a key that a settings file holds encoded is short. */
const ENCODED = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{32,400}={0,2}(?![A-Za-z0-9+/=])/g;
const MIN_RUN = 32;
const IN_RUNS = Uint8Array.from({ length: 128 }, (_, code) => Number(/[A-Za-z0-9+/]/.test(String.fromCharCode(code))));

/** Whether so many of its characters follow one another: most lines are told by every thirty-second of theirs. */
function hasEncodedRun(line: string): boolean {
  for (let end = MIN_RUN - 1; end < line.length; ) {
    let at = end;
    while (at > end - MIN_RUN && IN_RUNS[line.charCodeAt(at)] === 1) at -= 1;
    if (at === end - MIN_RUN) return true;
    end = at + MIN_RUN;
  }
  return false;
}

/** Secrets in base 64, as a cluster's settings and a header of requests hold them. */
const encodedIn = (line: string, plain: readonly FoundSecret[]): readonly FoundSecret[] =>
  [...line.matchAll(ENCODED)].flatMap(({ 0: text, index: start }): readonly FoundSecret[] => {
    const end = start + text.length;
    if (plain.some((each) => each.start < end && start < each.end)) return [];
    const decoded = Buffer.from(text, "base64").toString("latin1");
    const [secret] = /^[\t\n\r -~]+$/.test(decoded) ? plainIn(decoded) : [];
    return secret === undefined ? [] : [{ ...secret, start, end }];
  });

/** A line may hold several of a kind. */
const RULES = SECRET_RULES.map((rule) => ({ ...rule, every: new RegExp(rule.form, `${rule.form.flags}g`) }));

const rulesFor = hintReader(RULES);

const MIN_CHARS = 16;

/** Words that stand in samples, and values that are the same for everybody. */
const SAMPLE =
  /example|sample|placeholder|dummy|fake|redacted|changeme|replace|insert|your[_-]?|xxxx|\*\*\*|\.\.\.|abcdef|012345|123456|qwerty|password|secret|deadbeef|^test|_test_|aaaaaa|AAAAAAAA|000000|111111|ffffff|todo|<|>|\$\{|\{\{/i;
/** Accounts of local test chains, printed in their documentation: Hardhat's and Anvil's first, Ganache's words. */
const KNOWN_TO_ALL =
  /^(?:0x)?(?:ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80|59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d|5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a|7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6)$|^test test test|^abandon abandon|^candy maple cake|^myth like bonus/i;
/** Letters that a random text of some length has at least. */
const MIN_LETTERS = 7;

export const isSample = (secret: string): boolean =>
  SAMPLE.test(secret) || KNOWN_TO_ALL.test(secret) || new Set(secret).size < MIN_LETTERS || /(.)\1{5}/.test(secret);

/** Hexadecimal digits that tell by a key whether two secrets are the same, and nothing of either without it. */
export type SecretHash = (secret: string) => string;

/** The line with each secret of it drawn as what it is. Lines are stored and shown like this alone. */
export function withoutSecrets(line: string, hash?: SecretHash): string {
  const found = secretsIn(line).toSorted((a, b) => a.start - b.start);
  let shown = "";
  let from = 0;
  for (const { says, value, start, end } of found) {
    shown += line.slice(from, start) + MARK(says, value === null ? undefined : hash?.(value));
    from = end;
  }
  return from === 0 ? line : shown + line.slice(from);
}

const MARK = (says: string, hash?: string): string => `[${says} is not shown${hash === undefined ? "" : `, ${hash}`}]`;
const PRIVATE_KEY = "a private key";
const KEY_HEADING = /-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY(?: BLOCK)?-----/;
/** As it stands by itself, in a comment, or as texts of a program that are put together. */
const KEY_BODY = /^[\s"'`#*/+]{0,40}[A-Za-z0-9+/=]{20,100}(?:\\[rn]|["'`+,;)\s\\]){0,12}$/;
/** A line that may stand between the heading of a key and the key. */
const KEY_HEADER = /^[\s"'`#*/+]{0,40}(?:(?:\\[rn]|["'`+,;\s\\]){0,12}$|[A-Z][\w-]{1,30}:)/;
/** Of what follows the heading no more than its end may stand in the line. */
const HEADING_ALONE = /-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY(?: BLOCK)?-----(?:\\[rn]|["'`+,;\s\\]){0,12}$/;

/** Of lines that follow one another whether each is the first of a private key below its heading. */
export function privateKeyLines(): (line: string) => boolean {
  let isHeading = false;
  return (line) => {
    if (!isHeading && !line.includes("-----")) return false;
    const follows = isHeading && KEY_BODY.test(line) && /[A-Za-z0-9+/=]{40}/.test(line);
    isHeading = HEADING_ALONE.test(line) || (isHeading && KEY_HEADER.test(line));
    return follows;
  };
}

/** The same for the lines of a hunk. */
export function hunkWithoutSecrets({ lines }: Hunk, hash?: SecretHash): Hunk {
  const masked = lineMask(hash);
  return {
    lines: lines.map((line) => {
      const text = masked(line.text);
      return text === line.text ? line : { ...line, text };
    }),
  };
}

/** The same for lines that follow one another, where a key may stand in the lines below its heading. */
function lineMask(hash?: SecretHash): (line: string) => string {
  let inKey = false;
  return (line) => {
    const isBody = inKey && KEY_BODY.test(line);
    inKey = KEY_HEADING.test(line) || (inKey && !line.includes("-----END"));
    return isBody ? MARK(PRIVATE_KEY) : withoutSecrets(line, hash);
  };
}

/** Files as a dossier keeps them: what it holds of a secret is of what kind it is. A step a hunk. */
export function* filesWithoutSecrets(files: readonly ChangedFile[], hash?: SecretHash): Steps<readonly ChangedFile[]> {
  const shown: ChangedFile[] = [];
  for (const file of files) {
    const hunks: Hunk[] = [];
    for (const hunk of file.hunks ?? []) {
      hunks.push(hunkWithoutSecrets(hunk, hash));
      yield;
    }
    const { texts } = file;
    shown.push({
      ...file,
      hunks: file.hunks === null ? null : hunks,
      ...(texts && {
        texts: {
          before: yield* textWithoutSecrets(texts.before, hash),
          after: yield* textWithoutSecrets(texts.after, hash),
        },
      }),
    });
  }
  return shown;
}

const LINES_A_STEP = 500;

/** The same for a whole text. */
function* textWithoutSecrets(text: string | null, hash?: SecretHash): Steps<string | null> {
  if (text === null) return null;
  const masked = lineMask(hash);
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    lines.push(masked(line));
    if (lines.length % LINES_A_STEP === 0) yield;
  }
  return lines.join("\n");
}

/** What a line says of secrets that were taken out of it before. */
export const marksIn = (line: string): readonly { readonly says: string; readonly hash: string | null }[] =>
  line.includes(" is not shown") ? [...line.matchAll(MARKS)].map(([, says = "", hash = null]) => ({ says, hash })) : [];

const MARKS = /\[((?:an?|the) [\w .'-]{3,60}) is not shown(?:, ([\da-f]{16}))?\]/g;
