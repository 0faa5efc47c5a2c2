import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Change, changesIn, drawn } from "./mutants/changes.ts";
import { readersOf, sources, testsOf, textOf } from "./mutants/files.ts";
import { judge, type Result } from "./mutants/judge.ts";

// Changes one token at a time in the rooms that judge and runs the tests that lead there: what is noticed by none of
// them is named. Nothing is written: a changed source stands in the memory of the process that runs the tests.
//
//   npm run mutants -- [--seed 1] [--count 200] [--only signals/access]
//
// Types are not checked: a change that only the compiler would refuse counts as one that nobody noticed. Ends with 1
// when less than 90 % were noticed.

const GOAL = 0.9;
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "200" },
    only: { type: "string", default: "" },
  },
});

const paths = sources().filter((path) => path.startsWith(`src/${values.only}`));
const all = paths.flatMap((path) => changesIn(path, textOf(path)));
const sample = drawn(all, { seed: Number(values.seed), count: Number(values.count) });
if (sample.length === 0) throw new Error(`no source under src/${values.only} belongs to the rooms that judge`);
say(`${sample.length} of ${all.length} changes, seed ${values.seed}`);

const directory = mkdtempSync(join(tmpdir(), "sallyport-mutants-"));
process.env.SALLYPORT_TEST_RUN = directory;
const started = Date.now();
try {
  const results = await judge(sample, { readersOf: readersOf(), testsOf, report });
  print(results);
  if (share(results) < GOAL) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function report({ change, noticed }: Result): void {
  if (noticed === null) say(`survived  ${shown(change)}`);
}

function shown({ path, line, before, after }: Change): string {
  return `${path}:${line}  ${before} -> ${after.trim()}   ${textOf(path).split("\n")[line - 1]?.trim() ?? ""}`;
}

function print(results: readonly Result[]): void {
  const byTest = Map.groupBy(results, ({ noticed }) => noticed ?? "nothing");
  say("\n| noticed by | changes |\n|---|---:|");
  for (const [test, found] of [...byTest].sort((a, b) => b[1].length - a[1].length))
    say(`| ${test} | ${found.length} |`);
  say("\n| kind | noticed | survived | share |\n|---|---:|---:|---:|");
  const kinds = [...new Set(results.map(({ change }) => change.kind))].sort();
  for (const kind of [...kinds, "all"])
    row(
      kind,
      results.filter(({ change }) => kind === "all" || change.kind === kind),
    );
  say(`\nseed ${values.seed}: ${percent(results)} noticed, in ${Math.round((Date.now() - started) / 1000)} s`);
}

function row(name: string, results: readonly Result[]): void {
  const noticed = results.filter((each) => each.noticed !== null).length;
  say(`| ${name} | ${noticed} | ${results.length - noticed} | ${percent(results)} |`);
}

function share(results: readonly Result[]): number {
  return results.filter(({ noticed }) => noticed !== null).length / results.length;
}

function percent(results: readonly Result[]): string {
  return `${(share(results) * 100).toFixed(1)} %`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
