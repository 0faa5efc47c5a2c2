import { type BareChange, type JudgedChange, judgeChange } from "../../../assessment/judge-change.ts";
import { filesWithoutSecrets } from "../../../change/formats/secrets.ts";
import type { Memory } from "../../../change/memory.ts";
import { SEVERITIES } from "../../../change/severity.ts";
import { InvalidInput } from "../../../errors.ts";
import { secretHash } from "../../../flows/steps/secret-hash.ts";
import { atOnce } from "../../../slices.ts";
import { type Args, defineCommand, type Io } from "../../command.ts";
import { progressLine } from "../../progress.ts";
import { repositoryOf } from "../../repository-option.ts";
import { sarifText } from "../../sarif.ts";
import { show } from "../../show.ts";
import { sarifOf } from "./sarif.ts";
import type { ChangeReport } from "./schema.ts";
import { changeIn, withRanges } from "./source.ts";
import { changeText } from "./text.ts";

const options = {
  git: { type: "string" },
  stdin: { type: "boolean" },
  repo: { type: "string" },
  pr: { type: "string" },
  "token-file": { type: "string" },
  "hash-key-file": { type: "string" },
  json: { type: "boolean" },
  sarif: { type: "boolean" },
  "fail-on": { type: "string" },
} as const;

export const change = defineCommand({
  name: "change",
  options,
  usage: `  sallyport change FILE [--json | --sarif] [--fail-on LEVEL]
  sallyport change --git DIR BASE..HEAD [--json | --sarif] [--fail-on LEVEL]
  sallyport change --git DIR --stdin
  sallyport change --repo OWNER/REPO --pr N [--json | --sarif] [--fail-on LEVEL]

Says what a change could do, whoever wrote it: every finding at its line, why it
matters and what would make it fine. It speaks of the diff and of no person.
Nothing of the change is run, checked out or fetched.

  FILE               a unified diff, as of \`git diff\`; - for standard input
  --git DIR          a clone, bare or not. BASE..HEAD compares the two as they
                     are, BASE...HEAD from where they parted
  --stdin            read ranges from standard input, a line each, and print one
                     JSON line for each
  --repo OWNER/REPO  ask GitHub for a pull request of this repository
  --pr N             its number
  --token-file FILE  ask with the token in this file
  --hash-key-file FILE
                     with the key in this file, mark the same secret in several
                     places as the same (keyedHash of --json)
  --json             sallyport.change/1
  --sarif            SARIF 2.1.0, for code scanning
  --fail-on LEVEL    exit 1 from this level on: low, medium, high or critical

Examples
  git diff main...topic | sallyport change -
  sallyport change --git . main...topic --fail-on high
  git rev-list --no-merges main | sed 's/.*/&~1..&/' |
    sallyport change --git . --stdin`,
  async run(args, io) {
    const reached = failOn(args.values["fail-on"]);
    const { git, stdin } = sourceOf(args);
    const masked = await maskOf(args.values["hash-key-file"], io);
    if (git !== null && stdin) return manyRanges(git, { reached, masked }, io);
    const read = masked(await readOne(args, io));
    const judged = judgeChange(read, io.now());
    if (args.values.json) io.stdout.write(`${JSON.stringify(report(read, judged), null, 2)}\n`);
    else if (args.values.sarif) io.stdout.write(sarifText(sarifOf(judged)));
    else show(io.stdout, changeText(judged, read, io.stdout.strong));
    return reached(judged) ? 1 : 0;
  },
});

type Given = Args<typeof options>;

/** Exactly one place to read from. */
function sourceOf({ values, positionals }: Given): { readonly git: string | null; readonly stdin: boolean } {
  const { git = null, stdin = false, repo, pr, "token-file": token } = values;
  const wantsOne = repo === undefined && !stdin;
  if ((repo === undefined) !== (pr === undefined)) throw wrongUse("--repo and --pr belong together", "give both");
  if (repo === undefined && token !== undefined) throw wrongUse("--token-file without --repo", "leave it out");
  if (git !== null && repo !== undefined) throw wrongUse("--git and --repo", "give one of them");
  if (stdin && git === null)
    throw wrongUse("--stdin without --git", "name the clone with --git DIR, or give - for a diff");
  if (values.json && values.sarif) throw wrongUse("--json and --sarif", "give one of them");
  if (stdin && values.sarif) throw wrongUse("--sarif with --stdin", "each range is a line of JSON there");
  if (positionals.length !== (wantsOne ? 1 : 0))
    throw wrongUse(wantsOne ? `give one ${git === null ? "FILE" : "BASE..HEAD"}` : "one place too many", HELP);
  return { git, stdin };
}

const HELP = "`sallyport help change` shows the ways";

async function readOne({ values, positionals }: Given, io: Io): Promise<BareChange> {
  const [place = ""] = positionals;
  if (values.git !== undefined) return withRanges(values.git, io, (reader) => reader.read(place));
  if (values.repo === undefined) return changeIn(place, io);
  const progress = progressLine(io.stderr, "asking GitHub:");
  const repository = repositoryOf("sallyport change", values.repo);
  const asked = { repository, number: numberOf(values.pr ?? ""), tokenFile: values["token-file"] ?? null };
  return io.services.liveChange(asked, progress.update).finally(progress.clear);
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw wrongUse("--pr is no number of a pull request", "write it as in the address, such as --pr 12");
}

type Mask = (read: BareChange) => BareChange;

/** With a key secrets are taken out before anything is judged, as the App does; without one nothing is. */
async function maskOf(path: string | undefined, io: Io): Promise<Mask> {
  if (path === undefined) return (read) => read;
  const key = (await io.readFile(path)).trim();
  if (key.length < MIN_KEY_CHARS)
    throw wrongUse(
      `the key in ${path} is shorter than ${MIN_KEY_CHARS} characters`,
      "make one with `openssl rand -hex 32`",
    );
  const hash = secretHash(key, "");
  return (read) => ({ ...read, files: atOnce(filesWithoutSecrets(read.files, hash)) });
}

/** Whoever can guess the key can guess short secrets. */
const MIN_KEY_CHARS = 32;

/** Each range by itself: one that is wrong is a line that says so, and the command ends with 2. */
async function manyRanges(
  path: string,
  { reached, masked }: { readonly reached: (judged: JudgedChange) => boolean; readonly masked: Mask },
  io: Io,
): Promise<number> {
  const ranges = (await io.readFile("-")).split("\n").filter((line) => line.trim() !== "");
  const progress = progressLine(io.stderr, "ranges:");
  // A history shows each file twice: as one change leaves it, and as the next one finds it.
  const memory: Memory = {};
  let exit = 0;
  await withRanges(path, io, async (reader) => {
    for (const [done, range] of ranges.entries()) {
      const reading = async (): Promise<BareChange> => ({ ...masked(await reader.read(range, memory)), memory });
      const line = await judgedLine(reading, range, io);
      io.stdout.write(`${JSON.stringify(line.said)}\n`);
      if (line.judged === null) exit = 2;
      else if (exit === 0 && reached(line.judged)) exit = 1;
      progress.update(done + 1, ranges.length);
    }
  }).finally(progress.clear);
  return exit;
}

async function judgedLine(
  reading: () => Promise<BareChange>,
  range: string,
  io: Io,
): Promise<{ readonly judged: JudgedChange | null; readonly said: object }> {
  try {
    const read = await reading();
    const judged = judgeChange(read, io.now());
    return { judged, said: { range, ...report(read, judged) } };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { judged: null, said: { schema: "sallyport.change/1", range, problems: error.problems } };
  }
}

const report = ({ files }: BareChange, { level, complete, findings, notChecked }: JudgedChange): ChangeReport => ({
  schema: "sallyport.change/1",
  level,
  complete,
  files: files.map(({ path, status, additions, deletions }) => ({ path, status, additions, deletions })),
  findings: [...findings],
  notChecked: [...notChecked],
});

/** What was not seen fails nothing. */
function failOn(level: string | undefined): (judged: JudgedChange) => boolean {
  if (level === undefined) return () => false;
  const order: readonly string[] = SEVERITIES;
  const least = order.indexOf(level);
  if (least < 0) throw wrongUse("--fail-on has no such level", "write low, medium, high or critical");
  return ({ findings, ...judged }) => findings.length > 0 && order.indexOf(judged.level) >= least;
}

const wrongUse = (what: string, mend: string): InvalidInput =>
  new InvalidInput([{ where: "sallyport change", what, mend }]);
