import type { ActionsFiles } from "../actions/runs-heads.ts";
import type { Blobs } from "./blobs.ts";

const MAX_TREE_BYTES = 2 ** 20;
const MAX_FILE_BYTES = 2 ** 20;
/** Real repositories have a few dozen. */
const MAX_FILES = 200;
const FOLDER = ".github/workflows";

/** The workflows that stand in a tree, without checking it out; two reads of git for each. */
export async function workflowsAt(tree: string, blobs: Blobs): Promise<ActionsFiles> {
  const id = await blobs.resolve(`${tree}:${FOLDER}`);
  const folder = id === null ? null : await blobs.read(id, MAX_TREE_BYTES);
  const entries = folder === null ? [] : entriesOf(folder.bytes, id?.length ?? 40);
  const files: { readonly path: string; readonly text: string }[] = [];
  const missing: { readonly path: string }[] = [];
  for (const [at, { name, oid }] of entries.filter((entry) => /\.ya?ml$/i.test(entry.name)).entries()) {
    const path = `${FOLDER}/${name}`;
    const blob = at < MAX_FILES ? await blobs.read(oid, MAX_FILE_BYTES) : null;
    if (blob === null || blob.size > MAX_FILE_BYTES) missing.push({ path });
    else files.push({ path, text: blob.bytes.toString("utf8") });
  }
  return { files, missing };
}

/** A tree as git stores it: a mode, a name, a NUL and the bytes of an id for each entry. */
function entriesOf(tree: Buffer, idLength: number): readonly { readonly name: string; readonly oid: string }[] {
  const entries: { readonly name: string; readonly oid: string }[] = [];
  for (let from = 0; from < tree.length; ) {
    const nul = tree.indexOf(0, from);
    const next = nul + 1 + idLength / 2;
    if (nul < 0 || next > tree.length) break;
    const [, name = ""] = /^\d+ (.*)$/s.exec(tree.toString("utf8", from, nul)) ?? [];
    entries.push({ name, oid: tree.toString("hex", nul + 1, next) });
    from = next;
  }
  return entries;
}
