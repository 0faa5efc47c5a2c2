import type { Steps } from "../../slices.ts";

/** Who finds packages: the name that pages and tables use. */
export type EcosystemId = "npm" | "cargo" | "go" | "pypi" | "maven" | "gradle" | "ruby" | "composer" | "git";

/**
 * What a file is to its package manager. `lock` files say what was resolved, `settings` where from and how strictly;
 * `code` is run by an install, build or test, and read for a few statements alone; of a `program` only its hash is taken.
 */
export type Role = "manifest" | "lock" | "settings" | "code" | "program";

/** One ecosystem: which files it reads, and what one of them says. */
export interface Ecosystem {
  readonly id: EcosystemId;
  /** By path alone; null for files of others. */
  reads(path: string): Role | null;
  /** Reads a whole file. Linear in its length, a step every few thousand characters; never throws. */
  read(path: string, text: string): Steps<PackageFile | Unreadable>;
  /** A lock file in parts that mean the same wherever they stand; null for a text that is not so plain. */
  parts?(path: string, text: string): Steps<LockForm | null>;
}

/** A lock file whose parts can be read by themselves, to what `read` makes of the whole. */
export interface LockForm {
  /** What decides besides its text what a part means. */
  readonly dialect: string;
  /** Where the part ends that begins here: behind a line, or at the end. What stands before it has no say. */
  endOf(from: number): number;
  /** True where it says which names are asked for. */
  readonly asks: boolean;
  /** Lines are those of the part. Null where what stands around it has a say. */
  read(part: string): Steps<LockPart | null>;
}

export interface LockPart extends Pick<PackageFile, "hooks" | "dependencies"> {
  readonly asked: readonly string[];
}

/** What one manifest, lock file or settings file says. Everything in it was written by whoever pushed it. */
export interface PackageFile {
  readonly hooks: readonly Hook[];
  readonly dependencies: readonly Dependency[];
  readonly registries: readonly Registry[];
  readonly weakened: readonly Weakened[];
  /** In lock files the names that its entries, or its copy of the manifest, ask for; null where it does not say. */
  readonly asked: ReadonlySet<string> | null;
  /** Of the whole file where only a part of its entries is here: those from a registry's address. */
  readonly addressed?: number;
  /** Those among them that have no hash. */
  readonly unhashed?: number;
}

/** A lock file that was read whole, without the entries that stand on both sides alike. */
export interface LockExcerpt extends Omit<Required<PackageFile>, "asked"> {
  /** Of the names that are asked for those that an entry here has; null where the file does not say. */
  readonly asked: readonly string[] | null;
}

/** A file of an ecosystem that could not be read; it says nothing, neither good nor bad. */
export interface Unreadable {
  readonly unreadable: string;
  /** 1-based line where reading stopped. */
  readonly line: number;
}

/**
 * When a command runs: `install` for everybody who installs the package or the checkout, `prepare` for those who work
 * in the checkout, `build` with each build or test, `git` with git's own commands, `program` with every command of a package manager, `fetch` for a statement in such code
 * that loads something or starts another program, `inside` for the install script of a dependency that a lock names.
 */
export type HookMoment = "install" | "prepare" | "build" | "git" | "program" | "fetch" | "inside";

export interface Hook {
  readonly moment: HookMoment;
  /** As its tool calls it: `postinstall`, `build.rs`. */
  readonly name: string;
  /** The command as written; empty where the file itself is what runs. */
  readonly command: string;
  /** The same with the scripts of the file that it calls put in their place; absent where it calls none. */
  readonly runs?: string;
  readonly line: number;
}

export type SourceKind = "registry" | "git" | "url" | "path" | "workspace";

/** Where a package comes from. */
export interface Source {
  readonly kind: SourceKind;
  /** Lower-cased, without port; null where the file names none. */
  readonly host: string | null;
  /** First part of the path on a git host, lower-cased: the account that owns it. */
  readonly owner: string | null;
  /** True for plain http and the unauthenticated git protocol. */
  readonly plain: boolean;
  /** As written, without credentials. */
  readonly spec: string;
}

export interface Integrity {
  /** Lower-cased: `sha512`, `sha1`, `sha256`, or the name of a format of its own. */
  readonly algorithm: string;
  readonly value: string;
}

export interface Dependency {
  readonly name: string;
  /** The package that really comes; differs from `name` for an alias, a replacement or another package's URL. */
  readonly resolvesTo: string;
  /** True where the file itself declares that another package comes under this name. */
  readonly declaredAlias: boolean;
  readonly source: Source;
  /** Range in a manifest, version in a lock file; null where neither is written. */
  readonly version: string | null;
  /** Empty where the file gives none. */
  readonly integrity: readonly Integrity[];
  readonly line: number;
}

export interface Registry {
  /** Which packages come from it: `` for all, `+` for beside others, else a scope, group or name. */
  readonly scope: string;
  readonly source: Source;
  readonly line: number;
}

/** A protection that is switched off, or a right given to code of packages. */
export interface Weakened {
  /** Begins with `no ` for a protection that the file does not have: news where it had it before. */
  readonly setting: string;
  /** How grave it is by itself. */
  readonly grade: "high" | "medium" | "low";
  /** What it lets happen: ends a sentence that begins with "lets". */
  readonly lets: string;
  readonly line: number;
}

export const NOTHING: PackageFile = { hooks: [], dependencies: [], registries: [], weakened: [], asked: null };

export const isUnreadable = (read: object): read is Unreadable => "unreadable" in read;

/** A file that may be filled while it is read. */
export interface Draft {
  readonly hooks: Hook[];
  readonly dependencies: Dependency[];
  readonly registries: Registry[];
  readonly weakened: Weakened[];
  asked: Set<string> | null;
}

export const draft = (): Draft => ({ hooks: [], dependencies: [], registries: [], weakened: [], asked: null });

/** The usual dependency: it is what it is called, and no hash is written. */
export function dependency(given: Pick<Dependency, "name" | "source" | "line"> & Partial<Dependency>): Dependency {
  return { resolvesTo: given.name, declaredAlias: false, version: null, integrity: [], ...given };
}
