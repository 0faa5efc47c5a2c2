import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import { type Change, changed } from "./changes.ts";
import { textOf } from "./files.ts";
import type { TestResult, TestRun } from "./worker.ts";

/** A change and the first test file that failed for it; null when all that lead to it passed. */
export interface Result {
  readonly change: Change;
  readonly noticed: string | null;
}

export interface JudgeOptions {
  /** All files that lead to one, by what they import when they run. */
  readersOf(path: string): ReadonlySet<string>;
  /** The test files among them. */
  testsOf(readers: ReadonlySet<string>): readonly string[];
  report(result: Result): void;
}

/** A process keeps every copy of a module that it ever read, so another takes its place now and then. */
const CHANGES_PER_PROCESS = 40;
/** A change can make a loop endless: that is noticed too. */
const HANGS_AFTER_MS = 45_000;

/** Runs the tests against one change after another, the quick ones first, until one fails. */
export async function judge(sample: readonly Change[], options: JudgeOptions): Promise<readonly Result[]> {
  const results: Result[] = [];
  const took = new Map<string, number>();
  let tests = await startProcess();
  for (const [index, change] of sample.entries()) {
    const isOld = index % CHANGES_PER_PROCESS === CHANGES_PER_PROCESS - 1;
    if (isOld || !tests.alive()) tests = await restarted(tests);
    let noticed: string | null = null;
    for (const run of runsOf(change, { name: `change-${index}`, took, ...options })) {
      const began = performance.now();
      const { passed } = await tests.run(run);
      took.set(run.test, performance.now() - began);
      if (passed) continue;
      // A test that fails without the change as well says nothing about it: what failed before left something behind.
      const isFair = tests.alive() && (await tests.run(unchanged(run))).passed;
      if (!isFair) tests = await restarted(tests);
      if (!isFair && !(await failsForIt(tests, run))) continue;
      noticed = run.test;
      break;
    }
    results.push({ change, noticed });
    options.report({ change, noticed });
  }
  tests.end();
  return results;
}

/** In a process that just began: whether the run fails, while it passes without the change. */
async function failsForIt(tests: TestProcess, run: TestRun): Promise<boolean> {
  const { passed, why } = await tests.run(unchanged(run));
  if (!passed) throw new Error(`${run.test} fails without any change: ${why}`);
  return !(await tests.run(run)).passed;
}

function runsOf(
  change: Change,
  { name, took, readersOf, testsOf }: JudgeOptions & { readonly name: string; readonly took: Map<string, number> },
): readonly TestRun[] {
  const readers = readersOf(change.path);
  const text = changed(textOf(change.path), change);
  return [...testsOf(readers)]
    .sort((a, b) => cost(a, change, took) - cost(b, change, took))
    .map((test) => ({ change: name, path: change.path, text, readers: [...readers], test }));
}

function unchanged(run: TestRun): TestRun {
  return { ...run, change: `none of ${run.path}`, text: stripTypeScriptTypes(textOf(run.path)) };
}

/** Milliseconds of its last run; of one that did not run yet, less when it stands in the folder that mirrors the source. */
function cost(test: string, { path }: Change, took: ReadonlyMap<string, number>): number {
  return took.get(test) ?? (dirname(path).startsWith(dirname(test).replace("test", "src")) ? 50 : 200);
}

interface TestProcess {
  alive(): boolean;
  /** A run that does not end is ended with its process, and counts as failed. */
  run(run: TestRun): Promise<TestResult>;
  end(): void;
}

async function restarted(tests: TestProcess): Promise<TestProcess> {
  tests.end();
  return startProcess();
}

async function startProcess(): Promise<TestProcess> {
  const child = fork(join(import.meta.dirname, "worker.ts"), { execArgv: ["--disable-warning=ExperimentalWarning"] });
  await once(child, "message");
  return {
    alive: () => child.connected && child.exitCode === null,
    run: (run) => answerTo(child, run),
    end: () => void child.kill("SIGKILL"),
  };
}

function answerTo(child: ChildProcess, run: TestRun): Promise<TestResult> {
  return new Promise((resolve) => {
    const done = (result: TestResult): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(result);
    };
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      child.disconnect();
      done({ passed: false, why: "it did not end" });
    }, HANGS_AFTER_MS);
    child.once("message", done);
    child.once("exit", (code, signal) => done({ passed: false, why: `its process ended: ${code ?? signal}` }));
    child.send(run);
  });
}
