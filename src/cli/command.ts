import type { ParseArgsConfig, ParseArgsOptionsConfig, parseArgs } from "node:util";
import type { AccessSnapshot } from "../access/grant.ts";
import type { Instant } from "../clock.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { GitSettings } from "../history/read/git.ts";
import type { RepositoryAddress } from "../ids.ts";
import type { SetAside } from "../store/store.ts";

/** One command of `sallyport`: what its help says, what it takes, what it does. */
export interface Command<Options extends ParseArgsOptionsConfig = ParseArgsOptionsConfig> {
  readonly name: string;
  /** What `sallyport help NAME` prints, at most 80 columns; its first lines show how it is called. */
  readonly usage: string;
  /** Options of `node:util` parseArgs; `--help` is added to all. */
  readonly options: Options;
  /**
   * Resolves to the exit code: 0, or 1 from the level of `--fail-on` on. Wrong input leaves as InvalidInput (2), an
   * unreachable GitHub or database as OperatingError (3).
   */
  run(args: Args<Options>, io: Io): Promise<number>;
}

export interface Args<Options extends ParseArgsOptionsConfig = ParseArgsOptionsConfig> {
  readonly values: Values<Options>;
  readonly positionals: readonly string[];
}

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<ParseArgsConfig & { options: Options; allowPositionals: true; strict: true }>
>["values"];

/** A command whose `run` sees exactly the options it declares. */
export function defineCommand<const Options extends ParseArgsOptionsConfig>(command: Command<Options>): Command {
  return Object.freeze(command);
}

/** A command as `sallyport --help` lists it; the rest of it is loaded when it is called. */
export interface ListedCommand {
  readonly name: string;
  /** One line, at most 56 columns. */
  readonly summary: string;
  load(): Promise<Command>;
}

/** The world as a command sees it; `wire.ts` makes the real one, tests make theirs. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /**
   * A file as UTF-8, `-` for standard input; InvalidInput when it cannot be read or is larger than `maxMiB`, else 64.
   * No text is longer than 511 MiB.
   */
  readFile(path: string, maxMiB?: number): Promise<string>;
  now(): Instant;
  readonly services: Services;
}

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width in characters; 80 when it is not a terminal. */
  readonly columns: number;
}

/** What needs credentials, a database or a network; each is made when first called and not before. */
export interface Services {
  /** The access graph of an organisation through the App's installation there. */
  liveSnapshot(organization: string, onProgress: Progress): Promise<AccessSnapshot>;
  /** Everything that can be known now about one account, seen from one repository or from nowhere. */
  liveDossier(
    input: { readonly login: string; readonly repository: RepositoryAddress | null },
    onProgress: Progress,
  ): Promise<Dossier>;
  /** Runs until told to stop; resolves to the exit code. */
  serve(part: "all" | "web" | "worker"): Promise<number>;
  /** Where git is looked for, and a signal that the first Ctrl-C gives, so that nothing is left behind. */
  gitSettings(): GitSettings;
  /** Tries again what was given up, by ids or all of it, and lists what still is. */
  setAside(retry: readonly string[] | "all"): Promise<SetAsideWork>;
  /** Looks at everything an operator has to get right; never throws for what it looks at. */
  doctor(): Promise<readonly DoctorCheck[]>;
}

export interface SetAsideWork {
  readonly setAside: readonly SetAside[];
  /** The ids that were put back. */
  readonly retried: readonly string[];
}

export type Progress = (done: number, total: number | null) => void;

/**
 * One thing the doctor looked at. `running`: a server has it and is well; `absent`: it is not there or not set; `wrong`: it
 * is there and has to be changed; `unreachable`: nobody answered; `unknown`: it could not look before something else is
 * mended.
 */
export interface DoctorCheck {
  readonly id: DoctorCheckId;
  readonly state: "ok" | "running" | "absent" | "wrong" | "unreachable" | "unknown";
  /** What was found, in one line, without secrets. */
  readonly found: string;
  /** How to mend it; null when there is nothing to mend. */
  readonly mend: string | null;
}

export type DoctorCheckId =
  | "configuration"
  | "webhook_secret"
  | "webhook"
  | "credentials"
  | "permissions"
  | "events"
  | "clock"
  | "database"
  | "trail"
  | "disk"
  | "process"
  | "installations";
