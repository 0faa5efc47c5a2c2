import type { ChangedFile } from "./change.ts";

/**
 * What whoever judges change after change keeps of what was read, so that a file that one change leaves and the next one
 * finds is read once. It goes when they let it go; where there is none, as in the service, nothing outlasts a change.
 */
export type Memory = object;

const OF_FILE = new WeakMap<ChangedFile, Memory>();

export function remember(files: readonly ChangedFile[], memory: Memory): void {
  for (const file of files) OF_FILE.set(file, memory);
}

/** What is kept for the file's change and those around it; a new one where nobody keeps any. */
export const memoryOf = (file: ChangedFile): Memory => OF_FILE.get(file) ?? {};

/** One thing that is kept in every memory, made when it is first asked for. */
export function keptIn<Store>(make: () => Store): (memory: Memory) => Store {
  const stores = new WeakMap<Memory, Store>();
  return (memory) => {
    const known = stores.get(memory) ?? make();
    stores.set(memory, known);
    return known;
  };
}
