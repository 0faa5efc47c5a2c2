import type { z } from "zod";
import type { Rule } from "./rules.ts";

/** One key that may stand in the policy file. */
export interface FileKey<T> {
  /** What may be written. */
  readonly schema: z.ZodType<T>;
  /** What it does, in sentences that documentation and the JSON Schema repeat. */
  readonly about: string;
  /** What may be written, in words that error messages repeat too. */
  readonly allowed: string;
}

/** One key of the policy: all there is to say of it. */
export interface Key<T> extends FileKey<T> {
  /** What applies where nobody wrote it. */
  readonly default: T;
  /** How a repository's file may change what the organisation's says. */
  readonly tighten: Rule<T>;
}

/** Keys by name, in sections as they stand in the file. */
export interface PolicySection<K extends FileKey<unknown> = Key<unknown>> {
  readonly [name: string]: K | PolicySection<K>;
}

/** What the keys of a section are when all of them have a value. */
export type Values<S> = { readonly [Name in keyof S]: S[Name] extends Key<infer T> ? T : Values<S[Name]> };

/** What of a section may stand in a file: every key may be left out. */
export type Written<S> = {
  readonly [Name in keyof S]?: (S[Name] extends FileKey<infer T> ? T : Written<S[Name]>) | undefined;
};

/** Takes the type of the key from its schema alone. */
export const key = <T>(of: FileKey<T> & { readonly default: NoInfer<T>; readonly tighten: NoInfer<Rule<T>> }): Key<T> =>
  of;

export const isKey = <K extends FileKey<unknown>>(node: K | PolicySection<K>): node is K =>
  typeof node.about === "string";

/** Every key below a section with the names that lead to it, in the order of the file. */
export function keysOf<K extends FileKey<unknown>>(
  section: PolicySection<K>,
  path: Path = [],
): readonly (readonly [Path, K])[] {
  return Object.entries(section).flatMap(([name, node]) => {
    const here = [...path, name];
    return isKey(node) ? [[here, node] as const] : keysOf(node, here);
  });
}

type Path = readonly string[];

/** One value for each key of a section, in the section's shape. */
export function valuesOf<S extends PolicySection>(
  section: S,
  settle: (path: Path, key: Key<unknown>) => unknown,
  path: Path = [],
): Values<S> {
  const values = Object.entries<Key<unknown> | PolicySection>(section).map(([name, node]) => {
    const here = [...path, name];
    return [name, isKey(node) ? settle(here, node) : valuesOf(node, settle, here)];
  });
  // The shape is the section's by construction, which the compiler cannot follow.
  return Object.fromEntries(values) as Values<S>;
}

/** What a file says at a path; undefined when it does not say it. */
export const writtenAt = (file: object, path: Path): unknown =>
  path.reduce<unknown>(
    (value, name) => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined),
    file,
  );
