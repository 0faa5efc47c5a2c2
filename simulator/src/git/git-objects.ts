import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import type { GitObject } from "../world/world-history.ts";

/** The name git gives an object: SHA-1 over its kind, its size and itself. */
export const shaOf = ({ kind, data }: GitObject): string =>
  createHash("sha1").update(`${kind} ${data.length}\0`).update(data).digest("hex");

/** The trees of a folder, the outermost last; `files` is path to blob. */
export function treesOf(files: ReadonlyMap<string, string>): readonly GitObject[] {
  const made: GitObject[] = [];
  const folders = new Map<string, Map<string, string>>();
  const entries: Entry[] = [];
  for (const [path, blob] of files) {
    const slash = path.indexOf("/");
    if (slash < 0) entries.push({ mode: "100644", name: path, sha: blob });
    else {
      const folder = folders.get(path.slice(0, slash)) ?? new Map<string, string>();
      folders.set(path.slice(0, slash), folder.set(path.slice(slash + 1), blob));
    }
  }
  for (const [name, inside] of folders) {
    const trees = treesOf(inside);
    made.push(...trees);
    entries.push({ mode: "40000", name, sha: shaOf(last(trees)) });
  }
  const rows = entries
    .toSorted(asGitSorts)
    .flatMap(({ mode, name, sha }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, "hex")]);
  return [...made, { kind: "tree", data: Buffer.concat(rows) }];
}

interface Entry {
  readonly mode: "100644" | "40000";
  readonly name: string;
  readonly sha: string;
}

/** By bytes, with folders as if their names ended with a slash; git refuses a tree in any other order. */
const asGitSorts = (a: Entry, b: Entry): number => Buffer.compare(sortKey(a), sortKey(b));
const sortKey = ({ mode, name }: Entry): Buffer => Buffer.from(mode === "40000" ? `${name}/` : name);

function last(trees: readonly GitObject[]): GitObject {
  const tree = trees.at(-1);
  if (tree === undefined) throw new Error("simulator/git: a folder always has a tree");
  return tree;
}

const KIND = { commit: 1, tree: 2, blob: 3 } as const;

/** A pack of whole objects, as `git index-pack` reads it. */
export function packOf(objects: Iterable<GitObject>): Buffer {
  const all = [...objects];
  const header = Buffer.alloc(12);
  header.write("PACK");
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(all.length, 8);
  const body = Buffer.concat([header, ...all.flatMap(({ kind, data }) => [sizeOf(kind, data), deflateSync(data)])]);
  return Buffer.concat([body, createHash("sha1").update(body).digest()]);
}

/** Kind and size: four bits of the size beside the kind, then seven to a byte, the high bit set while more follow. */
function sizeOf(kind: GitObject["kind"], data: Buffer): Buffer {
  const bytes = [(KIND[kind] << 4) | (data.length & 15)];
  for (let rest = data.length >> 4; rest > 0; rest >>= 7) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 128;
    bytes.push(rest & 127);
  }
  return Buffer.from(bytes);
}
