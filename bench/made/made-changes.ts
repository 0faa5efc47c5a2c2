import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededNumbers } from "../seeded-numbers.ts";
import { data, fileChanges } from "./made-files.ts";
import { madeWorkflow } from "./made-workflow.ts";

export interface MadeChanges {
  readonly path: string;
  /** The newest first, as `git log` names them. */
  readonly ranges: readonly string[];
  remove(): void;
}

/** Entries of the lock file: prettier has 900 of them, babel 1,500 (2026-11-30). */
const LOCK_ENTRIES = 1_200;
const WORKFLOWS = 12;

/**
 * A repository whose every commit changes one to three files; one in three the lock file with its manifest, one in five
 * a workflow, as the main lines of prettier and babel do. The same each time.
 */
export function makeChanges(commits: number): MadeChanges {
  const path = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  const git = (args: readonly string[], input?: string): string =>
    execFileSync("git", ["-C", path, ...args], { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  git(["init", "--quiet", "--bare", "--initial-branch=main"]);
  git(["fast-import", "--quiet", "--done"], [...commandsOf(commits)].join(""));
  git(["repack", "-a", "-d", "-q", "-f"]);
  const oids = git(["rev-list", "main"]).trim().split("\n").slice(0, -1);
  const ranges = oids.map((oid) => `${oid}^..${oid}`);
  return { path, ranges, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function* commandsOf(commits: number): Generator<string> {
  const random = seededNumbers(commits);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  const sources = fileChanges(random);
  const releases = Array.from({ length: LOCK_ENTRIES }, () => below(90));
  const workflows = Array.from({ length: WORKFLOWS }, (_, at) => at);
  const file = (name: string, text: string): string => `M 100644 inline ${name}\n${data(text)}`;
  const workflow = (at: number): string => file(`.github/workflows/w${at}.yml`, madeWorkflow(workflows[at] ?? 0));
  for (let number = 0; number <= commits; number += 1) {
    yield `commit refs/heads/main\ncommitter Some Body <7@home.net> ${1_700_000_000 + number * 5_000} +0000\n`;
    yield data(`Change ${number}`) + sources();
    for (let count = 3; count > 0 && number % 3 === 0; count -= 1) releases[below(LOCK_ENTRIES)] = below(90);
    if (number % 3 === 0) yield file("yarn.lock", lockOf(releases)) + file("package.json", manifestOf(releases));
    for (const at of number === 0 ? workflows : number % 5 === 0 ? [below(WORKFLOWS)] : []) {
      workflows[at] = number * WORKFLOWS + at;
      yield workflow(at);
    }
    yield "\n";
  }
  yield "done\n";
}

const DIRECT = 60;

const manifestOf = (releases: readonly number[]): string => {
  const dependencies = releases.slice(0, DIRECT).map((minor, at) => [`made-package-${at}`, `^1.${minor}.0`]);
  return `${JSON.stringify({ name: "made", private: true, dependencies: Object.fromEntries(dependencies) }, null, 2)}\n`;
};

const lockOf = (releases: readonly number[]): string =>
  ["# Made by a program.\n", "__metadata:\n  version: 8\n  cacheKey: 10c0\n", ...releases.map(entryOf)].join("\n");

function entryOf(minor: number, at: number): string {
  const [name, version] = [`made-package-${at}`, `1.${minor}.0`];
  const hash = Array.from({ length: 16 }, (_, part) =>
    (at * 7_919 + minor * 104_729 + part).toString(16).padStart(8, "0"),
  );
  return [
    `"${name}@npm:^1.0.0, ${name}@npm:^${version}":`,
    ...[`  version: ${version}`, `  resolution: "${name}@npm:${version}"`, "  dependencies:"],
    ...[1, 2, 3].map((next) => `    made-package-${(at + next * 17) % LOCK_ENTRIES}: "npm:^1.0.0"`),
    ...[`  checksum: 10c0/${hash.join("")}`, "  languageName: node", "  linkType: hard", ""],
  ].join("\n");
}
