import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Change, changesIn, drawn } from "./mutants/changes.ts";
import { readersOf, sources, testsOf, textOf } from "./mutants/files.ts";
import { type Judged, judge } from "./mutants/judge.ts";

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
say(`${sample.length} of ${all.length} changes, seed ${values.seed}`);

const directory = mkdtempSync(join(tmpdir(), "sallyport-mutants-"));
process.env.SALLYPORT_TEST_RUN = directory;
const started = Date.now();
try {
  const judged = await judge(sample, { readersOf: readersOf(), testsOf, report });
  print(judged);
  if (share(judged) < GOAL) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function report({ change, noticed }: Judged): void {
  if (noticed === null) say(`survived  ${shown(change)}`);
}

function shown({ path, line, before, after }: Change): string {
  return `${path}:${line}  ${before} -> ${after.trim()}   ${textOf(path).split("\n")[line - 1]?.trim() ?? ""}`;
}

function print(judged: readonly Judged[]): void {
  const byTest = Map.groupBy(judged, ({ noticed }) => noticed ?? "nothing");
  say("\n| noticed by | changes |\n|---|---:|");
  for (const [test, found] of [...byTest].sort((a, b) => b[1].length - a[1].length))
    say(`| ${test} | ${found.length} |`);
  say("\n| kind | noticed | survived | share |\n|---|---:|---:|---:|");
  const kinds = [...new Set(judged.map(({ change }) => change.kind))].sort();
  for (const kind of [...kinds, "all"])
    row(
      kind,
      judged.filter(({ change }) => kind === "all" || change.kind === kind),
    );
  say(`\nseed ${values.seed}: ${percent(judged)} noticed, in ${Math.round((Date.now() - started) / 1000)} s`);
}

function row(name: string, judged: readonly Judged[]): void {
  const noticed = judged.filter((each) => each.noticed !== null).length;
  say(`| ${name} | ${noticed} | ${judged.length - noticed} | ${percent(judged)} |`);
}

function share(judged: readonly Judged[]): number {
  return judged.filter(({ noticed }) => noticed !== null).length / judged.length;
}

function percent(judged: readonly Judged[]): string {
  return `${(share(judged) * 100).toFixed(1)} %`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
