import { type Expression, embeddedIn, partsOf } from "../expression.ts";
import { type Around, findingIn, type Rule, type WorkflowFinding } from "../finding.ts";
import { conditionOf } from "../outsider.ts";
import { isOpen, type Run } from "../runs.ts";
import { lineOf } from "../tree.ts";
import type { Lines } from "../workflow.ts";

/** A condition lets a bot in by who acted last. */
export const spoofableActor: Rule = {
  id: "spoofable-actor",
  title: "A bot is let in by who acted last",
  ofRun: (run, around) => (run.ways.length === 0 ? [] : placesIn(run).map((lines) => ofLines(lines, run, around))),
};

function ofLines(lines: Lines, run: Run, around: Around): WorkflowFinding {
  const target = run.ways.some((way) => way.cause === "target" && isOpen(way));
  return findingIn("spoofable-actor", run, lines, {
    ...{ around, severity: target ? "medium" : "low", confidence: target ? "high" : "medium" },
    fact: "A condition compares `github.actor`, who acted last, with the name of a bot.",
    why: "Somebody else can have the bot act last on a pull request of his own, and passes as the bot.",
    fine: "Compare who opened the pull request, `github.event.pull_request.user.login`, and its repository.",
  });
}

/** Conditions of the job and its steps, and comparisons that scripts make. */
function placesIn({ job }: Run): readonly Lines[] {
  const conditions = [job.if, ...job.steps.map((step) => step.if)].flatMap((text) => {
    const expression = text && conditionOf(text.text);
    return text && expression && letsBotIn(expression) ? [text] : [];
  });
  const scripts = job.steps.flatMap(({ run }) =>
    run === null
      ? []
      : embeddedIn(run.text).flatMap(({ expression, index }) => {
          const line = expression?.kind === "reference" && isActor(expression) ? lineOf(run, index) : null;
          const rest = run.text.slice(index, index + 120).split("\n", 1)[0] ?? "";
          return line !== null && /==?\s{0,8}['"]?[\w-]{1,40}\[bot\]/.test(rest) ? [{ line, endLine: line }] : [];
        }),
  );
  return [...conditions, ...scripts];
}

/** True of a comparison that holds for a bot; one that keeps bots out gives nobody anything. */
function letsBotIn(expression: Expression): boolean {
  for (const part of partsOf(expression)) {
    if (part.kind === "binary" && part.operator === "==" && pairIs(part.left, part.right)) return true;
    const [where, what] = part.kind === "call" ? part.args : [];
    if (part.kind !== "call" || !where || !what) continue;
    if (["contains", "startswith", "endswith"].includes(part.name) && isActor(where) && isBot(what))
      return !isDenied(expression, part);
    if (part.name === "contains" && isActor(what) && [...partsOf(where)].some(isBot))
      return !isDenied(expression, part);
  }
  return false;
}

const isDenied = (whole: Expression, part: Expression): boolean =>
  [...partsOf(whole)].some((each) => each.kind === "not" && each.of === part);

const pairIs = (left: Expression, right: Expression): boolean =>
  (isActor(left) && isBot(right)) || (isActor(right) && isBot(left));

const ACTORS = new Set([
  "github.actor",
  "github.triggering_actor",
  "github.event.sender.login",
  "github.actor_id",
  "github.event.sender.id",
]);
const isActor = (expression: Expression): boolean =>
  expression.kind === "reference" && ACTORS.has(expression.path.join("."));

/** Names end in `[bot]`, in lists too; the numbers are those of the best-known bots. */
const isBot = (expression: Expression): boolean =>
  expression.kind === "literal" &&
  /\[bot\]|^dependabot|^renovate|^(?:49699333|29139614|41898282)$/.test(String(expression.value));
