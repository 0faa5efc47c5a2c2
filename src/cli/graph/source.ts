import type { AccessSnapshot, SnapshotDepth } from "../../access/grant.ts";
import { parseAccessSnapshot } from "../../access/snapshot.ts";
import { InvalidInput, type Problem } from "../../errors.ts";
import type { Io } from "../command.ts";
import { parseJson, withPositions } from "../json.ts";
import { progressLine } from "../progress.ts";

/** Where an access graph is read. */
export type SnapshotSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "live"; readonly organization: string; readonly tokenFile: string | null };

/** What the command line says about it. */
export interface AskedSource {
  readonly positionals: readonly string[];
  readonly snapshot?: string | undefined;
  readonly tokenFile?: string | undefined;
  /** What the usage calls the organisation; ORG unless it says otherwise. */
  readonly name?: string;
}

/** Where a command is told to read, or what is wrong with that. `command` is its name. */
export function snapshotSource(
  command: string,
  { positionals, snapshot, tokenFile, name = "ORG" }: AskedSource,
): SnapshotSource | { readonly problem: Problem } {
  const where = `sallyport ${command}`;
  const [organization, ...more] = positionals;
  if (snapshot !== undefined)
    return organization === undefined
      ? { kind: "file", path: snapshot }
      : { problem: problem(where, `${name} and --snapshot at once`, "give one of them") };
  if (organization === undefined)
    return { problem: problem(where, "no organisation", `give ${name} or --snapshot FILE`) };
  if (more.length > 0)
    return { problem: problem(where, "more than one organisation", "give them one after the other") };
  return LOGIN.test(organization)
    ? { kind: "live", organization, tokenFile: tokenFile ?? null }
    : { problem: problem(name, "not the login of an organisation", "write it as in github.com/ORG") };
}

/** GitHub's logins: letters, digits and single hyphens inside, at most 39 characters. */
const LOGIN = /^(?=.{1,39}$)[a-z\d]+(?:-[a-z\d]+)*$/i;

/** One thing that is wrong with a command line. */
export const problem = (where: string, what: string, mend: string): Problem => ({ where, what, mend });

/** The access graph of a file, or of the organisation as it is now, as deep as asked: no request, or those of `accessSnapshot`. */
export async function readAccess(source: SnapshotSource, io: Io, depth: SnapshotDepth): Promise<AccessSnapshot> {
  if (source.kind === "file") return readSnapshot(source.path, io);
  const progress = progressLine(io.stderr, "reading access:");
  try {
    return await io.services.liveSnapshot({ ...source, depth }, progress.update);
  } finally {
    progress.clear();
  }
}

/** The access graph in a file. Throws InvalidInput with every problem, each with its line and column. */
export async function readSnapshot(path: string, io: Io): Promise<AccessSnapshot> {
  const text = await io.readFile(path, LONGEST_MIB);
  const json = parseJson(text, path);
  try {
    return parseAccessSnapshot(json, path);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(withPositions(error.problems, { place: path, text }));
  }
}

/**
 * Lists are limited by their count (`SNAPSHOT_LIMITS`), not by their bytes: this is the longest text that V8 holds. A
 * million grants with names of an ordinary length are a fifth of it.
 */
const LONGEST_MIB = 511;
