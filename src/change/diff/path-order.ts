import type { ChangedFile } from "../change.ts";

/** The files by path: which of them are read before a budget is spent must not hang on how they were listed. */
export const inPathOrder = (files: readonly ChangedFile[]): readonly ChangedFile[] =>
  files.toSorted((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
