import { ASCII_CONTROL } from "../../characters.ts";

const NAMED = (programs: string): string => String.raw`(?:\S{0,40}/)?(?:${programs.replaceAll(" ", "|")})(?![\w-])`;
/** What a payload may begin with, once it has a command of its own. */
const PROGRAM = NAMED(
  "curl wget nc ncat netcat socat telnet nslookup dig ping bash sh zsh dash ksh fish pwsh powershell cmd python[23]? perl ruby node deno bun php lua eval exec base64 env printenv openssl xxd iwr iex irm rm cat cp mv tar scp ssh rsync chmod chown touch tee id whoami hostname uname ls sleep kill sudo npm npx yarn pnpm pip3? uvx? gh git docker kubectl aws gcloud az make echo printf export xargs find awk sed grep mkfifo crontab certutil mshta rundll32 calc notepad invoke-webrequest invoke-restmethod invoke-expression start-process",
);
const SEPARATOR = String.raw`(?:;|&&?|\|\|?)\s{0,8}`;
const CLOSING = String.raw`["'\x60)\]}]\s{0,8}`;
/** What a command goes on with: options, paths, values, addresses, its own end or another command. */
const ARGUMENT = String.raw`(?=\s{1,8}(?:[-/$<>"'~]|https?:|\((?:iwr|irm)\b)|(?:\s{1,8}[\w./:@-]{1,40}){0,3}\s{0,8}(?:[;|&#>"']|\s--?\w)|[$<])`;

/** A group, a variable for the program alone, or a program by its path. */
const BEFORE = String.raw`(?:[({]\s{0,4}|[A-Z_]{1,40}=[^\s;]{0,100}\s{1,4}){0,3}`;
const BY_PATH = String.raw`(?:\.\s{1,4})?\.{0,2}/[\w.-]{1,60}`;
/** Letters of a program with quotes or backslashes between them. */
const TORN = String.raw`[\w/]{1,20}(?:''|""|\\)[\w/]{1,20}`;
const BREAKS_OUT = new RegExp(`${CLOSING}${SEPARATOR}${BEFORE}(?:${PROGRAM}|${BY_PATH}|${TORN})${ARGUMENT}`, "i");

/** Texts that a shell would run whatever stands around them: no sentence is written like this. */
const RUNS: readonly RegExp[] = [
  // The shell's field separator, a brace list, a part of a variable or escapes in place of letters.
  /\$\{?IFS\b|\{(?:curl|wget|bash|sh),|\$\{[A-Z_]{2,20}:\d{1,3}:\d{1,3}\}|\$'[^']{0,100}\\(?:x[0-9a-f]{2}|[0-7]{3})/i,
  // It closes a quote or bracket, ends the command and starts another one.
  BREAKS_OUT,
  new RegExp(String.raw`${CLOSING}${SEPARATOR}${BEFORE}(?:curl|wget|nc|ncat|iwr|irm)\s{1,8}[\w-]{1,60}\.[\w-]`, "i"),
  /["'\x60]\)?\s{0,8}\|\s{0,8}(?:ba|z|da|k)?sh\s{0,8}$/i,
  // It closes a quote, and opens it again at the end or leaves the rest to a comment.
  /\S["'\x60]\)?\s{0,8}(?:;|&&|\|\|).{1,400}(?:[;|&]\s{0,8}(?:echo|:|true)?\s{0,8}["'\x60]|[^\w\s]?\s#)\s{0,4}$/,
  /\/dev\/(?:tcp|udp)\/|\$\([^)]{0,60}\\x[0-9a-f]{2}/i,
  // The same for JavaScript, Python, and what replaces `${...}`.
  /["'`)\]}]\s{0,8}[;+,)]{1,3}\s{0,8}(?:await\s{1,4})?(?:require\s{0,3}\(\s{0,3}["'`]|import\s{0,3}\(|process\.(?:env|exit|mainModule)|eval\s{0,3}\(|fetch\s{0,3}\(|exec(?:Sync)?\s{0,3}\(|child_process|globalThis\b|Function\s{0,3}\(|(?:system|popen|passthru|shell_exec)\s{0,3}\()/,
  /["')]\s{0,8}[;+)]{1,3}\s{0,8}(?:__import__\s{0,3}\(|import\s{1,4}(?:os|subprocess|socket|urllib)\b|os\.(?:system|popen|environ)|subprocess\.|exec\s{0,3}\()/,
  /\$\{\s{0,4}(?:require\s{0,3}\(|import\s{0,3}\(|process\.|eval\s{0,3}\(|globalThis|this\.constructor)/,
  // Commands to the runner, which reads them in what a step prints.
  /(?:::|##\[)(?:set-env|add-path|set-output|save-state|stop-commands|add-mask)(?:\s{1,3}name=[^:\]]{1,100})?(?:::|\])[^\s`]/i,
  /["')\]}]\s{0,8}>>\s{0,4}["']?\$\{?GITHUB_(?:ENV|OUTPUT|PATH)/i,
];
/** The same where commands are not shown as such: outside code in Markdown. */
const RUNS_IN_PROSE: readonly RegExp[] = [
  // In capitals it is a variable of make.
  new RegExp(String.raw`(?:\$\(|[<>]\()\s{0,8}${PROGRAM}`),
  /\$\(\s{0,8}(?:iwr|irm|iex|invoke-\w)/i,
  /`[^`]{0,200}\b(?:curl|wget|nc|ncat|iwr)\b[^`]{0,200}(?:\|\s{0,8}\w{0,8}sh\b|\$\{?IFS)[^`]{0,200}`/i,
  new RegExp(`${SEPARATOR}(?:curl|wget|nc|ncat|iwr|irm|base64)\\s{1,8}(?:-|https?:|["'$])`, "i"),
  /&\s{0,4}(?:powershell|pwsh|cmd)(?:\.exe)?\s{1,8}[-/]\w/i,
];
const RUNS_IN_NAME: readonly RegExp[] = [
  new RegExp(String.raw`(?:\$\(|\x60|;|&&|\|)\s{0,8}${PROGRAM}`, "i"),
  /base64\s{1,8}(?:-d|--decode)\b/i,
  // Taken for options of tar, find, git, ssh and rsync where a shell spells out a star.
  /(?:^|\/)-{1,2}(?:checkpoint-action|to-command|use-compress-program|rsh|rsync-path|upload-pack|receive-pack|exec|oProxyCommand|config)=/i,
];
const SYNTAX = /\$\(|\$\{|`|[;|]|&&/;
/** What substitutes or chains in the name of a file, where templates hold `${...}` and routes hold brackets. */
const FILE_SYNTAX = /\$\([^)]|`|&&|\|\||;\s{0,4}\w{1,20}\s{0,4}[;|&]/;
const CONTROL = new RegExp(`[${ASCII_CONTROL}]`, "u");

/** Every shape above needs one of these; most texts have none. */
const ANY_SHAPE = /[$`;|&<{>+)]|base64|::|##\[|(?:^|\/)--?\w/i;

/** Longest text read; GitHub limits branch names and titles to 256 characters and file systems paths to 4,096 bytes. */
const MAX_TEXT_CHARS = 4_096;

const someOf = (shapes: readonly RegExp[], text: string): boolean => shapes.some((shape) => shape.test(text));

/**
 * True when a title or commit subject would run a program if a shell or script read it. Prose may show commands between
 * backticks and name pipes, so only text that breaks out of a quoted string or substitutes a fetching program counts.
 */
export function runsInProse(text: string): boolean {
  const read = text.slice(0, MAX_TEXT_CHARS);
  return ANY_SHAPE.test(read) && (someOf(RUNS, read) || someOf(RUNS_IN_PROSE, read));
}

/** True when a branch, file or author's name would run a program if a shell read it. */
export function runsInName(text: string): boolean {
  const read = text.slice(0, MAX_TEXT_CHARS);
  return ANY_SHAPE.test(read) && (runsInProse(read) || someOf(RUNS_IN_NAME, read));
}

/** GitHub's limit for the body of a pull request; of the body of a commit the rest is not read. */
const MAX_MARKDOWN_CHARS = 65_536;

/**
 * Lines of a Markdown text that would run a program if a shell read them; its code may show commands as such, and counts
 * where it breaks out of a quoted string. Linear.
 */
export function runningLines(markdown: string): readonly string[] {
  let fence: string | null = null;
  return markdown
    .slice(0, MAX_MARKDOWN_CHARS)
    .split(/\r?\n/)
    .flatMap((line) => {
      const mark: string | undefined = /^\s{0,8}(?:>\s{0,3})?(```|~~~)/.exec(line)?.[1];
      if (mark !== undefined && (fence === null || fence === mark)) fence = fence === null ? mark : null;
      const read = line.slice(0, MAX_TEXT_CHARS);
      if (!ANY_SHAPE.test(read)) return [];
      const isCode = fence !== null || mark !== undefined || /^(?: {4}|\t|\s{0,4}(?:[$%>#] |\|))/.test(read);
      const prose = isCode ? "" : read.replace(/`[^`]*`/g, "``");
      return (isCode ? someOf(INTENDED, read) : runsInProse(prose)) ? [read] : [];
    });
}

/** In code, where pipes and quotes are ordinary: what hides a blank, or begins by closing what nothing opened. */
const INTENDED: readonly RegExp[] = [
  /\$\{?IFS\b|\{(?:curl|wget|bash|sh),/,
  new RegExp(String.raw`^\s{0,8}["'\x60]\)?\s{0,8}${SEPARATOR}${PROGRAM}${ARGUMENT}`, "i"),
];

/** True when a name holds characters that mean something to a shell, whatever they would do. */
export function hasShellSyntax(text: string): boolean {
  return SYNTAX.test(text.slice(0, MAX_TEXT_CHARS));
}

/** The same for the name of a file. */
export function hasFileSyntax(text: string): boolean {
  return FILE_SYNTAX.test(text.slice(0, MAX_TEXT_CHARS));
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
