/** Two-character escapes of git's quoted names. */
const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, "\\": 92 };

/** A name as git prints it, unquoted where it stands in quotes: bytes as octal numbers, read as UTF-8. */
export function pathOf(written: string): string {
  const name = written.endsWith("\r") ? written.slice(0, -1) : written;
  return name.startsWith('"') ? (quotedAt(name, 0)?.name ?? name) : name;
}

/** Both names of `diff --git a/OLD b/NEW`; null where they cannot be told apart, as with blanks in different names. */
export function pathsOfHeader(line: string): { readonly old: string | null; readonly fresh: string | null } {
  const rest = (line.endsWith("\r") ? line.slice(0, -1) : line).slice("diff --git ".length);
  const parts = rest.includes('"') ? quotedParts(rest) : evenParts(rest);
  return { old: withoutPrefix(parts?.[0]), fresh: withoutPrefix(parts?.[1]) };
}

/** Git writes the folder `a/` before old names and `b/` before new ones, or other letters where it is told to. */
const withoutPrefix = (name: string | undefined): string | null => name?.replace(/^[abciow]\//, "") ?? null;

/** The same name twice, apart from one letter before the slash, or two names with a single blank between. */
function evenParts(rest: string): readonly [string, string] | null {
  const middle = (rest.length - 1) / 2;
  const [first, second] = [rest.slice(0, middle), rest.slice(middle + 1)];
  if (rest[middle] === " " && withoutPrefix(first) === withoutPrefix(second)) return [first, second];
  const blank = rest.indexOf(" ");
  return blank > 0 && blank === rest.lastIndexOf(" ") ? [rest.slice(0, blank), rest.slice(blank + 1)] : null;
}

function quotedParts(rest: string): readonly [string, string] | null {
  const first = rest.startsWith('"') ? quotedAt(rest, 0) : plainAt(rest);
  if (first === null || rest[first.end] !== " ") return null;
  return [first.name, pathOf(rest.slice(first.end + 1))];
}

function plainAt(rest: string): { readonly name: string; readonly end: number } | null {
  const end = rest.indexOf(' "');
  return end < 0 ? null : { name: rest.slice(0, end), end };
}

/** The quoted name that begins at `from` and the place behind its closing quote; null when none closes it. */
function quotedAt(text: string, from: number): { readonly name: string; readonly end: number } | null {
  const bytes: Buffer[] = [];
  for (let at = from + 1; at < text.length; ) {
    const letter = text[at] ?? "";
    if (letter === '"') return { name: Buffer.concat(bytes).toString("utf8"), end: at + 1 };
    const octal = letter === "\\" ? /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4)) : null;
    const escaped = letter === "\\" ? ESCAPES[text[at + 1] ?? ""] : undefined;
    if (octal) bytes.push(Buffer.of(Number.parseInt(octal[0], 8)));
    else if (escaped !== undefined) bytes.push(Buffer.of(escaped));
    else bytes.push(Buffer.from(String.fromCodePoint(text.codePointAt(at) ?? 0)));
    at += octal ? 4 : escaped === undefined ? (letter >= "\ud800" && letter <= "\udbff" ? 2 : 1) : 2;
  }
  return null;
}
