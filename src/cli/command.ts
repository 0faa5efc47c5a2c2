import type { ParseArgsConfig, ParseArgsOptionsConfig, parseArgs } from "node:util";
import type { AccessSnapshot, SnapshotDepth } from "../access/grant.ts";
import type { BareChange } from "../assessment/judge-change.ts";
import type { SignalCounts } from "../assessment/precision.ts";
import type { Instant } from "../clock.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { Role } from "../dossier/role.ts";
import type { ClustersHere } from "../flows/clusters/clusters-here.ts";
import type { CodeIndexRequest } from "../flows/code-index/keep.ts";
import type { Imported, ImportRequest } from "../flows/intel.ts";
import type { ListsRequest } from "../flows/lists.ts";
import type { StoredLook } from "../flows/stored-looks.ts";
import type { Vouched, VouchRequest } from "../flows/vouch.ts";
import type { WorkflowFiles } from "../github/gateway.ts";
import type { GitSettings } from "../history/read/git.ts";
import type { AccountId, RepositoryAddress } from "../ids.ts";
import type { KeptCodeIndex, KeptIndicator, SetAside, Subject } from "../store/store.ts";

/** One command of `sallyport`: what its help says, what it takes, what it does. */
export interface Command<Options extends ParseArgsOptionsConfig = ParseArgsOptionsConfig> {
  readonly name: string;
  /** What `sallyport help NAME` prints, at most 80 columns; its first lines show how it is called. */
  readonly usage: string;
  /** Options of `node:util` parseArgs; `--help` is added to all. */
  readonly options: Options;
  /** Where the first argument says which of several things is done: each with the options that it takes. */
  readonly verbs?: Readonly<Record<string, readonly (keyof Options & string)[]>>;
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
  /** The same in pieces of whole lines, for what is too long to be held twice, as a file and as its text. */
  readPieces(path: string, maxMiB?: number): Promise<readonly string[]>;
  /** What somebody at the terminal answers, without the end of the line; null where nobody can. */
  ask(question: string): Promise<string | null>;
  /** Writes a file that only its owner may read, over one of that name; InvalidInput when it cannot be written. */
  writeFile(path: string, pieces: Iterable<string>): Promise<void>;
  /** Its permission bits; null where there is no such file. */
  modeOf(path: string): Promise<number | null>;
  now(): Instant;
  readonly services: Services;
}

export interface Output {
  write(text: string): void;
  /** Resolves once whoever reads has taken what was written; at once where he keeps up. */
  drained(): Promise<void>;
  readonly isTTY: boolean;
  /** Width in characters; 80 when it is not a terminal. */
  readonly columns: number;
  /** Makes a heading stand out where the terminal can and nobody asked for plain text (`NO_COLOR`); else changes nothing. */
  readonly strong: (text: string) => string;
}

/** What needs credentials, a database or a network; each is made when first called and not before. */
export interface Services {
  /** The access graph of an organisation as deep as asked, as the App's installation or a token sees it. */
  liveSnapshot(
    input: { readonly organization: string; readonly depth: SnapshotDepth } & By,
    onProgress: Progress,
  ): Promise<AccessSnapshot>;
  /**
   * Everything that can be known now about one account, seen from one repository or from nowhere. InvalidInput when
   * there is no such repository.
   */
  liveDossier(
    input: { readonly login: string; readonly repository: RepositoryAddress | null } & By,
    onProgress: Progress,
  ): Promise<Dossier>;
  /**
   * Everything that can be known now about one account, as if it were given a role on a repository at this moment.
   * InvalidInput when there is no such repository.
   */
  liveVetting(
    input: { readonly login: string; readonly repository: RepositoryAddress; readonly role: Role } & By,
    onProgress: Progress,
  ): Promise<Dossier>;
  /** The files of a pull request as GitHub shows them; InvalidInput when there is none of this number. */
  liveChange(
    input: { readonly repository: RepositoryAddress; readonly number: number } & By,
    onProgress: Progress,
  ): Promise<BareChange>;
  /** The GitHub Actions files of a repository's default branch; InvalidInput when there is no such repository. 1 request. */
  liveWorkflows(input: { readonly repository: RepositoryAddress } & By): Promise<WorkflowFiles>;
  /** Runs until told to stop; resolves to the exit code. */
  serve(part: "all" | "web" | "worker"): Promise<number>;
  /** Where git is looked for, and a signal that the first Ctrl-C gives, so that nothing is left behind. */
  gitSettings(): GitSettings;
  /** Tries again what was given up, by ids or all of it, and lists what still is. */
  setAside(retry: readonly string[] | "all"): Promise<SetAsideWork>;
  /**
   * Shows the newest stored reports of an organisation one by one, at most 1,000, with the rules they are under;
   * resolves to how many there were. InvalidInput when the App was never installed there. No request.
   */
  storedReports(organization: string, see: (look: StoredLook) => void): Promise<number>;
  /**
   * What is kept about an account, after erasing it where that is asked for; an export and an erasure are recorded.
   * InvalidInput when the App was never installed there. No request.
   */
  subject(about: {
    readonly organization: string;
    readonly account: AccountId;
    readonly act: "read" | "export" | "erase";
  }): Promise<Subject>;
  /**
   * Says something about an account, takes it back or lists what stands; what changes is recorded. InvalidInput when the
   * App was never installed there, or account, repository or entry are not there. At most 2 requests.
   */
  vouch(about: { readonly organization: string } & VouchRequest): Promise<Vouched>;
  /**
   * Imports an index of an organisation's own code, takes one away or lists them; what changes is recorded. InvalidInput
   * when the App was never installed there, or there is none of that key. No request.
   */
  codeIndex(about: {
    readonly organization: string;
    readonly request: CodeIndexRequest;
  }): Promise<readonly Omit<KeptCodeIndex, "sealedKey">[]>;
  /**
   * Which accounts hard evidence joins in an organisation. InvalidInput when the App was never installed there. No
   * request.
   */
  clusters(organization: string): Promise<ClustersHere>;
  /** Bytes that nobody can guess. */
  randomBytes(count: number): Uint8Array;
  /**
   * Takes a list of others in, or says what that would do; what changes is recorded. InvalidInput when the App was never
   * installed there, OperatingError when GitHub stops answering. At most a request a login.
   */
  importList(about: { readonly organization: string } & ImportRequest, onProgress: Progress): Promise<Imported>;
  /** Entries of lists that stand, go out or are taken back; InvalidInput when there is none to take back. No request. */
  lists(about: { readonly organization: string; readonly act: ListsRequest }): Promise<readonly KeptIndicator[]>;
  /** How often each signal fired and was right in an organisation; InvalidInput when the App was never installed there. */
  signalCounts(organization: string): Promise<ReadonlyMap<string, SignalCounts>>;
  /**
   * Sends a test message to whom the operator's file names, of one organisation where one is named. InvalidInput when
   * the file is wrong or names nobody; what the other side does is part of the answer. At most ten seconds.
   */
  tryDestinations(organization: string | null): Promise<readonly TriedDestination[]>;
  /**
   * Copies the embedded database to the configured server, whole or not at all. InvalidInput while a server holds it,
   * where there is nothing to copy, and where rows are there already.
   */
  move(): Promise<readonly { readonly table: string; readonly rows: number }[]>;
  /**
   * Copies the embedded database beside itself: by the server that holds it, or here where none does. InvalidInput with
   * a PostgreSQL server, where there is nothing to copy, and without room.
   */
  backup(): Promise<{ readonly directory: string; readonly bytes: number }>;
  /** Looks at everything an operator has to get right; never throws for what it looks at. */
  doctor(): Promise<readonly DoctorCheck[]>;
}

/** Whose eyes GitHub is looked at with: the token in this file, or what is found when nobody names one. */
export interface By {
  readonly tokenFile: string | null;
}

export interface SetAsideWork {
  readonly setAside: readonly SetAside[];
  /** The ids that were put back. */
  readonly retried: readonly string[];
}

/** How a test message fared. Neither text quotes an address or a secret. */
export interface TriedDestination {
  readonly name: string;
  readonly kind: "slack" | "webhook" | "email";
  /** As the file has it. */
  readonly organization: string;
  readonly state: "ok" | "refused" | "unreachable";
  readonly found: string;
  /** Null when there is nothing to mend. */
  readonly mend: string | null;
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
  | "audit_tier"
  | "events"
  | "clock"
  | "notify"
  | "database"
  | "trail"
  | "disk"
  | "process"
  | "installations";
