import type { ChangedFile } from "../change.ts";
import { addedLines } from "../diff/lines.ts";
import { obfuscationsIn } from "./obfuscation.ts";

/** What a step or script does that somebody with a stolen token would have it do; the first two nothing ordinary does. */
export type Payload = "runs_encoded" | "sends_all_secrets" | "sends_secret" | "runs_fetched";

const FETCHER = "(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod)";
const INTERPRETER = String.raw`(?:/(?:usr/)?bin/)?(?:env\s{1,4})?(?:(?:ba|da|z|k)?sh|python[23]?|node|perl|ruby|php|pwsh|powershell|iex|bun|deno)`;
/** What was fetched goes straight into something that runs it. */
const PIPED = new RegExp(
  String.raw`\b${FETCHER}\b[^|\n]{0,600}\|\s{0,8}(?:(?:tee|gunzip|tar|tr|sed)\b[^|\n]{0,80}\|\s{0,8})?(?:sudo\s{1,4}(?:-\w{1,8}\s{1,4}){0,3})?${INTERPRETER}(?![\w./-])`,
  "i",
);
const SUBSTITUTED =
  /(?:\beval|\bsource|\b(?:ba|da|z)?sh|\bpython[23]?|(?:^|[\s;&])\.)\s{0,4}(?:-c\s{1,4})?["']?\s{0,4}(?:\$\(|<\(|\x60)\s{0,4}(?:curl|wget)\b|\biex\b[^\n]{0,40}\b(?:iwr|irm|downloadstring|invoke-webrequest)\b/i;
/** A file that a line writes from elsewhere: its name is the first group that is there. */
const WRITES = new RegExp(
  String.raw`(?:\b${FETCHER}\b[^\n]{0,400}?|\bbase64\s{1,4}(?:-d|-D|--decode)\b[^\n]{0,80}?)(?:\s(?:-o|-O|--output|--output-document|-outfile)[\s=]{1,4}|>\s{0,4})["']?([\w./~$\{\}-]{1,80})`,
  "i",
);
const RUNS_FILE =
  /(?:^|[\s;&|(])(?:(?:ba|da|z)?sh|source|\.|python[23]?|node|perl|ruby|pwsh)\s{1,4}["']?([\w./~${}-]{1,80})/g;

const DECODES =
  /\bbase64\s{1,4}(?:-d|-D|--decode)\b|\bopenssl\s{1,4}(?:enc|base64)\b[^\n]{0,80}\s-d\b|\bxxd\s{1,4}-r\b/;
const RUNS = /(?:^|[\s;&|(`"'])(?:eval|source|(?:ba|da|z)?sh|python[23]?|node)(?=[\s"'$]|$)/;

const SENDS =
  /(?:^|[\s;&|(`"'])(?:curl|wget|nc|ncat|socat|iwr|irm|invoke-webrequest|invoke-restmethod)(?=\s)|\bfetch\(|\brequests\.(?:post|put|get)\(|\burlopen\(|\bhttps?\.request\(|\baxios\b|\/dev\/tcp\//i;
const ALL_SECRETS = /\btojson\s{0,8}\(\s{0,8}secrets\b|\bjoin\s{0,8}\(\s{0,8}secrets\.\*/i;
/** The whole environment, or what programs keep of keys, on its way into a pipe or a body. */
const WHOLE_ENVIRONMENT =
  /(?:^|[\s;&|(`"'])(?:printenv|env|export\s{1,4}-p|declare\s{1,4}-x)\s{0,4}\||\/proc\/(?:self|\d{1,8}|\*|\$\w{1,20}|\$\{\w{1,20}\})\/(?:environ|mem)\b|\$\((?:printenv|env)\b|`(?:printenv|env)\b|json\.stringify\(process\.env\)|json\.dumps\(dict\(os\.environ\)|Runner\.Worker/i;
/** A body, form or query with a secret in it; a header is how services are asked. */
const SECRET_SENT =
  /(?:\s(?:-d|-F|-T|--data[\w-]{0,20}|--form[\w-]{0,20}|--json|--post-data|--body-data|--upload-file)[\s=]{0,4}|\?[^\s"']{0,200})(?:"[^"\n]{0,300}|'[^'\n]{0,300}|[^\s"']{0,300})\$\{\{\s{0,8}secrets\b/i;

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
  const note = (payload: Payload, line: number): void => void (found.has(payload) || found.set(payload, line));
  const written = new Map<string, Payload>();
  const commands = commandsOf(file);
  const sends = commands.some(({ text }) => SENDS.test(text));
  for (const { text, line } of commands) {
    const hides = obfuscationsIn(text);
    if (hides.includes("runs_decoded") || (DECODES.test(text) && RUNS.test(text))) note("runs_encoded", line);
    if (hides.includes("padding")) note("runs_encoded", line);
    if (PIPED.test(text) || SUBSTITUTED.test(text)) note("runs_fetched", line);
    if (ALL_SECRETS.test(text) && (sends || DECODES.test(text) || /\bbase64\b/.test(text)))
      note("sends_all_secrets", line);
    if (WHOLE_ENVIRONMENT.test(text) && (sends || /\bbase64\b/.test(text))) note("sends_all_secrets", line);
    if (SENDS.test(text) && SECRET_SENT.test(text)) note("sends_secret", line);
    for (const [, name = ""] of text.matchAll(RUNS_FILE)) {
      const from = written.get(bare(name));
      if (from !== undefined) note(from, line);
    }
    const [, name] = WRITES.exec(text) ?? [];
    if (name !== undefined) written.set(bare(name), DECODES.test(text) ? "runs_encoded" : "runs_fetched");
  }
  return [...found].map(([payload, line]) => ({ payload, line }));
}

const bare = (name: string): string => name.replace(/^\.\//, "");

/** A command longer than this is read to here. */
const MAX_COMMAND_CHARS = 8_192;

function commandsOf(file: ChangedFile): readonly { readonly text: string; readonly line: number }[] {
  const commands: { text: string; line: number }[] = [];
  let goesOn = false;
  for (const { text, line } of addedLines(file)) {
    const last = commands.at(-1);
    // What a comment says is not done.
    if (/^\s{0,200}#/.test(text)) continue;
    if (goesOn && last)
      last.text = `${last.text.replace(/\\\s{0,8}$/, " ")} ${text.trim()}`.slice(0, MAX_COMMAND_CHARS);
    else commands.push({ text: text.slice(0, MAX_COMMAND_CHARS), line });
    goesOn = /(?:\\|\||&&)\s{0,8}$/.test(text.slice(-16)) && !/:\s{0,4}\|\s{0,8}$/.test(text.slice(-16));
  }
  return commands;
}
