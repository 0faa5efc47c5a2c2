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
 * because of its encoding or a NUL, and what a binary is. All is asked of git at once.
 */
export async function withContents(
  compared: readonly Compared[],
  blobs: Blobs,
  wantsWhole: (path: string) => boolean,
): Promise<readonly ChangedFile[]> {
  const isWanted = ({ file, objects }: Compared): boolean =>
    objects !== null &&
    isBlob(file) &&
    (file.hunks === null || wantsWhole(file.path) || wantsWhole(file.previousPath ?? ""));
  const wanted = new Set(compared.filter(isWanted).slice(0, MAX_READ_FILES));
  const ids = [...wanted].flatMap(({ objects }) => [objects?.before, objects?.after].filter((id) => id != null));
  const next = blobs.read(ids, MAX_WHOLE_BYTES);
  const files: ChangedFile[] = [];
  for (const each of compared) {
    const { file, objects } = each;
    if (!wanted.has(each)) files.push(file);
    else {
      const before = await side(objects?.before ?? null, next);
      files.push(filled(file, before, await side(objects?.after ?? null, next)));
    }
  }
  return files;
}

/** A submodule's object is a commit of somewhere else. */
const isBlob = ({ kinds }: ChangedFile): boolean => kinds?.before !== "submodule" && kinds?.after !== "submodule";

type Content = ReturnType<typeof contentOf> | "absent" | "unread";

async function side(id: string | null, next: ReturnType<Blobs["read"]>): Promise<Content> {
  if (id === null) return "absent";
  const blob = await next();
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
