import { type Expression, embeddedIn, OPAQUE, parseExpression, references } from "./expression.ts";
import { readPermissions } from "./permissions.ts";
import { allTexts, asText, at, entriesOf, entryAt, lineOf, textAt, textEntries, textsOf } from "./tree.ts";
import type { Entry, Job, Runner, SecretUse, Step, Uses } from "./workflow.ts";
import type { Lines, Text, Tree } from "./yaml-tree.ts";

/** One job of a workflow under its id. */
export function readJob(key: Text, tree: Tree): Job {
  const permissions = entryAt(tree, "permissions");
  const secrets = at(tree, "secrets");
  const environment = at(tree, "environment");
  const matrix = matrixOf(at(at(tree, "strategy"), "matrix"));
  return {
    id: key.text,
    line: key.line,
    endLine: Math.max(key.line, tree.endLine),
    permissions:
      permissions && readPermissions(permissions.value, { ...permissions.value, line: permissions.key.line }),
    if: textAt(tree, "if"),
    environment: asText(environment) ?? textAt(environment, "name"),
    runsOn: readRunner(at(tree, "runs-on"), matrix),
    needs: textsOf(at(tree, "needs")).map(({ text }) => text),
    matrix,
    env: textEntries(at(tree, "env")),
    outputs: textEntries(at(tree, "outputs")),
    uses: readUses(textAt(tree, "uses")),
    with: inputs(at(tree, "with")),
    inheritsSecrets: secrets?.kind === "text" && secrets.text.trim().toLowerCase() === "inherit" ? secrets : null,
    steps: readSteps(at(tree, "steps")),
    secrets: secretsIn(tree),
  };
}

/** The `runs` of an action as a job: composite ones have steps, others run a program that is not in the file. */
export function readStepsJob(runs: Tree): Job {
  const job = readJob({ kind: "text", text: "", source: "", comment: null, line: runs.line, endLine: runs.line }, runs);
  return { ...job, id: null, line: runs.line, endLine: runs.endLine };
}

function readSteps(tree: Tree | null): readonly Step[] {
  if (tree?.kind !== "list") return [];
  return tree.items.flatMap((item) => {
    if (item.kind !== "map") return [];
    // `parallel` and the like hold steps of their own; what runs in them runs all the same.
    const inner = item.entries.flatMap(({ value }) => (value.kind === "list" ? readSteps(value) : []));
    return [readStep(item), ...inner];
  });
}

const readStep = (tree: Tree): Step => ({
  line: tree.line,
  endLine: tree.endLine,
  id: textAt(tree, "id")?.text ?? null,
  name: textAt(tree, "name"),
  if: textAt(tree, "if"),
  uses: readUses(textAt(tree, "uses")),
  with: inputs(at(tree, "with")),
  run: textAt(tree, "run"),
  shell: textAt(tree, "shell")?.text ?? null,
  env: textEntries(at(tree, "env")),
});

const inputs = (tree: Tree | null): readonly Entry[] =>
  textEntries(tree).map(({ name, value }) => ({ name: name.toLowerCase(), value }));

/** Each value of the matrix under its name, those of `include` too, and below it as `os.name`. */
function matrixOf(tree: Tree | null): readonly Entry[] {
  if (tree?.kind === "text") return [{ name: "*", value: tree }];
  return entriesOf(tree).flatMap(({ key, value }) => {
    const name = key.text.toLowerCase();
    if (name === "exclude") return [];
    return name === "include" ? valuesUnder("", value) : valuesUnder(name, value);
  });
}

function valuesUnder(name: string, tree: Tree): readonly Entry[] {
  if (tree.kind === "text") return [{ name: name === "" ? "*" : name, value: tree }];
  if (tree.kind === "list") return tree.items.flatMap((item) => valuesUnder(name, item));
  const base = name === "" ? "" : `${name}.`;
  return tree.entries.flatMap(({ key, value }) => valuesUnder(`${base}${key.text.toLowerCase()}`, value));
}

function readRunner(tree: Tree | null, matrix: readonly Entry[]): Runner | null {
  if (tree === null) return null;
  const isMap = tree.kind === "map";
  const written = isMap ? textsOf(at(tree, "labels")) : textsOf(tree);
  return {
    labels: written.flatMap((text) => labelsOf(text, matrix)),
    group: isMap ? (textAt(tree, "group")?.text ?? null) : null,
    line: tree.line,
    endLine: tree.endLine,
  };
}

/** The label, or what the matrix and the literals of an expression may make of it. */
function labelsOf({ text }: Text, matrix: readonly Entry[]): readonly string[] {
  if (!text.includes("${{")) return [text.trim().toLowerCase()];
  return embeddedIn(text).flatMap(({ expression }) => (expression ? labelsIn(expression, matrix) : []));
}

function labelsIn(expression: Expression, matrix: readonly Entry[]): readonly string[] {
  if (expression.kind === "literal") return listed(String(expression.value));
  if (expression.kind === "call")
    return OPAQUE.has(expression.name) ? [] : expression.args.flatMap((arg) => labelsIn(arg, matrix));
  if (expression.kind === "binary") {
    const { operator, left, right } = expression;
    if (operator === "||") return [...labelsIn(left, matrix), ...labelsIn(right, matrix)];
    return operator === "&&" ? labelsIn(right, matrix) : [];
  }
  if (expression.kind !== "reference" || expression.path[0] !== "matrix") return [];
  const name = expression.path.slice(1).join(".");
  // A value of the matrix may be an expression of its own, of the outputs of a job as a rule.
  return matrix
    .filter((entry) => entry.name === name || entry.name === "*")
    .flatMap(({ value }) => (value.text.includes("${{") ? labelsOf(value, []) : listed(value.text)));
}

/** A label, or those of a JSON list that `fromJSON` reads. */
function listed(text: string): readonly string[] {
  const written = text.trim().toLowerCase();
  return written.startsWith("[") ? [...written.matchAll(/"([^"]{1,100})"/g)].map(([, label = ""]) => label) : [written];
}

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i;
const DIGEST = /@sha256:[0-9a-f]{64}$/i;

function readUses(text: Text | null): Uses | null {
  if (text === null) return null;
  const { line, endLine, comment } = text;
  const written = text.text.trim();
  const place: Lines & { readonly text: string; readonly comment: string | null } = {
    text: written,
    line,
    endLine,
    comment,
  };
  if (written.startsWith("./") || written.startsWith("../"))
    return {
      ...place,
      kind: "local",
      target: written.replace(/^\.\//, "").replace(/\/$/, ""),
      path: "",
      ref: null,
      pinned: true,
    };
  if (/^docker:/i.test(written)) {
    const image = written.slice("docker://".length);
    return { ...place, kind: "docker", target: image, path: "", ref: null, pinned: DIGEST.test(image) };
  }
  const [address = "", ref = null] = written.split("@", 2);
  const [owner = "", repository = "", ...path] = address.split("/");
  return {
    ...place,
    kind: "remote",
    target: `${owner}/${repository}`.toLowerCase(),
    path: path.join("/"),
    ref,
    pinned: ref !== null && COMMIT.test(ref),
  };
}

/** Secrets by name in every expression below, `if` without braces too. */
function secretsIn(tree: Tree): readonly SecretUse[] {
  const found: SecretUse[] = [];
  for (const text of allTexts(tree)) {
    if (!/secrets/i.test(text.text)) continue;
    const whole = text.text.includes("${{") ? null : parseExpression(text.text);
    const parts = whole ? [{ index: 0, expression: whole, text: text.text }] : embeddedIn(text.text);
    for (const { expression, index, text: written } of parts.slice(0, MAX_SECRETS)) {
      const line = lineOf(text, index);
      // What cannot be parsed may still be read by GitHub.
      const paths = expression ? references(expression) : /\bsecrets\b/i.test(written) ? [["secrets", "*"]] : [];
      for (const [context, name = "*"] of paths)
        if (context === "secrets" && name !== "github_token")
          found.push({ name: name.toUpperCase(), line, endLine: line });
    }
  }
  return found;
}

/** Of one text; more of them say nothing new. */
const MAX_SECRETS = 50;
