/** The files by path: which of them are read before a budget is spent must not hang on how they were listed. */
export const inPathOrder = <T extends { readonly path: string }>(files: readonly T[]): readonly T[] =>
  files.toSorted((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
