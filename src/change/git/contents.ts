import type { ChangedFile, Sides } from "../change.ts";
import { contentOf } from "../content.ts";
import { hunkBetween } from "../diff/lines-between.ts";
import type { Blobs } from "./blobs.ts";

/** Lock files are the largest of those that are read whole. */
const MAX_WHOLE_BYTES = 8 * 2 ** 20;
/** Files of one change whose contents are fetched; the rest keeps its hunks. */
const MAX_READ_FILES = 400;

interface Compared {
  readonly file: ChangedFile;
  readonly objects: Sides<string> | null;
}

/**
 * The files with what their hunks leave out: whole texts where they are wanted, lines where git took a text for binary
 * because of its encoding or a NUL, and what a binary is. Two reads of git a file that is read.
 */
export async function withContents(
  compared: readonly Compared[],
  blobs: Blobs,
  wantsWhole: (path: string) => boolean,
): Promise<readonly ChangedFile[]> {
  let left = MAX_READ_FILES;
  const files: ChangedFile[] = [];
  for (const { file, objects } of compared) {
    const wanted =
      isBlob(file) && (file.hunks === null || wantsWhole(file.path) || wantsWhole(file.previousPath ?? ""));
    if (!wanted || objects === null || left <= 0) files.push(file);
    else {
      left -= 1;
      files.push(filled(file, await side(objects.before, blobs), await side(objects.after, blobs)));
    }
  }
  return files;
}

/** A submodule's object is a commit of somewhere else. */
const isBlob = ({ kinds }: ChangedFile): boolean => kinds?.before !== "submodule" && kinds?.after !== "submodule";

type Content = ReturnType<typeof contentOf> | "absent" | "unread";

async function side(id: string | null, blobs: Blobs): Promise<Content> {
  if (id === null) return "absent";
  const blob = await blobs.read(id, MAX_WHOLE_BYTES);
  return blob === null || blob.size > MAX_WHOLE_BYTES ? "unread" : contentOf(blob.bytes);
}

function filled(file: ChangedFile, before: Content, after: Content): ChangedFile {
  const binary = { before: binaryOf(before), after: binaryOf(after) };
  const binaries = binary.before !== null || binary.after !== null ? { binary } : {};
  if (before === "unread" || after === "unread" || "binary" in binaries) return { ...file, ...binaries };
  const texts = { before: textOf(before), after: textOf(after) };
  if (file.hunks !== null) return { ...file, texts };
  const hunk = hunkBetween(texts.before ?? "", texts.after ?? "");
  const hunks = hunk === null ? [] : [hunk];
  return { ...file, texts, hunks };
}

const binaryOf = (content: Content) => (typeof content === "object" && "binary" in content ? content.binary : null);
const textOf = (content: Content) => (typeof content === "object" && "text" in content ? content.text : null);
