import { registerHooks, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ROOT, textOf } from "./files.ts";

// A process that runs one test file after another, each against a changed source that stands in memory alone. What
// leads to the changed file is read anew for each change, all else stays loaded, so that most runs take some tens of
// milliseconds.

export interface TestRun {
  /** Names the change: the test files that are run against it share its modules. */
  readonly change: string;
  readonly path: string;
  /** What is run instead of that file. */
  readonly text: string;
  /** The files that lead to it. */
  readonly readers: readonly string[];
  readonly test: string;
}

export interface TestResult {
  readonly passed: boolean;
  /** The first line of the first failure. */
  readonly why: string;
}

interface FileResult {
  readonly numFailingTests: number;
  readonly failureMessage: string;
}

let run: TestRun | undefined;
let readers: ReadonlySet<string> = new Set();
const stripped = new Map<string, string>();

/** The path of a file that each change has a copy of; null for what all share. */
function ownOf(url: string): string | null {
  if (!url.startsWith(pathToFileURL(`${ROOT}/`).href)) return null;
  const path = fileURLToPath(url).slice(ROOT.length + 1);
  return readers.has(path) ? path : null;
}

function code(path: string): string {
  const text = stripped.get(path) ?? stripTypeScriptTypes(textOf(path));
  stripped.set(path, text);
  return text;
}

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const path = ownOf(found.url);
    if (path === null || run === undefined) return found;
    const url = pathToFileURL(join(ROOT, path));
    url.searchParams.set("change", run.change);
    if (path === run.test) url.searchParams.set("run", found.url.split("?")[1] ?? "");
    return { ...found, url: url.href };
  },
  load(url, context, next) {
    const path = ownOf(url);
    if (path === null || run === undefined) return next(url, context);
    return { format: "module", source: path === run.path ? run.text : code(path), shortCircuit: true };
  },
});

// The part of the tests' own runner that runs a file in this process; its package does not export it.
const runner: { default(path: string): Promise<FileResult>; setWorkerData(data: unknown): void } = await import(
  pathToFileURL(join(ROOT, "node_modules/jest-light-runner/src/worker-runner.js")).href
);
runner.setWorkerData({
  globalConfig: { expand: false, updateSnapshot: "none", testNamePattern: null },
  projectConfig: {
    rootDir: ROOT,
    setupFiles: [],
    setupFilesAfterEnv: [],
    snapshotSerializers: [],
    snapshotFormat: {},
    slowTestThreshold: 5,
    transform: [],
    transformIgnorePatterns: [],
  },
  runtime: "main_thread",
});

process.on("message", async (asked: TestRun) => {
  run = asked;
  readers = new Set(asked.readers);
  process.send?.(await resultOf(asked.test));
});

async function resultOf(test: string): Promise<TestResult> {
  try {
    const { numFailingTests, failureMessage } = await runner.default(join(ROOT, test));
    return { passed: numFailingTests === 0, why: failureMessage.slice(0, 500) };
  } catch (error) {
    return { passed: false, why: String(error).slice(0, 500) };
  }
}

// A change may break a promise that nobody waits for.
process.on("unhandledRejection", () => undefined);
process.send?.("ready");
