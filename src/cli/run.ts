import { spellHidden } from "../characters.ts";
import { InvalidInput, type OperatingCode, OperatingError } from "../errors.ts";
import { nearest } from "../policy/nearest.ts";
import { version } from "../version.ts";
import { parseArguments } from "./arguments.ts";
import type { Io, ListedCommand } from "./command.ts";
import { completionScript } from "./completion.ts";
import { commandHelp, programHelp } from "./help.ts";
import { show } from "./show.ts";

/**
 * Exit codes, a contract: 0 did its work whatever it found; 1 found something at or above `--fail-on`; 2 wrong use
 * or invalid input; 3 GitHub or the database could not be reached. A bug in Sallyport ends with 70 (EX_SOFTWARE of
 * sysexits.h), so that no script takes it for an answer; services have more of them (docs/operations.md).
 */
export const EXIT = { done: 0, failOn: 1, invalid: 2, unreachable: 3, bug: 70 } as const;

/** Runs the command that `argv` names; resolves to its exit code, and writes every failure to stderr as lines. */
export async function run(argv: readonly string[], commands: readonly ListedCommand[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, commands, io);
  } catch (error) {
    const { lines, exit } = failure(error);
    io.stderr.write(lines.map((line) => `${line}\n`).join(""));
    return exit;
  }
}

async function dispatch(argv: readonly string[], commands: readonly ListedCommand[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined) {
    show(io.stderr, programHelp(commands));
    return EXIT.invalid;
  }
  if (["--version", "-V", "-v"].includes(name)) return print(`sallyport ${version()}\n`, io);
  const helpFor = name === "help" ? rest[0] : undefined;
  if (helpFor === "completion") return print(programHelp(commands), io);
  if (helpFor !== undefined) return printHelp(find(helpFor, commands), io);
  if (["help", "--help", "-h"].includes(name)) return print(programHelp(commands), io);

  if (name === "completion") {
    // Its own help is the line that the program's help has of it.
    if (rest[0] === "--help" || rest[0] === "-h") return print(programHelp(commands), io);
    io.stdout.write(await completionScript(rest[0], commands));
    return EXIT.done;
  }

  const listed = find(name, commands);
  const command = await listed.load();
  const args = parseArguments(command, rest);
  return args === null ? printHelp(listed, io) : command.run(args, io);
}

const printHelp = async (listed: ListedCommand, io: Io): Promise<number> =>
  print(commandHelp(listed, await listed.load()), io);

function print(text: string, io: Io): number {
  show(io.stdout, text);
  return EXIT.done;
}

function find(name: string, commands: readonly ListedCommand[]): ListedCommand {
  const command = commands.find((candidate) => candidate.name === name);
  if (command) return command;
  const near = nearest(name, [...commands.map((candidate) => candidate.name), "completion"]);
  const what = name.startsWith("-") ? "no such option" : "no such command";
  const mend = near ? `did you mean \`${near}\`?` : "`sallyport --help` lists what there is";
  throw new InvalidInput([{ where: `sallyport ${name}`, what, mend }]);
}

interface Failure {
  readonly lines: readonly string[];
  readonly exit: number;
}

function failure(error: unknown): Failure {
  if (error instanceof InvalidInput)
    return {
      lines: error.problems.map(({ where, what, mend }) => oneLine(`${where}: ${what}; ${mend}`)),
      exit: EXIT.invalid,
    };
  if (error instanceof OperatingError) {
    const { exit, mend } = OPERATING[error.code];
    const when = error.retryAt === null ? mend : `try again after ${error.retryAt}`;
    return { lines: [oneLine(`${error.code}: ${error.message}; ${when}`)], exit };
  }
  return {
    lines: [`sallyport: a bug in Sallyport: ${placeOf(error)}; please report it with this line`],
    exit: EXIT.bug,
  };
}

/** Absence and refusal have to be mended by a person (2); the rest by time or by an operator (3). */
const OPERATING: Readonly<Record<OperatingCode, { readonly exit: number; readonly mend: string }>> = {
  not_found: { exit: EXIT.invalid, mend: "check the name, and that the App or the token may see it" },
  forbidden: {
    exit: EXIT.invalid,
    mend: "`sallyport doctor` names what the App lacks; a token needs repo and read:org",
  },
  installation_gone: { exit: EXIT.invalid, mend: "install the App there, or look with --token-file FILE" },
  installation_suspended: { exit: EXIT.invalid, mend: "take the App out of suspension there" },
  validation: { exit: EXIT.unreachable, mend: "GitHub refused the request; please report it" },
  rate_limited: { exit: EXIT.unreachable, mend: "try again in an hour" },
  budget_low: { exit: EXIT.unreachable, mend: "try again in an hour" },
  timeout: { exit: EXIT.unreachable, mend: "try again" },
  upstream_error: { exit: EXIT.unreachable, mend: "see githubstatus.com and try again" },
  conflict: { exit: EXIT.unreachable, mend: "try again" },
  database_unavailable: { exit: EXIT.unreachable, mend: "`sallyport doctor` looks at the database" },
  disk_full: { exit: EXIT.unreachable, mend: "make room on the disk of the database" },
  github_unreachable: { exit: EXIT.unreachable, mend: "check the network, then `sallyport doctor`" },
};

/** Where a bug showed itself, without the message: messages may quote what people wrote. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return "something other than an error was thrown";
  const frame = (error.stack ?? "").match(/(?:src|node_modules)\/[\w./@-]+:\d+/)?.[0] ?? "unknown place";
  return `${error.name} in ${frame}`;
}

/** A problem is one line, whatever a file put into its keys. */
const oneLine = (text: string): string => spellHidden(text, () => " ");
