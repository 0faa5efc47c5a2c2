import type { Text, Tree, TreeMap } from "./yaml-tree.ts";

/** The value under a name, whatever case it is written in; null when it is absent or has no value. */
export function at(tree: Tree | null, name: string): Tree | null {
  const value = entriesOf(tree).find(({ key }) => key.text.toLowerCase() === name)?.value;
  return value === undefined || (value.kind === "text" && value.text === "") ? null : value;
}

/** The same with the line of its key, so that what is said covers both. */
export function entryAt(tree: Tree | null, name: string): TreeMap["entries"][number] | null {
  return entriesOf(tree).find(({ key }) => key.text.toLowerCase() === name) ?? null;
}

export const textAt = (tree: Tree | null, name: string): Text | null => asText(at(tree, name));

export const asText = (tree: Tree | null): Text | null => (tree?.kind === "text" ? tree : null);

export const entriesOf = (tree: Tree | null): TreeMap["entries"] => (tree?.kind === "map" ? tree.entries : []);

/** The items of a list, the names of a map, or the one text that stands where a list may. */
export function textsOf(tree: Tree | null): readonly Text[] {
  if (tree === null) return [];
  if (tree.kind === "text") return [tree];
  if (tree.kind === "map") return tree.entries.map(({ key }) => key);
  return tree.items.flatMap((item) => (item.kind === "text" ? [item] : []));
}

/** The texts of a map by name; deeper values are left out. */
export const textEntries = (tree: Tree | null): readonly { readonly name: string; readonly value: Text }[] =>
  entriesOf(tree).flatMap(({ key, value }) => (value.kind === "text" ? [{ name: key.text, value }] : []));

/** Every text below, keys included, in file order. Its walk is as long as `readTrees` allows values. */
export function* allTexts(tree: Tree): Generator<Text> {
  if (tree.kind === "text") yield tree;
  else if (tree.kind === "list") for (const item of tree.items) yield* allTexts(item);
  else
    for (const { key, value } of tree.entries) {
      yield key;
      yield* allTexts(value);
    }
}

/**
 * Line of a place in a text. Folding and quoting move characters, so the word that stands there is looked for in the
 * source, the same one of its kind; the first line where an escape hides it.
 */
export function lineOf({ text, source, line }: Text, index: number): number {
  const word = /^\S{1,24}/.exec(text.slice(index, index + 24))?.[0];
  if (word === undefined || !source.includes("\n")) return line;
  let found = -1;
  for (let seen = text.indexOf(word); seen >= 0 && seen <= index; seen = text.indexOf(word, seen + word.length))
    found = source.indexOf(word, found < 0 ? 0 : found + word.length);
  return found < 0 ? line : line + countFeeds(source, found);
}

function countFeeds(source: string, end: number): number {
  let count = 0;
  for (let at = source.indexOf("\n"); at >= 0 && at < end; at = source.indexOf("\n", at + 1)) count += 1;
  return count;
}
