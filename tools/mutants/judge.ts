import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import { type Change, changed } from "./changes.ts";
import { textOf } from "./files.ts";
import type { Trial, Verdict } from "./worker.ts";

/** A change and the first test file that failed for it; null when all that lead to it passed. */
export interface Judged {
  readonly change: Change;
  readonly noticed: string | null;
}

export interface Surroundings {
  /** All files that lead to one, by what they import when they run. */
  readersOf(path: string): ReadonlySet<string>;
  /** The test files among them. */
  testsOf(readers: ReadonlySet<string>): readonly string[];
  report(judged: Judged): void;
}

/** A process keeps every copy of a module that it ever read, so another takes its place now and then. */
const CHANGES_PER_PROCESS = 40;
/** A change can make a loop endless: that is noticed too. */
const HANGS_AFTER_MS = 45_000;

/** Runs the tests against one change after another, the quick ones first, until one fails. */
export async function judge(sample: readonly Change[], surroundings: Surroundings): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  const took = new Map<string, number>();
  let process: TestProcess | null = null;
  for (const [index, change] of sample.entries()) {
    if (index % CHANGES_PER_PROCESS === 0) process?.end();
    if (!process?.alive()) process = await startProcess();
    const readers = surroundings.readersOf(change.path);
    const tests = [...surroundings.testsOf(readers)].sort((a, b) => cost(a, change, took) - cost(b, change, took));
    let noticed: string | null = null;
    for (const test of tests) {
      const trial = trialOf(change, { name: `change-${index}`, readers, test });
      const { passed } = await timed(process, trial, took);
      if (passed) continue;
      // A test that fails without the change as well says nothing about it: what failed before left something behind.
      const fair = process.alive() ? await process.run(unchanged(trial)) : PASSED;
      noticed = test;
      if (fair.passed) break;
      process.end();
      process = await startProcess();
      const again = await process.run(unchanged(trial));
      if (!again.passed) throw new Error(`${test} fails without any change: ${again.why}`);
      if (!(await process.run(trial)).passed) break;
      noticed = null;
    }
    judged.push({ change, noticed });
    surroundings.report({ change, noticed });
  }
  process?.end();
  return judged;
}

function trialOf(
  change: Change,
  { name, readers, test }: { readonly name: string; readonly readers: ReadonlySet<string>; readonly test: string },
): Trial {
  return { name, path: change.path, text: changed(textOf(change.path), change), readers: [...readers], test };
}

function unchanged(trial: Trial): Trial {
  return { ...trial, name: `as it is: ${trial.path}`, text: stripTypeScriptTypes(textOf(trial.path)) };
}

/** Milliseconds of its last run; of one that did not run yet, less when it stands in the folder that mirrors the source. */
function cost(test: string, { path }: Change, took: ReadonlyMap<string, number>): number {
  return took.get(test) ?? (dirname(path).startsWith(dirname(test).replace("test", "src")) ? 50 : 200);
}

async function timed(process: TestProcess, trial: Trial, took: Map<string, number>): Promise<Verdict> {
  const began = performance.now();
  const verdict = await process.run(trial);
  took.set(trial.test, performance.now() - began);
  return verdict;
}

const PASSED: Verdict = { passed: true, why: "" };

interface TestProcess {
  alive(): boolean;
  /** A run that does not end is ended with its process, and counts as failed. */
  run(trial: Trial): Promise<Verdict>;
  end(): void;
}

async function startProcess(): Promise<TestProcess> {
  const child = fork(join(import.meta.dirname, "worker.ts"), { execArgv: ["--disable-warning=ExperimentalWarning"] });
  await once(child, "message");
  return {
    alive: () => child.connected && child.exitCode === null,
    run: (trial) => answerTo(child, trial),
    end: () => void child.kill("SIGKILL"),
  };
}

function answerTo(child: ChildProcess, trial: Trial): Promise<Verdict> {
  return new Promise((resolve) => {
    const done = (verdict: Verdict): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(verdict);
    };
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      child.disconnect();
      done({ passed: false, why: "it did not end" });
    }, HANGS_AFTER_MS);
    child.once("message", done);
    child.once("exit", (code, signal) => done({ passed: false, why: `its process ended: ${code ?? signal}` }));
    child.send(trial);
  });
}
