import type { AccessSnapshot } from "../../../access/grant.ts";
import { type RuleSuites, ruleSuitesSchema } from "../../../access/lines/bypass-used.ts";
import { MAX_DECLARATION_MIB, readDeclaration } from "../../../access/lines/declaration.ts";
import type { Declaration } from "../../../access/lines/declared-mismatch.ts";
import { InvalidInput } from "../../../errors.ts";
import { atOnce } from "../../../slices.ts";
import type { Io } from "../../command.ts";
import { namesIn } from "../../graph/names.ts";
import { problem } from "../../graph/source.ts";
import { parseJson } from "../../json.ts";

/** Declarations as the command line names them: `FILE` of the organisation, `REPO=FILE` of one repository. */
export async function readDeclarations(
  asked: readonly string[],
  snapshot: AccessSnapshot,
  io: Io,
): Promise<readonly Declaration[]> {
  const names = namesIn(snapshot);
  const read: Declaration[] = [];
  for (const each of asked) {
    const [, name, path = each] = /^([\w.-]{1,100})=(.+)$/.exec(each) ?? [];
    const repository = name === undefined ? null : names.repositoryCalled(name, "--declared");
    const text = await io.readFile(path, MAX_DECLARATION_MIB);
    read.push({ ...atOnce(readDeclaration(path, text)), repository });
  }
  return read;
}

/** A file of rule suites as `gh api` prints them. */
export async function readRuleSuites(path: string, io: Io): Promise<RuleSuites> {
  const read = ruleSuitesSchema.safeParse(parseJson(await io.readFile(path, MAX_SUITES_MIB), path));
  if (read.success) return read.data;
  throw new InvalidInput([
    problem(path, "not a list of rule suites", "save what the command in `sallyport audit --help` prints"),
  ]);
}

const MAX_SUITES_MIB = 64;
