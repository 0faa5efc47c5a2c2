import type { z } from "zod";
import type { Problem } from "../errors.ts";
import { writtenAt } from "./key.ts";
import { LATER_KEYS } from "./keys.ts";
import { nearest } from "./nearest.ts";
import { type Source, where } from "./place.ts";
import type { PolicyFile } from "./policy.ts";
import { policyKeys, policySchema } from "./policy-schema.ts";
import { type Path, type Positions, readYaml } from "./yaml.ts";

/** A policy file, or everything that is wrong with it. */
export type ParsedPolicy =
  | { readonly ok: true; readonly file: PolicyFile; readonly lines: PolicyLines }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The line that each key of a file stands in, 1-based, by dotted path; of keys that are not in the file nothing. */
export type PolicyLines = Readonly<Record<string, number>>;

/** 64 KiB: nobody needs more, and the parser's time grows with it. */
export const MAX_POLICY_BYTES = 65_536;

/** Problems beyond these are counted, not listed: a hostile file has one per byte. */
const MAX_PROBLEM_COUNT = 20;

/**
 * Parses a policy file; never throws for text below the size limit. `place` is how people find the file, for example
 * `octo-org/.github/.github/sallyport.yml`. Text from a repository goes through `parseInWorker`.
 */
export function parsePolicy(text: string, place: string): ParsedPolicy {
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES)
    return { ok: false, problems: [{ where: place, what: "larger than 64 KiB", mend: "make it shorter" }] };
  const yaml = readYaml(text);
  if (!yaml.ok)
    return failed(yaml.faults, ({ line, column, what, mend }) => ({ where: `${place}:${line}:${column}`, what, mend }));
  const parsed = policySchema.safeParse(yaml.value ?? {});
  if (parsed.success) return { ok: true, file: parsed.data, lines: linesOf(parsed.data, yaml.positions) };
  const source = { place, positions: yaml.positions };
  return failed(parsed.error.issues.flatMap(wrongPlaces), (wrong) => describe(wrong, source));
}

const linesOf = (file: PolicyFile, positions: Positions): PolicyLines =>
  Object.fromEntries(
    [...KEYS.keys()]
      .map((key) => [key, key.split(".")] as const)
      .filter(([, path]) => writtenAt(file, path) !== undefined)
      .map(([key, path]) => [key, positions.of(path).line]),
  );

/** Describes only the first problems: describing is the slow part, and their number is the author's choice. */
function failed<Wrong>(wrongs: readonly Wrong[], describe: (wrong: Wrong) => Problem): ParsedPolicy {
  const problems = wrongs.slice(0, MAX_PROBLEM_COUNT).map(describe);
  const moreCount = wrongs.length - problems.length;
  const last = problems.at(-1);
  if (moreCount === 0 || !last) return { ok: false, problems };
  const rest = { where: last.where, what: `${moreCount} more problems after this one`, mend: "mend the first ones" };
  return { ok: false, problems: [...problems, rest] };
}

/** One wrong place; `unknown` when it is a key that the schema does not have. */
interface Wrong {
  readonly path: Path;
  readonly unknown: string | null;
  readonly issue: z.core.$ZodIssue;
}

function wrongPlaces(issue: z.core.$ZodIssue): readonly Wrong[] {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  if (issue.code !== "unrecognized_keys") return [{ path, unknown: null, issue }];
  return issue.keys.map((unknown) => ({ path, unknown, issue }));
}

function describe({ path, unknown, issue }: Wrong, source: Source): Problem {
  if (unknown !== null) return { where: where([...path, unknown], source), ...unknownKey(path, unknown) };
  const allowed = KEYS.get(keyOf(path))?.allowed;
  const what = issue.code === "custom" ? issue.message : "not allowed here";
  return { where: where(path, source), what, mend: allowed ? `allowed: ${allowed}` : "write keys below it" };
}

const KEYS = policyKeys();

function unknownKey(path: Path, key: string): { readonly what: string; readonly mend: string } {
  const whole = keyOf([...path, key]);
  if (LATER_KEYS.includes(whole))
    return {
      what: "comes later and has no effect in this version",
      mend: "take it out until the release notes name it",
    };
  const prefix = path.length === 0 ? "" : `${keyOf(path)}.`;
  const siblings = [...KEYS.keys()]
    .filter((known) => known.startsWith(prefix))
    .map((known) => known.slice(prefix.length).split(".")[0] ?? "");
  const known = [...new Set(siblings)];
  const near = nearest(key, known);
  return { what: "no such key", mend: near ? `did you mean ${near}?` : `allowed: ${known.join(", ")}` };
}

/** The dotted key that a path belongs to; places in lists are left out. */
const keyOf = (path: Path): string => path.filter((part) => typeof part === "string").join(".");
