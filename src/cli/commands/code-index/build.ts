import { saidGenerated } from "../../../change/code-index/attributes.ts";
import { hashList, without } from "../../../change/code-index/hashes.ts";
import { MOST_HASHES } from "../../../change/code-index/index-file.ts";
import { type CodeKey, FIRST_COMMIT } from "../../../change/code-index/key.ts";
import { isShared, MIN_BYTES } from "../../../change/code-index/left-out.ts";
import { attributesAt, blobsAtFirst, eachBlob } from "../../../change/git/stored-blobs.ts";
import { InvalidInput, OperatingError, type Problem } from "../../../errors.ts";
import type { GitSettings } from "../../../history/read/git.ts";
import { findRepository, type RepositoryLocation } from "../../../history/read/read.ts";

export interface Asked {
  readonly paths: readonly string[];
  /** Repositories whose contents everybody has. */
  readonly publicPaths: readonly string[];
  /** The repositories did not begin from templates: what stands in their first commits counts like all else. */
  readonly countFirstCommits: boolean;
}

export interface Built {
  readonly hashes: BigUint64Array;
  readonly repositories: readonly BuiltRepository[];
  /** Contents that were left out because a public repository has them. */
  readonly publicCount: number;
}

/** What of one repository is in the index. */
export interface BuiltRepository {
  readonly path: string;
  readonly blobCount: number;
  readonly smallCount: number;
  /** Written by tools, carried along, or the same everywhere. */
  readonly sharedCount: number;
  /** Contents and folders that are named in the repository and not there. */
  readonly missingCount: number;
  readonly shallow: boolean;
}

interface Found {
  readonly path: string;
  readonly location: RepositoryLocation;
}

/**
 * Reads the names, sizes and paths of all contents of the repositories, never a content. Throws InvalidInput with every
 * path that is wrong.
 */
export async function buildIndex(
  { paths, publicPaths, countFirstCommits }: Asked,
  {
    key,
    settings,
    onRepository,
  }: { readonly key: CodeKey; readonly settings: GitSettings; readonly onRepository: (path: string) => void },
): Promise<Built> {
  const problems: Problem[] = [];
  const ours = await locations(paths, { settings, problems, taken: new Map() });
  const taken = new Map(ours.map(({ path, location }) => [location.commonPath, path]));
  const known = await locations(publicPaths, { settings, problems, taken });
  if (problems.length > 0) throw new InvalidInput(problems);
  const all = hashList();
  const repositories: BuiltRepository[] = [];
  for (const each of ours) {
    onRepository(each.path);
    const atFirst = countFirstCommits ? NONE : await blobsAtFirst(each.location, settings);
    repositories.push(await addOwn(each, { key, settings, atFirst, add: all.add }));
    if (all.count > MOST_HASHES) throw new InvalidInput([TOO_MANY]);
  }
  const everybodys = hashList();
  for (const { path, location } of known) {
    onRepository(path);
    await eachBlob(location, settings, ({ oid }) => everybodys.add(hashOf(key, oid))).catch(asLocal);
  }
  const hashes = all.sorted();
  const left = without(hashes, everybodys.sorted());
  return { hashes: left, repositories, publicCount: hashes.length - left.length };
}

const NONE: ReadonlySet<string> = new Set();
const TOO_MANY: Problem = {
  where: "sallyport code-index build",
  what: `more than ${MOST_HASHES.toLocaleString("en")} contents`,
  mend: "build several indexes, each with a key of its own",
};

async function locations(
  paths: readonly string[],
  {
    settings,
    problems,
    taken,
  }: { readonly settings: GitSettings; readonly problems: Problem[]; readonly taken: ReadonlyMap<string, string> },
): Promise<readonly Found[]> {
  const seen = new Map(taken);
  const found: Found[] = [];
  for (const path of paths) {
    const location = await findRepository(path, settings).catch((error: unknown) => {
      if (!(error instanceof InvalidInput)) throw error;
      problems.push(...error.problems);
      return null;
    });
    if (location === null) continue;
    const same = seen.get(location.commonPath);
    if (same !== undefined)
      problems.push({ where: path, what: `the same repository as ${same}`, mend: "give each repository once" });
    if (location.oidBytes !== 20)
      problems.push({
        where: path,
        what: "its contents are named by SHA-256, and those on GitHub by SHA-1, so none could match",
        mend: "leave it out, or give a clone that names them by SHA-1",
      });
    seen.set(location.commonPath, path);
    found.push({ path, location });
  }
  return found;
}

async function addOwn(
  { path, location }: Found,
  given: {
    readonly key: CodeKey;
    readonly settings: GitSettings;
    readonly atFirst: ReadonlySet<string>;
    readonly add: (hash: bigint) => void;
  },
): Promise<BuiltRepository> {
  const { key, settings, atFirst, add } = given;
  const isSaid = saidGenerated(await attributesAt(location, settings));
  let [smallCount, sharedCount] = [0, 0];
  const counts = await eachBlob(location, settings, ({ oid, size, path: file }) => {
    if (size < MIN_BYTES) smallCount++;
    else if (isShared(file) || isSaid(file)) sharedCount++;
    else add(hashOf(key, oid) | (atFirst.has(oid) ? FIRST_COMMIT : 0n));
  }).catch(asLocal);
  return { path, ...counts, smallCount, sharedCount, shallow: location.shallow };
}

const hashOf = (key: CodeKey, oid: string): bigint => key.hash(Buffer.from(oid, "hex"));

/** A repository on this machine that breaks off is its owner's to mend. */
function asLocal(error: unknown): never {
  if (error instanceof OperatingError && error.code === "upstream_error")
    throw new InvalidInput([{ where: "repository", what: error.message, mend: "check it with `git fsck`" }]);
  throw error;
}
