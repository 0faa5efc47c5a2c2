import type { ChangedFile } from "../change.ts";
import { addedLines } from "../diff/lines.ts";
import { obfuscationsIn } from "./obfuscation.ts";

/** What a step or script does that somebody with a stolen token would have it do; the first two nothing ordinary does. */
export type Payload = "runs_encoded" | "sends_all_secrets" | "sends_secret" | "runs_fetched";

const FETCHER = "(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod)";
const SUDO = String.raw`(?:sudo\s{1,4}(?:-\w{1,8}\s{1,4}(?:root\s{1,4})?){0,3})?`;
const SHELL = String.raw`(?:/(?:usr/)?bin/)?(?:env\s{1,4})?(?:ba|da|z|k)?sh`;
const INTERPRETER = `(?:${SHELL}|python[23]?|node|perl|ruby|php|pwsh|powershell|iex|bun|deno)`;

/** What was fetched goes straight into something that runs it. */
const FETCHED: readonly RegExp[] = [
  new RegExp(
    String.raw`\b${FETCHER}\b[^|\n]{0,600}\|\s{0,8}(?:(?:tee|gunzip|tar|tr|sed)\b[^|\n]{0,80}\|\s{0,8})?${SUDO}${INTERPRETER}(?![\w./-])`,
    "i",
  ),
  /(?:\beval|\bsource|\b(?:ba|da|z)?sh|\bpython[23]?|(?:^|[\s;&])\.)\s{0,4}(?:-c\s{1,4})?["']?\s{0,4}(?:\$\(|<\(|`)\s{0,4}(?:curl|wget)\b/i,
  /\biex\b[^\n]{0,40}\b(?:iwr|irm|downloadstring|invoke-webrequest)\b/i,
  /\bexec\([^)\n]{0,80}(?:urlopen|requests\.get)\(|\b(?:fetch|axios\.get)\([^\n]{0,200}\b(?:eval|Function)\b/,
  /\b(?:npx|bunx|uvx|pip3?\s{1,4}install|pipx\s{1,4}run|npm\s{1,4}(?:i|install|exec)|deno\s{1,4}run)\s{1,4}(?:(?!-i\b|-f\b|--(?:extra-)?index|--find-links|--registry)[^\s|;&]{1,80}\s{1,4}){0,8}["']?https?:\/\//,
];
/** A file that a line writes from elsewhere: its name is the first group that is there. */
const WRITES_FETCHED = new RegExp(
  String.raw`(?<!-i?name\s)\b${FETCHER}\b[^\n]{0,400}?(?:\s(?:-\w{0,6}o|-O|--output|--output-document|-outfile)[\s=]{1,4}|>\s{0,4})["']?([\w./~$\{\}-]{1,80})`,
  "i",
);
/** Programs that keep a file under its own name. */
const KEEPS_NAME = /\bwget\s|\bcurl\s(?:[^|\n]{0,200}\s)?-\w{0,6}O\b/;
const SCRIPT_ADDRESS = /https?:\/\/[^\s"'|]{1,300}/;

const WRITES_DECODED =
  /\bbase64\s{1,4}(?:-{1,2}[\w-]{1,12}\s{1,4}){0,3}(?:-\w{0,3}[dD]\w{0,3}|--decode)\b[^\n]{0,80}?>\s{0,4}["']?([\w./~${}-]{1,80})/;
const WRITES_ENVIRONMENT = /(?:^|[\s;&|(`"'])(?:printenv|env|export\s{1,4}-p)\s{0,4}>\s{0,4}["']?([\w./~${}-]{1,80})/;
/** A file at the place of a command, or given to something that runs it. */
const RUNS_FILE =
  /(?:^|[|(&])\s{0,8}(?:sudo\s{1,4})?(?:(?:(?:ba|da|z)?sh|source|\.|python[23]?|node|perl|ruby|pwsh)\s{1,4})?["']?([\w./~${}-]{1,80})/g;
/** What stands before a command in a workflow. */
const BEFORE_COMMAND = /^\s{0,200}(?:-\s{1,8})?(?:run:\s{0,8})?/;

const DECODES =
  /\bbase64\s{1,4}(?:-{1,2}[\w-]{1,12}\s{1,4}){0,3}(?:-\w{0,3}[dD]\w{0,3}|--decode)\b|\bopenssl\s{1,4}(?:enc|base64)\b[^\n]{0,80}\s-d\b|\bxxd\b[^|\n]{0,20}-\w{0,2}r|\bdecode_base64\b/;
const RUNS = /(?:^|[\s;&|(`"'])(?:eval|source|(?:ba|da|z)?sh|python[23]?|node|perl)(?=[\s"'$]|$)/;
/** A literal that is turned round on its way into a shell, or spelt in numbers. */
const DISGUISED = new RegExp(
  String.raw`\b(?:echo|printf)\b[^|\n]{1,1000}\|\s{0,4}(?:rev|tr|sed|awk|xxd)\b[^|\n]{0,200}\|(?:[^|\n]{0,200}\|){0,2}\s{0,4}${SUDO}${SHELL}(?:\s{1,4}-s?)?["')\s]{0,8}$`,
);
const SPELT = /(?:\\x[0-9a-f]{2}){8}|(?:\\[0-7]{3}){4}/i;
const INTO_SHELL = new RegExp(
  String.raw`\|\s{0,4}${SUDO}${SHELL}(?:\s{1,4}-s?)?["')\s]{0,8}$|\b(?:ba|da|z)?sh\s{1,4}-c\b|\beval\b`,
);

const SENDS =
  /(?:^|[\s;&|(`"'])(?:curl|wget|nc|ncat|socat|nslookup|dig|iwr|irm|invoke-webrequest|invoke-restmethod)(?=\s)|\bfetch\(|\brequests\.(?:post|put|get)\(|\burlopen\(|\bhttps?\b[^;\n]{0,12}\.request\(|\baxios\b|\/dev\/tcp\//i;
const ALL_SECRETS = /\btojson\s{0,8}\(\s{0,8}secrets\b|\bjoin\s{0,8}\(\s{0,8}secrets\.\*/i;
/** What keeps GitHub from masking a secret in a log that everybody can read. */
const UNMASKS = /\|\s{0,4}(?:base64(?!\s{1,4}-{1,2}d)|rev|xxd|od|fold|sed\s{1,4}["']?s\/\.\/)/;
/** The whole environment on its way into a pipe or a body; by itself it is what a step shows to find a mistake. */
const WHOLE_ENVIRONMENT =
  /(?:^|[\s;&|(`"'])(?:printenv|env|export\s{1,4}-p|declare\s{1,4}-x)\s{0,4}\|(?!\s{0,4}grep\b)|[$<]\(\s{0,4}(?:printenv|env)\s{0,4}[|)]|`(?:printenv|env)\s{0,4}[`|]/i;
/** The same as programs read it, and where the runner keeps what it was given. */
const READ_ENVIRONMENT =
  /\/proc\/(?:self|\d{1,8}|\*|\$\w{1,20}|\$\{\w{1,20}\})\/(?:environ|mem)\b|json\.stringify\(process\.env\)|json\.dumps\(dict\(os\.environ\)|Runner\.Worker/i;
/** What programs keep of keys. */
const KEPT_KEYS =
  /(?:~|\$HOME|\$\{HOME\}|\/root|\/home\/\w{1,32})\/\.(?:npmrc|docker\/config\.json|ssh\/|aws\/|netrc|pypirc|kube\/config|git-credentials)|\.extraheader\b/;
/** A body, form, query or path: what stands before the value that is sent. A header is how services are asked. */
const BODY = String.raw`(?:\s(?:-d|-F|-T|--data[\w-]{0,20}|--form[\w-]{0,20}|--json|--post-data|--body-data|--upload-file)[\s=]{0,4}|https?://)(?:"[^"\n]{0,300}|'[^'\n]{0,300}|[^\s"']{0,300})`;
const SECRET_SENT = new RegExp(String.raw`${BODY}\$\{\{\s{0,8}secrets\b`, "i");
const NAMED_SENT = new RegExp(String.raw`${BODY}\$\{?(\w{1,80})`, "i");
const SECRET_NAMED = /^\s{0,200}(\w{1,80}):\s{1,8}["']?\$\{\{\s{0,8}secrets\.(?!GITHUB_TOKEN\b)/i;

/** One payload and the line where it begins. */
export interface FoundPayload {
  readonly payload: Payload;
  readonly line: number;
}

/**
 * What the lines that a change adds to a file do, each kind once, at its first line. A command that goes on behind a
 * backslash or a pipe is read as one. Every repetition is bounded.
 */
export function payloadsIn(file: ChangedFile): readonly FoundPayload[] {
  const found = new Map<Payload, number>();
  const commands = commandsOf(file);
  const around: Around = {
    sends: commands.some(({ text }) => SENDS.test(text)),
    secrets: new Set(commands.flatMap(({ text }) => SECRET_NAMED.exec(text)?.[1] ?? [])),
    written: new Map(),
  };
  for (const { text, line } of commands)
    for (const payload of payloadsOf(text, around)) if (!found.has(payload)) found.set(payload, line);
  return [...found].map(([payload, line]) => ({ payload, line }));
}

/** What the commands of a file say of one another. */
interface Around {
  readonly sends: boolean;
  /** Variables that hold a secret. */
  readonly secrets: ReadonlySet<string>;
  /** Files that hold what a command before wrote, and what running or sending them is. */
  readonly written: Map<string, Payload>;
}

function payloadsOf(text: string, { sends, secrets, written }: Around): readonly Payload[] {
  const found: Payload[] = [];
  const isSending = SENDS.test(text);
  if (isEncoded(text)) found.push("runs_encoded");
  if (FETCHED.some((shape) => shape.test(text))) found.push("runs_fetched");
  const unmasks = UNMASKS.test(text);
  if ((ALL_SECRETS.test(text) || READ_ENVIRONMENT.test(text)) && (sends || unmasks)) found.push("sends_all_secrets");
  if (WHOLE_ENVIRONMENT.test(text) && (isSending || unmasks)) found.push("sends_all_secrets");
  if (isSending && KEPT_KEYS.test(text)) found.push("sends_all_secrets");
  const named = NAMED_SENT.exec(text)?.[1];
  if (isSending && (SECRET_SENT.test(text) || (named !== undefined && secrets.has(named)))) found.push("sends_secret");
  for (const [name, payload] of written)
    if (payload === "sends_all_secrets" && isSending && text.includes(name)) found.push(payload);
  for (const part of text.replace(BEFORE_COMMAND, "").split(/&&|;/)) found.push(...filesOf(part, written));
  return found;
}

/** What is run of what was written before; what this one writes is noted for those behind it. */
function filesOf(command: string, written: Map<string, Payload>): readonly Payload[] {
  const found = [...command.matchAll(RUNS_FILE)].flatMap(([, name = ""]) => written.get(bare(name)) ?? []);
  note(written, WRITES_FETCHED.exec(command)?.[1], "runs_fetched");
  if (KEEPS_NAME.test(command)) note(written, SCRIPT_ADDRESS.exec(command)?.[0].split("/").at(-1), "runs_fetched");
  note(written, WRITES_DECODED.exec(command)?.[1], "runs_encoded");
  note(written, WRITES_ENVIRONMENT.exec(command)?.[1], "sends_all_secrets");
  return found.filter((payload) => payload !== "sends_all_secrets");
}

function isEncoded(text: string): boolean {
  const hides = obfuscationsIn(text);
  if (hides.includes("runs_decoded") || hides.includes("padding")) return true;
  if (DECODES.test(text) && RUNS.test(text)) return true;
  return DISGUISED.test(text) || (SPELT.test(text) && INTO_SHELL.test(text));
}

const note = (written: Map<string, Payload>, name: string | undefined, payload: Payload): void =>
  void (name !== undefined && written.set(bare(name), payload));

const bare = (name: string): string => name.replace(/^\.\//, "");

/** Of a longer command the beginning and the end are read: what runs an encoded body stands behind it. */
const MAX_COMMAND_CHARS = 8_192;

const shortened = (text: string): string =>
  text.length <= MAX_COMMAND_CHARS
    ? text
    : `${text.slice(0, MAX_COMMAND_CHARS / 2)} ${text.slice(-MAX_COMMAND_CHARS / 2)}`;

function commandsOf(file: ChangedFile): readonly { readonly text: string; readonly line: number }[] {
  const commands: { text: string; line: number }[] = [];
  let goesOn = false;
  for (const { text, line } of addedLines(file)) {
    const last = commands.at(-1);
    // What a comment says is not done.
    if (/^\s{0,200}#/.test(text)) continue;
    if (goesOn && last) last.text = shortened(`${last.text.replace(/\\\s{0,8}$/, " ")} ${text.trim()}`);
    else commands.push({ text: shortened(text), line });
    const end = text.slice(-16);
    goesOn = /(?:\\|\||&&)\s{0,8}$/.test(end) && !/:\s{0,4}\|\s{0,8}$/.test(end);
  }
  return commands;
}
