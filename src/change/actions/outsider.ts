import { type Expression, embeddedIn, parseExpression } from "./expression.ts";
import type { Text } from "./workflow.ts";

/** Result of a condition for somebody without write whose event has this name: null when it cannot be told. */
export type Verdict = boolean | null;

type Value = string | boolean | number | null | readonly string[] | undefined;

/** Who is let in: the event's name, and what was done for it: a label set, the pull request merged, a yes of an earlier job. */
export interface World {
  readonly event: string;
  readonly labelled: boolean;
  readonly merged: boolean;
  /** False where every output of an earlier job or step is taken to say no. */
  readonly outputs: boolean;
}

/**
 * What an `if` comes to when somebody without write causes the event from a fork. Undefined values stay open, so only
 * what keeps such a person out for certain is false.
 */
export function outsiderPasses(condition: Text | null, world: World): Verdict {
  if (condition === null) return true;
  const known = verdicts.get(condition) ?? new Map<string, Verdict>();
  verdicts.set(condition, known);
  const key = `${world.event} ${world.labelled} ${world.merged} ${world.outputs}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const expression = conditionOf(condition.text);
  const value = expression ? valueIn(expression, world) : undefined;
  const verdict = value === undefined ? null : truthy(value);
  known.set(key, verdict);
  return verdict;
}

/** A condition is asked for every job that waits for it. */
const verdicts = new WeakMap<Text, Map<string, Verdict>>();

/** The expression of an `if`, with or without braces; null for one that mixes them with text, which is always true. */
export function conditionOf(text: string): Expression | null {
  const whole = text.trim();
  if (!whole.includes("${{")) return parseExpression(whole);
  const [first, ...others] = embeddedIn(whole);
  if (!first) return null;
  const alone = others.length === 0 && first.index === 0 && whole.endsWith("}}");
  return alone ? first.expression : null;
}

const truthy = (value: Exclude<Value, undefined>): boolean =>
  value !== false && value !== null && value !== "" && value !== 0;

function valueIn(expression: Expression, world: World): Value {
  if (expression.kind === "literal") return expression.value;
  if (expression.kind === "reference") return known(expression.path.join("."), world);
  if (expression.kind === "not") {
    const value = valueIn(expression.of, world);
    return value === undefined ? undefined : !truthy(value);
  }
  if (expression.kind === "call") return called(expression.name, expression.args, world);
  const { operator } = expression;
  const left = valueIn(expression.left, world);
  if (operator === "&&" || operator === "||") return joinedBy(operator, left, valueIn(expression.right, world));
  if (operator !== "==" && operator !== "!=") return undefined;
  const same = equal(expression.left, expression.right, world);
  return same === undefined ? undefined : same === (operator === "==");
}

function joinedBy(operator: "&&" | "||", left: Value, right: Value): Value {
  const decides = operator === "||";
  if (left !== undefined) return truthy(left) === decides ? left : right;
  return right !== undefined && truthy(right) === decides ? decides : undefined;
}

function equal(left: Expression, right: Expression, world: World): boolean | undefined {
  const paths = [left, right].map((side) => (side.kind === "reference" ? side.path.join(".") : null));
  const [one = null, other = null] = paths;
  // A fork is another repository with another owner, whatever they are called.
  if ((isHead(one) && isBase(other)) || (isHead(other) && isBase(one))) return false;
  if (!world.outputs && [one, other].some((path) => path !== null && OUTPUT.test(path))) return false;
  const label = [one, other].some((path) => path === "github.event.label.name");
  if (label && !world.labelled) return false;
  for (const [path, side] of [[one, right] as const, [other, left] as const])
    if (path === "github.event.workflow_run.event" && side.kind === "literal")
      return /^pull_request|^issue|^discussion/.test(String(side.value)) ? undefined : false;
  for (const [path, side] of [[one, right] as const, [other, left] as const])
    if (path !== null && NAMES_SOMEBODY.test(path) && side.kind === "literal")
      return isSpoofable(path, side.value) ? undefined : false;
  const [a, b] = [valueIn(left, world), valueIn(right, world)];
  if (a === undefined || b === undefined || typeof a === "object" || typeof b === "object")
    return a === null && b === null ? true : undefined;
  return String(a).toLowerCase() === String(b).toLowerCase();
}

const OUTPUT = /^(?:needs|steps)\.[\w*-]{1,100}\.outputs\./;
const HEAD =
  /^github\.event\.(?:pull_request\.head\.(?:repo\.(?:full_name|owner\.login|owner\.id|id|clone_url|html_url|name_with_owner)|user\.login)|workflow_run\.head_repository\.(?:full_name|owner\.login|id|owner\.id|html_url))$/;
const BASE =
  /^github\.(?:repository|repository_owner|repository_id|repository_owner_id|event\.(?:repository\.(?:full_name|owner\.login|id|owner\.id|html_url|clone_url)|pull_request\.base\.(?:repo\.(?:full_name|owner\.login|id|clone_url|html_url)|user\.login)|workflow_run\.repository\.(?:full_name|id|owner\.login|html_url)))$/;
const isHead = (path: string | null): boolean => path !== null && HEAD.test(path);
const isBase = (path: string | null): boolean => path !== null && BASE.test(path);

/** Contexts that hold an account: comparing one with a name keeps everybody else out. */
const NAMES_SOMEBODY =
  /^github\.(?:actor|actor_id|triggering_actor|event\.(?:sender|comment\.user|issue\.user|review\.user|pull_request\.user|discussion\.user)\.(?:login|id)|event\.workflow_run\.(?:actor|triggering_actor)\.login|event\.pull_request\.head\.repo\.(?:full_name|owner\.login)|event\.workflow_run\.head_repository\.(?:full_name|owner\.login))$/;

/**
 * The actor is who acted last: an outsider can have a bot act last on his own pull request. The opener is who opened
 * it. A fork's own name is compared with the base's in writing: then it is another one.
 */
const isSpoofable = (path: string, value: unknown): boolean =>
  ACTOR.test(path) && /\[bot\]|bot$|^(?:49699333|29139614|41898282)$/i.test(String(value));
const ACTOR = /^github\.(?:actor|actor_id|triggering_actor|event\.sender\.(?:login|id))$/;

/** What is known of a run that somebody without write caused from a fork. */
function known(path: string, { event, labelled, merged, outputs }: World): Value {
  if (path === "github.event_name") return event;
  if (path === "github.event.pull_request.head.repo.fork") return true;
  if (!outputs && OUTPUT.test(path)) return false;
  if (path === "github.event.pull_request.merged") return merged;
  if (path.endsWith("author_association")) return "NONE";
  if (/labels\.\*\.name$/.test(path)) return labelled ? undefined : [];
  if (path === "github.event.pull_request" && OTHER_THAN_PULLS.has(event)) return null;
  return undefined;
}

const OTHER_THAN_PULLS = new Set([
  "push",
  "schedule",
  "workflow_dispatch",
  "issues",
  "issue_comment",
  "workflow_run",
  "release",
]);

function called(name: string, args: readonly Expression[], world: World): Value {
  if (name === "always" || name === "success") return true;
  if (name === "fromjson" && args[0]?.kind === "literal") return parsedList(args[0].value);
  if (name === "format" || name === "tojson" || name === "join") return undefined;
  const [where, what] = args;
  if (!where || !what || !["contains", "startswith", "endswith"].includes(name)) return undefined;
  if (what.kind === "reference" && where.kind !== "reference" && NAMES_SOMEBODY.test(what.path.join("."))) {
    const list = valueIn(where, world);
    // A list of accounts that an outsider is not on, unless a bot is.
    return Array.isArray(list) && !list.some((each) => isSpoofable(what.path.join("."), each)) ? false : undefined;
  }
  const [whole, part] = [valueIn(where, world), valueIn(what, world)];
  if (Array.isArray(whole) && whole.length === 0) return false;
  if (whole === undefined || typeof part !== "string") return undefined;
  if (Array.isArray(whole)) return whole.some((each) => each.toLowerCase() === part.toLowerCase());
  const [text, piece] = [String(whole).toLowerCase(), part.toLowerCase()];
  if (name === "contains") return text.includes(piece);
  return name === "startswith" ? text.startsWith(piece) : text.endsWith(piece);
}

/** The texts of a JSON list; GitHub's own reader has to take it, this one only has to see them. */
function parsedList(value: unknown): Value {
  const written = String(value).trim();
  return written.startsWith("[") ? [...written.matchAll(/"([^"]{0,200})"/g)].map(([, text = ""]) => text) : undefined;
}
