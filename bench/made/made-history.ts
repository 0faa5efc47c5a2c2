import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Random, seededNumbers } from "../seeded-numbers.ts";
import { signHistory } from "../sign-history.ts";
import { data, fileChanges, madeText } from "./made-files.ts";
import { peopleMadeUp } from "./made-people.ts";

export interface HistoryShape {
  readonly commits: number;
  readonly identities: number;
  /** Every commit changes one to three files of 1 to 8 KB in a tree three folders deep; off: trees are empty. */
  readonly blobs?: boolean;
  /** One commit in so many is a merge; 5 unless told. At least 3. */
  readonly mergeEvery?: number;
  /** Commits made on GitHub's pages carry its signature, and those of some people theirs. */
  readonly signed?: boolean;
  /** Bytes of the shortest and the longest message, trailers left out; 40 and 900 unless told. */
  readonly messageBytes?: readonly [shortest: number, longest: number];
}

export interface MadeHistory {
  /** A bare repository, one pack, newest objects first as a server sends them, no commit graph. */
  readonly path: string;
  remove(): void;
}

/**
 * Makes a repository like those on GitHub, the same for the same shape; memory does not grow with the commits. Names,
 * addresses and texts are made up.
 */
export async function makeHistory(shape: HistoryShape): Promise<MadeHistory> {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, "made.git");
  const git = (args: readonly string[], input?: string | Buffer): Buffer =>
    execFileSync("git", [...PLAIN, "-C", path, ...args], {
      input,
      maxBuffer: 2 ** 30,
      stdio: ["pipe", "pipe", "inherit"],
    });
  try {
    mkdirSync(path);
    git(["init", "--quiet", "--bare", "--initial-branch=main"]);
    git(["config", "uploadpack.allowFilter", "true"]);
    const importer = spawn("git", [...PLAIN, "-C", path, "fast-import", "--quiet", "--done"], {
      stdio: ["pipe", "ignore", "inherit"],
    });
    const ended = once(importer, "close");
    await pipeline(Readable.from(chunked(commands(shape))), importer.stdin);
    const [code] = await ended;
    if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
    if (shape.signed) signHistory(git, seededNumbers(shape.commits));
    git(["repack", "-a", "-d", "-q", ...(shape.blobs ? ["-f"] : [])]);
    return { path, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A commit graph would spare git the reading that is measured. */
const PLAIN = ["-c", "core.commitGraph=false", "-c", "gc.auto=0", "-c", "fetch.writeCommitGraph=false"];

const CHUNK_CHARACTERS = 1 << 17;

function* chunked(pieces: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

const BEGIN = Date.UTC(2014, 0) / 1_000;
const END = Date.UTC(2025, 0) / 1_000;

/** What fast-import is told: a main line, and beside it branches that are merged again. */
function* commands(shape: HistoryShape): Generator<string> {
  const { commits, identities, blobs = false, mergeEvery = 5, messageBytes = [40, 900] } = shape;
  const random = seededNumbers(commits + identities);
  const people = peopleMadeUp(identities, random);
  const messages = messageMaker(messageBytes, random);
  const changes = blobs ? fileChanges(random) : () => "";
  const step = (END - BEGIN) / commits;
  let main = 0;
  let side = 0;
  for (let number = 1; number <= commits; number++) {
    const place = number % mergeEvery;
    if (place === 2) side = main;
    const onSide = place >= 2 && place <= Math.ceil(mergeEvery / 2);
    const isMerge = place === 0;
    const author = people.author(number % Math.floor(commits / identities) === 0 ? number / commits : null);
    const parent = onSide ? side : main;
    yield `commit refs/heads/main\nmark :${number}\n`;
    yield people.signatures(author, Math.floor(BEGIN + (number + random.next()) * step));
    yield data(messages(number, isMerge, people.signedOffBy(author)));
    yield `${parent > 0 ? `from :${parent}\n` : ""}${isMerge ? `merge :${side}\n` : ""}${changes()}\n`;
    if (onSide) side = number;
    else main = number;
  }
  yield `reset refs/heads/main\nfrom :${main}\n\ndone\n`;
}

const SIGNED_OFF = 1 / 3;

/** A subject that names its pull request, and paragraphs of lines of ordinary length. */
function messageMaker(
  [shortest, longest]: readonly [number, number],
  random: Random,
): (number: number, isMerge: boolean, trailer: string) => string {
  const text = madeText(1 << 16, random);
  const piece = (length: number): string => {
    const from = Math.floor(random.next() * (text.length - length));
    return text.slice(from, from + length);
  };
  return (number, isMerge, trailer) => {
    const subject = isMerge
      ? `Merge pull request #${number} from fork/branch-${number}`
      : `${piece(30).replaceAll("\n", " ").trim()} (#${number})`;
    // Short messages are the rule.
    const length = Math.floor(shortest + random.next() ** 2 * (longest - shortest)) - subject.length - 2;
    const body = length > 0 ? `\n\n${piece(length).trim()}` : "";
    return `${subject}${body}\n${random.next() < SIGNED_OFF ? `\n${trailer}\n` : ""}`;
  };
}
