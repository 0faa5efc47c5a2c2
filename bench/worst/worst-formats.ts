import { assessSteps } from "../../src/assessment/assess.ts";
import type { ChangedFile } from "../../src/change/change.ts";
import { inSlices } from "../../src/slices.ts";
import { changeOf, fileOf } from "./worst-changes.ts";
import type { WorstInput } from "./worst-input.ts";

/** A text of one form, of about so many characters, that costs most of all that were tried. */
interface WorstText {
  readonly name: string;
  readonly path: string;
  /** The longest that is read of it, or 10,000,000 where any length is. */
  readonly chars: number;
  /** What repeats, by its number. */
  readonly part: (at: number) => string;
  readonly head?: string;
  readonly tail?: string;
  /** Set where both sides are read whole: what stood there before is as long. */
  readonly isWhole?: true;
}

const MANY = 10_000_000;

const TEXTS: readonly WorstText[] = [
  { name: "a workflow of quotes", path: ".github/workflows/w.yml", chars: 60_000, part: () => '""', isWhole: true },
  {
    name: "a workflow of empty lines",
    path: ".github/workflows/w.yml",
    chars: 400_000,
    part: () => "\n",
    isWhole: true,
  },
  {
    name: "a workflow of aliases",
    path: ".github/workflows/w.yml",
    chars: 300_000,
    part: (at) => `k${at}: &a${at} v\nl${at}: *a${at}\n`,
    isWhole: true,
  },
  {
    name: "a map of 60,000 keys",
    path: "pnpm-lock.yaml",
    chars: 1_200_000,
    part: (at) => `k${at}: &a${at} v\n`,
    isWhole: true,
  },
  {
    name: "settings of an editor",
    path: ".vscode/settings.json",
    chars: 130_000,
    part: () => "1,",
    head: "[",
    isWhole: true,
  },
  { name: "settings in TOML", path: "mise.toml", chars: 130_000, part: (at) => `[a${at}]\nk = 1\n`, isWhole: true },
  {
    name: "a lock file in JSON",
    path: "package-lock.json",
    chars: 8_000_000,
    part: lockEntry,
    head: '{"packages":{',
    tail: '"":{}}}',
    isWhole: true,
  },
  {
    name: "a lock file of yarn",
    path: "yarn.lock",
    chars: 8_000_000,
    part: yarnEntry,
    head: "__metadata:\n  version: 8\n\n",
    isWhole: true,
  },
  {
    name: "tables of Cargo.lock",
    path: "Cargo.lock",
    chars: 8_000_000,
    part: (at) => `[[package]]\nname = "a${at}"\n\n`,
    isWhole: true,
  },
  {
    name: "a list of requirements, empty lines",
    path: "requirements.txt",
    chars: 1_000_000,
    part: () => "\n",
    isWhole: true,
  },
  { name: "a hook of git", path: ".husky/pre-commit", chars: 500_000, part: (at) => `a${at}\n`, isWhole: true },
  {
    name: "a build's own code",
    path: "build.rs",
    chars: 500_000,
    part: (at) => `Command::new("a${at}");\n`,
    isWhole: true,
  },
  {
    name: "one minified line",
    path: "src/a.js",
    chars: MANY,
    part: (at) => `function a${at}(b){return eval(b)+${at}};`,
  },
  { name: "one line of base64", path: "src/a.js", chars: MANY, part: () => "QUJDabc123+/" },
  { name: "lines that each hold a finding", path: "src/a.js", chars: 4_000_000, part: () => "a\u202eb\n" },
  { name: "one line of tokens", path: "src/a.js", chars: MANY, part: () => "private_key = ghp_ mnemonic " },
];

function lockEntry(at: number): string {
  const address = `https://registry.npmjs.org/a${at}/-/a${at}-1.0.0.tgz`;
  return `"node_modules/a${at}":{"version":"1.0.0","resolved":"${address}","integrity":"sha512-${"0".repeat(86)}=="},`;
}

function yarnEntry(at: number): string {
  return `"a${at}@npm:^1":\n  version: 1.0.${at}\n  resolution: "a${at}@npm:1.0.${at}"\n  checksum: 10c0/${"0".repeat(64)}\n\n`;
}

function textOf({ part, head = "", tail = "" }: WorstText, chars: number): string {
  let text = head;
  for (let at = 0; text.length < chars; at += 1) text += part(at);
  return text + tail;
}

function made(given: WorstText, chars: number): ChangedFile {
  const text = textOf(given, chars);
  if (!given.isWhole) return fileOf(given.path, text.split("\n"));
  const shown = fileOf(given.path, text.slice(0, 10_000).split("\n"));
  return { ...shown, status: "modified", texts: { before: textOf(given, chars / 2), after: text } };
}

/** The worst text of each form of file that a change can bring. */
export const WORST_FORMATS: readonly WorstInput[] = TEXTS.map((text) => ({
  name: `characters of ${text.name}`,
  full: text.chars,
  growth: null,
  make: (size) => {
    const file = made(text, size);
    // What was read of a file is kept with it: each time another one.
    return () => inSlices(assessSteps(changeOf([{ ...file }], [])));
  },
}));
