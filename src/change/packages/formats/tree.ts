/** What JSON, YAML, TOML and XML files become: a tree that keeps lines, repeated keys and keys of any name. */
export type Tree = Scalar | Fields | Items;

export interface Scalar {
  readonly kind: "scalar";
  readonly text: string;
  /** False for bare literals such as `true`, `null` and numbers. */
  readonly quoted: boolean;
  readonly line: number;
}

export interface Fields {
  readonly kind: "map";
  readonly fields: Field[];
  readonly line: number;
}

export interface Field {
  readonly key: string;
  value: Tree;
  readonly line: number;
}

export interface Items {
  readonly kind: "list";
  readonly items: Tree[];
  readonly line: number;
}

/** Deeper nesting than any file of a package manager has. */
export const MAX_DEPTH = 100;

export const scalar = (text: string, line: number, quoted = true): Scalar => ({ kind: "scalar", text, quoted, line });
export const map = (line: number): Fields => ({ kind: "map", fields: [], line });
export const list = (line: number): Items => ({ kind: "list", items: [], line });

/** Fields of a map in order, repeated ones included; none for anything else. */
export function fieldsOf(tree: Tree | undefined): readonly Field[] {
  return tree?.kind === "map" ? tree.fields : [];
}

export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === "list" ? tree.items : [];
}

/** The value under keys from the outside in; of a repeated key the last, as readers of JSON do. */
export function at(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  let found = tree;
  for (const key of keys) found = fieldsOf(found).findLast((field) => field.key === key)?.value;
  return found;
}

export function textOf(tree: Tree | undefined): string | null {
  return tree?.kind === "scalar" ? tree.text : null;
}

/** The text under keys, null where there is none. */
export const textAt = (tree: Tree | undefined, ...keys: readonly string[]): string | null => textOf(at(tree, ...keys));

/** The texts of a list; a single text counts as a list of one. */
export function textsOf(tree: Tree | undefined): readonly Scalar[] {
  if (tree?.kind === "scalar") return [tree];
  return itemsOf(tree).filter((item) => item.kind === "scalar");
}
