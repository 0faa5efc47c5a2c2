/** Programs that fetch, interpret or reveal: what a payload needs and an ordinary name never runs. */
const PROGRAM = String.raw`(?:\S{0,40}/)?(?:curl|wget|nc|ncat|bash|sh|zsh|dash|pwsh|powershell|python[23]?|perl|ruby|node|deno|bun|php|eval|exec|source|base64|env|printenv|openssl|xxd|iwr|iex)(?![\w-])`;
/** The same for prose, without the runtimes that titles name between `$(` and `)` when they are about build scripts. */
const FETCHER = String.raw`(?:\S{0,40}/)?(?:curl|wget|nc|ncat|bash|sh|zsh|eval|base64|env|printenv|iwr|iex)(?![\w-])`;

/** The shell's field separator, or a brace list, in place of a blank: writes a command where no blank may stand. */
const BLANK_SUBSTITUTE = /\$\{?IFS\b|\{(?:curl|wget|bash|sh),/i;
const SUBSTITUTED_FETCHER = new RegExp(String.raw`(?:\$\(|[<>]\()\s{0,8}${FETCHER}`, "i");
/** Text that closes a quote or bracket, ends the command and starts another one with an argument. */
const BROKEN_OUT = new RegExp(
  String.raw`["'\x60)\]}]\s{0,8}(?:;|&&|\|\|?)\s{0,8}${PROGRAM}(?=\s{1,8}[-/$<"'h]|[$<])`,
  "i",
);
const BACKTICKED_PIPE =
  /`[^`]{0,200}\b(?:curl|wget|nc|ncat|iwr)\b[^`]{0,200}(?:\|\s{0,8}\w{0,8}sh\b|\$\{?IFS)[^`]{0,200}`/i;
const IN_NAME = new RegExp(String.raw`(?:\$\(|\x60|;|&&|\|)\s{0,8}${PROGRAM}`, "i");
const DECODER = /base64\s{1,8}(?:-d|--decode)\b/i;
const SYNTAX = /\$\(|\$\{|`|[;|]|&&/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Every shape above needs one of these; most texts have none. */
const ANY_SHAPE = /[$`;|&<{]|base64/i;

/** Longest text read; GitHub limits branch names and titles to 256 characters and file systems paths to 4,096 bytes. */
const MAX_TEXT_CHARS = 4_096;

/**
 * True when a title or commit subject would run a program if a shell read it. Prose may show commands between
 * backticks and name pipes, so only text that breaks out of a quoted string or substitutes a fetching program counts.
 */
export function runsInProse(text: string): boolean {
  const read = text.slice(0, MAX_TEXT_CHARS);
  return (
    ANY_SHAPE.test(read) &&
    [BLANK_SUBSTITUTE, SUBSTITUTED_FETCHER, BROKEN_OUT, BACKTICKED_PIPE].some((shape) => shape.test(read))
  );
}

/** True when a branch or file name would run a program if a shell read it. */
export function runsInName(text: string): boolean {
  const read = text.slice(0, MAX_TEXT_CHARS);
  return ANY_SHAPE.test(read) && (runsInProse(read) || IN_NAME.test(read) || DECODER.test(read));
}

/** True when a name holds characters that mean something to a shell, whatever they would do. */
export function hasShellSyntax(text: string): boolean {
  return SYNTAX.test(text.slice(0, MAX_TEXT_CHARS));
}

/** True when a text holds control characters other than tabs: line feeds, escapes, backspaces. */
export function hasControlCharacters(text: string): boolean {
  return CONTROL.test(text.slice(0, MAX_TEXT_CHARS));
}

/** Programs and functions that load something from elsewhere, usual in one-line droppers. */
const FETCH =
  /(?:^|[^\w.-])(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod|certutil|bitsadmin|start-bitstransfer)(?![\w-])|base64\s{1,8}(?:-d|--decode)\b|frombase64string|\batob\(/i;

/** True when a command line fetches code or decodes it from a blob. */
export function fetchesCode(text: string): boolean {
  return FETCH.test(text);
}
