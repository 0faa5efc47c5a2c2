import { atOnce, type Steps } from "../../slices.ts";
import { readPermissions } from "./permissions.ts";
import { readJob, readStepsJob, secretsIn } from "./read-job.ts";
import { at, entriesOf, entryAt, textAt, textEntries, textsOf } from "./tree.ts";
import type { Ambiguity, Entry, Event, Workflow } from "./workflow.ts";
import { type Malformed, readTrees, type Text, type Tree } from "./yaml-tree.ts";

/** Characters that YAML 1.1 ends a line, and a comment, at; 1.2 and git do not. */
const OTHER_BREAKS = /\r(?!\n)|[\u0085\u2028\u2029]/;

/**
 * What a workflow or an action says. GitHub's parser is of YAML 1.1, editors and reviewers read 1.2 and git's lines: a
 * text that these read differently comes with the facts of both readings and says so. Linear in the text, capped; never
 * throws: what cannot be read is data too. In steps.
 */
export function* workflowSteps(path: string, text: string): Steps<Workflow | Malformed> {
  const trees = yield* readTrees(text);
  const strange = OTHER_BREAKS.exec(text);
  if (strange === null) return Array.isArray(trees) ? joined(path, trees, []) : (trees as Malformed);
  const others = yield* readTrees(text.replace(new RegExp(OTHER_BREAKS, "g"), "\n"));
  const readings = [trees, others].filter((each) => Array.isArray(each)) as (readonly Tree[])[];
  const [first, second] = readings;
  if (!first) return trees as Malformed;
  if (second && shapeOf(first) === shapeOf(second)) return joined(path, first, []);
  const line = text.slice(0, strange.index).split("\n").length;
  return joined(path, [...first, ...(second ?? [])], [{ what: "line_breaks", line, endLine: line }], first.length);
}

/** The same at once, for commands. */
export const readWorkflow = (path: string, text: string): Workflow | Malformed => atOnce(workflowSteps(path, text));

/** What two readings must have in common. A break inside a quoted text is folded to a blank; in a script it is a line. */
const shapeOf = (trees: readonly Tree[]): string =>
  JSON.stringify(trees, (key, value: unknown) =>
    key === "line" || key === "endLine" ? undefined : isText(value) ? wordsOf(value) : value,
  );

const isText = (value: unknown): value is Text =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "text";

const wordsOf = ({ text, source }: Text): string => (/^[|>]/.test(source) ? text : text.replace(/[\s\u0085]+/g, " "));

/** One workflow of all documents: GitHub refuses a second one, or a reader of it takes either. */
function joined(
  path: string,
  trees: readonly Tree[],
  ambiguities: readonly Ambiguity[],
  documents = trees.length,
): Workflow | Malformed {
  const [first] = trees;
  if (!first) return { kind: "malformed", reason: "empty", line: 1 };
  const other = trees.find(({ kind }) => kind !== "map");
  if (other) return { kind: "malformed", reason: "not a map", line: other.line };
  const second = documents > 1 ? trees[1] : undefined;
  const read = trees.map((tree) => readDocument(path, tree));
  const [whole] = read;
  if (!whole) return { kind: "malformed", reason: "empty", line: 1 };
  const unread = read.find(({ events, jobs }) => events.length === 0 && jobs.length === 0);
  if (unread === whole && read.length === 1)
    return { kind: "malformed", reason: "neither events nor jobs nor steps", line: first.line };
  return {
    ...whole,
    permissions: read.find(({ permissions }) => permissions !== null)?.permissions ?? null,
    events: read.flatMap(({ events }) => events),
    env: read.flatMap(({ env }) => env),
    jobs: read.flatMap(({ jobs }) => jobs),
    inputs: read.flatMap(({ inputs }) => inputs),
    secrets: read.flatMap(({ secrets }) => secrets),
    ambiguities: second
      ? [...ambiguities, { what: "documents", line: second.line, endLine: second.endLine }]
      : ambiguities,
  };
}

/** `action.yml` has `runs`, whatever its path; a workflow has `on` and `jobs`. */
function readDocument(path: string, tree: Tree): Workflow {
  const runs = at(tree, "runs");
  const on = at(tree, "on");
  const permissions = entryAt(tree, "permissions");
  const jobs = entriesOf(at(tree, "jobs")).map(({ key, value }) => readJob(key, value));
  const isAction = runs !== null && on === null;
  return {
    kind: isAction ? "action" : "workflow",
    path,
    name: textAt(tree, "name")?.text ?? null,
    events: isAction ? [] : readEvents(on),
    permissions:
      permissions && readPermissions(permissions.value, { ...permissions.value, line: permissions.key.line }),
    env: textEntries(at(tree, "env")),
    jobs: runs === null ? jobs : [...jobs, readStepsJob(runs)],
    inputs: readInputs(isAction ? at(tree, "inputs") : at(at(on, "workflow_call"), "inputs")),
    ambiguities: [],
    secrets: entriesOf(tree).flatMap(({ key, value }) => (/^(?:jobs|runs)$/i.test(key.text) ? [] : secretsIn(value))),
  };
}

function readEvents(on: Tree | null): readonly Event[] {
  if (on === null) return [];
  if (on.kind !== "map")
    return textsOf(on).map(({ text, line, endLine }) => ({
      name: text.trim().toLowerCase(),
      filters: new Map(),
      line,
      endLine,
    }));
  return on.entries.map(({ key, value }) => ({
    name: key.text.trim().toLowerCase(),
    filters: new Map(
      entriesOf(value).map(
        (filter) => [filter.key.text.toLowerCase(), textsOf(filter.value).map(({ text }) => text)] as const,
      ),
    ),
    line: key.line,
    endLine: Math.max(key.line, value.endLine),
  }));
}

/** Each input with its default, which is empty where there is none. */
const readInputs = (inputs: Tree | null): readonly Entry[] =>
  entriesOf(inputs).map(({ key, value }) => ({
    name: key.text.toLowerCase(),
    value: textAt(value, "default") ?? emptyText(key),
  }));

const emptyText = (at: Text): Text => ({ ...at, text: "", source: "" });
