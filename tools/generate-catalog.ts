/**
 * Writes what follows from the signals' own files: src/signals/catalog.ts, src/signals/versions.json and docs/signals.
 * `--check` writes nothing and exits 1 when something is out of date. A signal whose code changed since the last commit
 * keeps its old lock until its version is raised, so that assessments of one engine can be told from those of another;
 * once it is, it may change again and again until it is committed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { SignalMeta } from "../src/signals/signal.ts";
import { codeOf, type ReadFile } from "./code-closure.ts";
import { judging, weighing } from "./observers.ts";
import { signalIndexPage, signalPage } from "./signal-page.ts";

const root = resolve(import.meta.dirname, "..");
const signalsFolder = join(root, "src/signals");
const docsFolder = join(root, "docs/signals");
const lockFile = join(signalsFolder, "versions.json");

export interface Lock {
  readonly version: number;
  readonly sha256: string;
}

/** What the generated files should contain, by path, and what a person has to mend first. */
export interface Generated {
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

const readSource: ReadFile = (path) => readFileSync(join(root, "src", path), "utf8");
const pathsOfSignals = (): readonly string[] =>
  globSync("*/*.ts", { cwd: signalsFolder }).sort((a, b) => (basename(a) < basename(b) ? -1 : 1));

/** Reads every signal and returns the generated files without writing them. */
export async function generate(): Promise<Generated> {
  const paths = pathsOfSignals();
  const signals = await Promise.all(paths.map(load));
  const metas = signals.map(({ meta }) => meta);
  const now = fingerprints(signals, readSource);
  const written = signals.map(({ path, meta: { id, version } }) => ({
    ...{ path, id },
    lock: { version, sha256: now.signals.get(id) ?? "" },
  }));
  const { locks, problems } = lockedBy(committedLocks(), written);
  const files = new Map([
    [join(signalsFolder, "catalog.ts"), catalog(paths, metas, now.engine.slice(0, 12))],
    [lockFile, `${JSON.stringify(locks, null, 2)}\n`],
    [join(docsFolder, "README.md"), signalIndexPage(metas)],
    ...metas.map((meta): [string, string] => [join(docsFolder, `${meta.id}.md`), signalPage(meta)]),
  ]);
  return { files, problems };
}

type Locks = Readonly<Record<string, Lock>>;

/** The locks of the last commit; those of the working copy where there is no git, as in an archive of the sources. */
function committedLocks(): Locks {
  const shown = spawnSync("git", ["show", "HEAD:./src/signals/versions.json"], { cwd: root, encoding: "utf8" });
  if (shown.status === 0) return JSON.parse(shown.stdout);
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, "utf8")) : {};
}

/** The new locks, and the signals whose version has to be raised before they get one. */
export function lockedBy(
  committed: Locks,
  signals: readonly { readonly path: string; readonly id: string; readonly lock: Lock }[],
): { readonly locks: Locks; readonly problems: readonly string[] } {
  const settled = signals.map(({ path, id, lock }) => {
    const before = committed[id];
    const isStale =
      before !== undefined &&
      (lock.version < before.version || (lock.version === before.version && lock.sha256 !== before.sha256));
    const problem = `src/signals/${path}: changed since version ${before?.version}; raise its version`;
    return { id, lock: isStale ? before : lock, problems: isStale ? [problem] : [] };
  });
  return {
    locks: Object.fromEntries(settled.map(({ id, lock }) => [id, lock])),
    problems: settled.flatMap(({ problems }) => problems),
  };
}

interface Loaded {
  /** Below `src/signals`. */
  readonly path: string;
  readonly meta: SignalMeta;
}

async function load(path: string): Promise<Loaded> {
  const module: { readonly default: SignalMeta } = await import(pathToFileURL(join(signalsFolder, path)).href);
  return { path, meta: module.default };
}

/** Hashes over what decides each signal, by id, and over everything that decides an assessment. */
export function fingerprints(
  signals: readonly Loaded[],
  read: ReadFile,
): { readonly signals: ReadonlyMap<string, string>; readonly engine: string } {
  const code = codeOf(read);
  const files = signals.map(({ path, meta }) => judging(code, `signals/${path}`, meta));
  return {
    signals: new Map(signals.map(({ meta }, index) => [meta.id, code.fingerprint(files[index] ?? [])])),
    engine: code.fingerprint(new Set([...weighing(code), ...files.flatMap((each) => [...each])])),
  };
}

function catalog(paths: readonly string[], metas: readonly SignalMeta[], digest: string): string {
  const variable = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const byPath = paths
    .map((path, index) => ({ path, id: metas[index]?.id ?? "" }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return [
    "// Generated by tools/generate-catalog.ts; do not edit.",
    ...byPath.map(({ path, id }) => `import ${variable(id)} from "./${path}";`),
    'import type { Signal } from "./signal.ts";',
    "",
    "/** Every signal, by id. */",
    "export const CATALOG: readonly Signal[] = [",
    ...metas.map(({ id }) => `  ${variable(id)},`),
    "];",
    "",
    "/** Hash over all code that decides an assessment: signals, what observes for them, what weighs them. */",
    `export const ENGINE_DIGEST = "${digest}";`,
    "",
  ].join("\n");
}

/** Files under docs/signals that no signal accounts for. */
function leftovers(files: ReadonlyMap<string, string>): readonly string[] {
  if (!existsSync(docsFolder)) return [];
  return readdirSync(docsFolder)
    .map((each) => join(docsFolder, each))
    .filter((path) => !files.has(path));
}

/** Paths that differ from what the signals say; empty when everything is up to date. */
export function outdated(files: ReadonlyMap<string, string>): readonly string[] {
  const different = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, "utf8") !== text);
  return [...different.map(([path]) => path), ...leftovers(files)].map((path) => path.slice(root.length + 1));
}

async function main(): Promise<void> {
  const { files, problems } = await generate();
  const stale = outdated(files);
  if (!process.argv.includes("--check")) {
    mkdirSync(docsFolder, { recursive: true });
    for (const path of leftovers(files)) rmSync(path);
    for (const [path, text] of files) writeFileSync(path, text);
  }
  const checked = process.argv.includes("--check")
    ? stale.map((path) => `${path}: out of date; run node tools/generate-catalog.ts`)
    : [];
  for (const line of [...problems, ...checked]) process.stderr.write(`${line}\n`);
  if (problems.length + checked.length > 0) process.exitCode = 1;
}

if (import.meta.main) await main();
