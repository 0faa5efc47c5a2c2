import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { dirname, join as joinPosix } from "node:path/posix";
import { leadsTo, runningTokens } from "../code-tokens.ts";

export const ROOT = resolve(import.meta.dirname, "../..");
export const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** The rooms that judge. */
export const ROOMS = ["signals", "change", "assessment", "decision", "access"] as const;

/** What is made from them, and so says nothing of its own. */
const MADE = ["src/signals/catalog.ts"];

/** Tests that see the rooms from too far away to say which, and those that read real histories, seconds a file. */
const APART =
  /^test\/(?:browser|campaigns|github|postgres|real-graphs|repo|scenarios|store|web)\/|^test\/(?:cli\/commands\/history\/command|dossier\/framing|history\/read\/order|history\/traces\/rates)\.test/;
/** Tests that hold every version and every made file, and so fail for any change. */
const LOCKS = /^test\/signals\/(?:lock|catalog)\.test/;

export const sources = (): readonly string[] =>
  ROOMS.flatMap((room) => globSync(`src/${room}/**/*.ts`, { cwd: ROOT }))
    .filter((path) => !MADE.includes(path))
    .sort();

/** The tests among some files that could say what is wrong. */
export const testsOf = (files: ReadonlySet<string>): readonly string[] =>
  [...files]
    .filter((path) => path.startsWith("test/") && path.endsWith(".test.ts"))
    .filter((path) => !LOCKS.test(path) && !APART.test(path))
    .sort();

/** For each file of ours, all files that lead to it when they run, itself with them. */
export function readersOf(): (path: string) => ReadonlySet<string> {
  const ledFrom = new Map<string, string[]>();
  for (const path of globSync(["src/**/*.ts", "test/**/*.ts", "tools/**/*.ts", "bench/**/*.ts"], { cwd: ROOT })) {
    const tokens = runningTokens(textOf(path));
    for (let at = 0; at < tokens.length; at++) {
      const target = leadsTo(tokens, at);
      if (target === null) continue;
      const led = joinPosix(dirname(path), target);
      ledFrom.set(led, [...(ledFrom.get(led) ?? []), path]);
    }
  }
  return (path) => {
    const found = new Set<string>();
    const waiting = [path];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      if (found.has(each)) continue;
      found.add(each);
      waiting.push(...(ledFrom.get(each) ?? []));
    }
    return found;
  };
}
