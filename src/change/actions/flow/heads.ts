import { embeddedIn, type Flow, flowsOf } from "../expression.ts";
import type { Run } from "../runs.ts";
import type { Entry, Step, Text } from "../workflow.ts";
import { carriedBy, memory, named, type Place } from "./taint.ts";

/** How surely a text names the head of somebody else's pull request. */
export type HeadSign =
  /** Its commit, its `refs/pull` reference or its repository. */
  | "head"
  /** A branch name alone: without the fork's repository the branch of that name here is meant. */
  | "branch"
  /** An output or input that is called like one. */
  | "named";

const HEAD =
  /^github\.event\.(?:pull_request\.(?:head\.(?:sha|repo\.[\w.]{1,40})|merge_commit_sha|number|head|html_url|url)|number|issue\.(?:number|html_url|pull_request\.[\w.]{1,40})|workflow_run\.(?:head_sha|head_commit\.id|head_repository\.[\w.]{1,40}|pull_requests\.\*\.(?:head\.sha|number))|check_suite\.head_sha|comment\.issue_url)$/;
const NUMBER = /(?:number|html_url|\.url)$/;
const BRANCH =
  /^github\.(?:head_ref|event\.pull_request\.head\.(?:ref|label)|event\.workflow_run\.(?:head_branch|pull_requests\.\*\.head\.ref))$/;
const NAMED =
  /head|pr.?(?:sha|ref|branch|repo)|^(?:sha|ref|branch|commit|repo|repository)$|merge.?(?:sha|ref|commit)|(?:commit|pull).?(?:sha|ref)|target.?(?:sha|ref)/;

/** What a `ref`, a `repository` or an argument of git says of a head. */
export function headSign(text: Text, place: Place): HeadSign | null {
  const pulls = /(?:^|[^\w])(?:refs\/)?(?:remotes\/)?pull\//.test(text.text);
  const signs = embeddedIn(text.text).flatMap(({ expression }) =>
    expression ? flowsOf(expression).map((flow) => signOf(flow, place, pulls, 0)) : [],
  );
  // `fromJSON(steps.pr.outputs.data).head.sha`: what is taken out of an answer of the API.
  if (/\)\s{0,20}\.(?:data\.)?head\.(?:sha|ref|repo)\b/i.test(text.text)) signs.push("named");
  return (["head", "branch", "named"] as const).find((sign) => signs.includes(sign)) ?? null;
}

const MAX_LINKS = 4;

function signOf(flow: Flow, place: Place, pulls: boolean, links: number): HeadSign | null {
  const path = flow.path.join(".");
  if (HEAD.test(path)) return !NUMBER.test(path) || pulls ? "head" : null;
  if (BRANCH.test(path)) return "branch";
  if (links > MAX_LINKS) return null;
  const known = memoAt(place);
  const key = `${pulls} ${path}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  known.set(key, null);
  const sign = signBehind(flow, place, pulls, links);
  known.set(key, sign);
  return sign;
}

const memoAt = memory<HeadSign | null>();

function signBehind(flow: Flow, place: Place, pulls: boolean, links: number): HeadSign | null {
  const [context = "", name = "", , output = ""] = flow.path;
  const entries = entriesBehind(context, name, place);
  for (const { value } of entries) {
    for (const { expression } of embeddedIn(value.text))
      for (const next of expression ? flowsOf(expression) : []) {
        const sign = signOf(next, placeOf(context, place), pulls, links + 1);
        if (sign) return sign;
      }
  }
  if (context === "steps" || context === "needs")
    return (NAMED.test(output) || pulls) && !isBase(output) ? "named" : null;
  return context === "env" && entries.length === 0 && NAMED.test(name) && carriedBy(flow, place) !== null
    ? "named"
    : null;
}

const isBase = (output: string): boolean => /base|default|main|latest|version|tag/.test(output);

function entriesBehind(context: string, name: string, { run, job, step }: Place): readonly Entry[] {
  if (context === "env") {
    const sets = [step?.env ?? [], job.env, run.workflow.env].map((env) => named(env, name));
    return sets.find((found) => found.length > 0) ?? [];
  }
  return context === "inputs" && run.caller ? named(run.given, name) : [];
}

const placeOf = (context: string, place: Place): Place =>
  context === "inputs" && place.run.caller ? { run: place.run.caller, job: place.run.caller.job, step: null } : place;

/** The line of a script that brings a head in, and how surely; null where none does. */
export function headFetched(step: Step, run: Run): { readonly index: number; readonly sign: HeadSign } | null {
  const script = step.run;
  if (script === null) return null;
  let index = 0;
  for (const line of script.text.split("\n")) {
    const sign = FETCHES.test(line) ? lineSign(line, { run, job: run.job, step }, script) : null;
    if (sign) return { index: index + line.search(/\S/), sign };
    index += line.length + 1;
  }
  return null;
}

const FETCHES =
  /\b(?:gh|hub)\s{1,8}(?:pr\s{1,8}checkout|repo\s{1,8}clone)\b|\bgit\b[^\n]{0,80}\b(?:fetch|checkout|clone|pull|merge|switch|reset|worktree|remote\s{1,8}add)\b/;

function lineSign(line: string, place: Place, whole: Text): HeadSign | null {
  if (/^\s{0,200}#/.test(line)) return null;
  if (/\b(?:gh|hub)\s{1,8}pr\s{1,8}checkout\b/.test(line)) return "head";
  if (/\bpull\/(?:[^\s]{1,80}\/(?:head|merge)|\$)/.test(line)) return "head";
  const written = headSign({ ...whole, text: line }, place);
  if (written) return written;
  for (const [, name = ""] of line.matchAll(/\$\{?([A-Za-z_]\w{0,60})/g)) {
    const sign = signOf({ path: ["env", name.toLowerCase()], whole: false }, place, false, 0);
    if (sign) return sign;
  }
  return null;
}
