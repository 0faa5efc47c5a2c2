import { endOf, type GitSettings, startGit } from "../../history/read/git.ts";
import { paced } from "../../slices.ts";
import type { BroughtBlob, CodeInClone } from "../code-index/found.ts";
import { NOT_OURS, OURS_AT_FIRST } from "../code-index/hashes.ts";

/** Says of each of many object ids, twenty bytes each, whether it is in the organisation's index. */
export type CodeLookup = (oids: Buffer) => Promise<Uint8Array>;

export const OID_BYTES = 20;
/** Contents of one repository that are compared: as many as large projects have in all their versions. */
const MOST_BLOBS = 500_000;
/** Bytes of changes that are read to find which commit brought what was found. */
const MOST_BYTES = 128 * 2 ** 20;
const SECONDS = 60;

/** A clone that has all trees and no file. */
export interface ClonedCode {
  /** Ids of all contents that its history names, twenty bytes each; null where it could not be read within the limits. */
  names(): Promise<Buffer | null>;
  /** Where those of them came from that were found; null where that could not be read. */
  brought(oids: Buffer, found: Uint8Array): Promise<CodeInClone | null>;
}

/**
 * The contents of a clone by name: git says what is missing in it, which are all contents, each once. Where something is
 * found, the changes along the first parents say which commit brought it.
 */
export function clonedCode(path: string, settings: GitSettings): ClonedCode {
  const limited = (): GitSettings => {
    const limit = AbortSignal.timeout(SECONDS * 1_000);
    return { ...settings, signal: settings.signal ? AbortSignal.any([settings.signal, limit]) : limit };
  };
  return {
    names: () => namesIn(path, limited()),
    async brought(oids, found) {
      const wanted = new Map<string, number>();
      for (const [index, state] of found.entries())
        if (state !== NOT_OURS) wanted.set(oids.toString("hex", OID_BYTES * index, OID_BYTES * (index + 1)), state);
      const matched = wanted.size === 0 ? [] : await broughtIn(path, wanted, limited());
      return matched && { blobCount: found.length, matched };
    },
  };
}

/** The ids of all contents that the history names; null when there are too many, or git did not come to its end. */
async function namesIn(path: string, settings: GitSettings): Promise<Buffer | null> {
  const asked = ["rev-list", "--objects", "--missing=print", "--no-object-names", "HEAD", "--"];
  const child = startGit(["--git-dir", path, ...asked], settings);
  const ended = endOf(child);
  const pieces: Buffer[] = [];
  let count = 0;
  const turn = paced();
  const took = await readTokens(child.stdout, {
    end: "\n",
    async see(lines) {
      const ids = lines.flatMap((line) => (line.startsWith("?") ? [line.slice(1)] : []));
      count += ids.length;
      if (ids.length > 0) pieces.push(Buffer.from(ids.join(""), "hex"));
      await turn();
      return count <= MOST_BLOBS;
    },
  });
  if (!took) child.kill("SIGKILL");
  const { code } = await ended;
  return took && code === 0 ? Buffer.concat(pieces) : null;
}

const FORMAT = "--format=%x02%H %P";

/** The oldest commit of the first-parent line that adds each of the wanted contents, and where. */
async function broughtIn(
  path: string,
  wanted: ReadonlyMap<string, number>,
  settings: GitSettings,
): Promise<readonly BroughtBlob[] | null> {
  const plain = ["--no-ext-diff", "--no-textconv", "--no-color", "--no-show-signature", "--no-mailmap", "--no-notes"];
  const asked = ["log", "--first-parent", "-m", "--raw", "-z", "--no-renames", "--no-abbrev", FORMAT, ...plain];
  const child = startGit(["--git-dir", path, ...asked, "HEAD", "--"], settings);
  const ended = endOf(child);
  const found = new Map<string, BroughtBlob>();
  const take = changeReader((blob) => {
    const state = wanted.get(blob.oid);
    // Newest first, so that what comes later was there before.
    if (state !== undefined) found.set(blob.oid, { ...blob, atFirst: state === OURS_AT_FIRST });
  });
  let left = MOST_BYTES;
  const turn = paced();
  const took = await readTokens(child.stdout, {
    end: "\0",
    async see(tokens) {
      for (const token of tokens) {
        left -= token.length;
        take(token);
      }
      await turn();
      return left > 0;
    },
  });
  if (!took) child.kill("SIGKILL");
  const { code } = await ended;
  return took && code === 0 ? [...found.values()] : null;
}

/** Reads a header of a commit, then for each file of its change a line of facts and a path. */
function changeReader(see: (blob: Omit<BroughtBlob, "atFirst">) => void): (token: string) => void {
  let commit = { commit: "", parentCount: 0 };
  let oid: string | null = null;
  return (token) => {
    if (oid !== null) {
      if (oid !== "") see({ oid, path: token, ...commit });
      oid = null;
    } else if (token.startsWith("\x02")) {
      const [id = "", ...parents] = token.slice(1).trimEnd().split(" ");
      commit = { commit: id, parentCount: parents.filter(Boolean).length };
    } else {
      const [, mode = "", , after = ""] = /^\n?:\d+ (\d+) ([0-9a-f]+) ([0-9a-f]+) \w/.exec(token) ?? [];
      // What is deleted has no mode, and a submodule names a commit of another repository.
      oid = mode === "000000" || mode === "160000" ? "" : after;
    }
  };
}

/** Cuts what git prints into tokens and hands them on, those of a chunk together, until nobody wants more. */
async function readTokens(
  source: AsyncIterable<Buffer>,
  { end, see }: { readonly end: string; see(tokens: readonly string[]): Promise<boolean> },
): Promise<boolean> {
  let rest = "";
  // Bytes of a path that are no UTF-8 keep their number of characters, and the cut between chunks none in two.
  for await (const chunk of source) {
    const tokens = (rest + chunk.toString("latin1")).split(end);
    rest = tokens.pop() ?? "";
    if (rest.length > MOST_BYTES || !(await see(tokens.map(fromLatin)))) return false;
  }
  return rest === "" || see([fromLatin(rest)]);
}

const fromLatin = (text: string): string =>
  /[\x80-\xff]/.test(text) ? Buffer.from(text, "latin1").toString("utf8") : text;
