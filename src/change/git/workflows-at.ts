import type { ActionsFiles } from "../actions/runs-heads.ts";
import type { Blobs } from "./blobs.ts";

const MAX_TREE_BYTES = 2 ** 20;
const MAX_FILE_BYTES = 2 ** 20;
/** Real repositories have a few dozen. */
const MAX_FILES = 200;
const FOLDER = ".github/workflows";

/** The workflows that stand in a tree, without checking it out; two questions to git and one for all their contents. */
export async function workflowsAt(tree: string, blobs: Blobs): Promise<ActionsFiles> {
  const [id = null] = await blobs.resolve([`${tree}:${FOLDER}`]);
  const folder = id === null ? null : await blobs.read([id], MAX_TREE_BYTES)();
  const entries = folder === null ? [] : entriesOf(folder.bytes, id?.length ?? 40);
  const workflows = entries.filter(({ name }) => /\.ya?ml$/i.test(name));
  const readable = workflows.slice(0, MAX_FILES);
  const next = blobs.read(
    readable.map(({ oid }) => oid),
    MAX_FILE_BYTES,
  );
  const files: { readonly path: string; readonly text: string }[] = [];
  const missing = workflows.slice(MAX_FILES).map(({ name }) => ({ path: `${FOLDER}/${name}` }));
  for (const { name } of readable) {
    const path = `${FOLDER}/${name}`;
    const blob = await next();
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
