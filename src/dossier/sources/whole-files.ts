import type { ChangedFile } from "../../change/change.ts";
import { textBefore } from "../../change/diff/text-before.ts";
import { isLockFile } from "../../change/packages/in-change.ts";
import { wantsWhole } from "../../change/places.ts";
import type { RepositoryAddress } from "../../ids.ts";
import { type DossierGateway, HEAD_FILES_PER_REQUEST } from "../gateway.ts";

/** Three requests: more files that run something than this are not looked at whole. */
const MAX_FILES = 3 * HEAD_FILES_PER_REQUEST;
/** Of both sides of all files of a change. Lock files are not kept whole, so their length is no matter here. */
const MAX_KEPT_CHARS = 2 ** 19;

/**
 * The files of a head with whole texts where what stands around a change decides what it does: as the head has them, and
 * as they were, which the hunks tell. 1 request for ten of them, at most 3, none where there are none. A file that
 * cannot be had, does not fit its hunks, or is too long, keeps its hunks alone.
 */
export async function withWholeFiles(
  gateway: Pick<DossierGateway, "headFiles">,
  head: { readonly repository: RepositoryAddress; readonly headSha: string },
  files: readonly ChangedFile[],
): Promise<readonly ChangedFile[]> {
  const paths = files.filter(isWanted).map(({ path }) => path);
  // What is short comes first.
  const asked = [...paths.filter((path) => !isLockFile(path)), ...paths.filter(isLockFile)].slice(0, MAX_FILES);
  const whole = new Map<string, ChangedFile>();
  let left = MAX_KEPT_CHARS;
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (let from = 0; from < asked.length; from += HEAD_FILES_PER_REQUEST) {
    const answer = await gateway.headFiles({ ...head, paths: asked.slice(from, from + HEAD_FILES_PER_REQUEST) });
    if (!answer.ok) break;
    for (const [path, text] of answer.value) {
      const file = byPath.get(path);
      const texts = file && textsOf(file, text);
      if (!file || !texts) continue;
      const length = isLockFile(path) ? 0 : (texts.before?.length ?? 0) + text.length;
      if (length > left) continue;
      left -= length;
      whole.set(path, { ...file, texts });
    }
  }
  return files.map((file) => whole.get(file.path) ?? file);
}

/** A new file's hunks are all of it, and a copy's are a comparison with a file that stays. */
function isWanted({ status, path, previousPath, hunks, additions, deletions }: ChangedFile): boolean {
  if (!wantsWhole(path) && !wantsWhole(previousPath ?? "")) return false;
  if (status === "added") return hunks === null;
  if (status === "modified" || status === "changed") return hunks !== null;
  return status === "renamed" && (hunks !== null || additions + deletions === 0);
}

function textsOf({ status, hunks }: ChangedFile, after: string): ChangedFile["texts"] | null {
  if (status === "added") return { before: null, after };
  const before = textBefore(after, hunks ?? []);
  return before === null ? null : { before, after };
}
