/**
 * `node tools/new-signal.ts ID FAMILY`: writes a signal and its vectors from the template, and its line among those that
 * `test/signals/declared.test.ts` holds. All checks pass with them as they are; what says TODO is to be filled in.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { FAMILIES, type Family } from "../src/signals/families.ts";

const root = resolve(import.meta.dirname, "..");
const DECLARED = "test/signals/declared.test.ts";

/** What is written for a new signal, by path below the root; `declared` is the text of the file of that name. */
export function filesOf(id: string, family: Family, declared: string): ReadonlyMap<string, string> {
  return new Map([
    [`src/signals/${family}/${id}.ts`, source(id, family)],
    [`test/signals/${family}/${id}.vectors.ts`, VECTORS],
    [DECLARED, withLine(declared, id, kindOf(family).declared)],
  ]);
}

interface Kind {
  readonly axis: "P" | "C" | "X";
  /** The line of its weight or level in the source. */
  readonly weighs: string;
  /** What `detect` says beside the evidence. */
  readonly more: string;
  readonly declared: string;
}

/** A family says something of the account, of the change or of access; the weight is the least there is. */
function kindOf(family: Family): Kind {
  if (family !== "change" && family !== "access")
    return { axis: "P", weighs: "weight: 1", more: "", declared: "P, experimental, 1 bits" };
  const axis = family === "change" ? "C" : "X";
  const more = ',\n      { severity: "medium" }';
  return { axis, weighs: 'severity: "medium"', more, declared: `${axis}, experimental, medium` };
}

function source(id: string, family: Family): string {
  const { axis, weighs, more } = kindOf(family);
  const facts = 'found.map(({ path }) => ({ fact: "TODO what was seen", tier: "SC", place: { path, line: 1 } }))';
  const answer = more === "" ? `fired(${facts})` : `fired(\n      ${facts}${more},\n    )`;
  return `import { clear, defineSignal, fired } from "../signal.ts";

export default defineSignal({
  id: "${id}",
  axis: "${axis}",
  family: "${family}",
  title: "TODO a proposition that is true when the signal fires",
  status: "experimental",
  version: 1,
  ${weighs},
  falsePositiveRisk: "medium",
  sources: [{ url: "https://example.org/", says: "TODO what it rests on" }],
${axis === "C" ? '  why: "TODO what it could lead to",\n' : ""}  benign: ["TODO the likeliest innocent explanation", "TODO the next one"],
  clears: "TODO what the contributor or a maintainer can do to clear it",
  framing: "TODO who could write this evidence, and why an innocent cannot be given it",
  needs: ["change.files"],
  detect({ "change.files": { files } }) {
    const found = files.filter(({ path }) => path === "TODO");
    if (found.length === 0) return clear;
    return ${answer};
  },
});
`;
}

const VECTORS = `import { changed } from "../given.ts";
import type { Vector } from "../vector.ts";

export default [
  {
    kind: "fires",
    when: "TODO what it is about",
    given: { "change.files": changed({ TODO: ["a line"] }) },
    expect: { outcome: "fired", fact: "TODO what was seen" },
  },
  {
    kind: "look_alike",
    when: "TODO what an innocent does that resembles it",
    given: { "change.files": changed({ "a.md": ["a line"] }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "TODO just above",
    given: { "change.files": changed({ TODO: ["a line"], "a.md": ["a line"] }) },
    expect: { outcome: "fired" },
  },
  {
    kind: "boundary",
    when: "TODO just below",
    given: { "change.files": changed({ "TODO.md": ["a line"] }) },
    expect: { outcome: "clear" },
  },
] satisfies readonly Vector[];
`;

/** The file with one line more, in the order of ids. */
function withLine(declared: string, id: string, line: string): string {
  const lines = declared.split("\n");
  const start = lines.findIndex((each) => each.startsWith("const DECLARED"));
  const idOf = (each: string): string => /^ {2}"([^"]+)": /.exec(each)?.[1] ?? "\uffff";
  const at = lines.findIndex((each, index) => index > start && idOf(each) > id);
  if (start < 0 || at < 0) throw new Error(`${DECLARED} has lost its list`);
  return lines.toSpliced(at, 0, `  "${id}": "${line}",`).join("\n");
}

/** Returns the exit code. */
function main(id = "", family = ""): number {
  const known = Object.keys(FAMILIES) as readonly Family[];
  const chosen = known.find((name) => name === family);
  if (!/^[a-z]+(-[a-z0-9]+)+$/.test(id) || chosen === undefined)
    return refuse(`give an id such as chg-guard-removal and a family, one of ${known.join(", ")}`);
  const files = filesOf(id, chosen, readFileSync(join(root, DECLARED), "utf8"));
  const taken = [...files.keys()].find((path) => path !== DECLARED && existsSync(join(root, path)));
  if (taken !== undefined) return refuse(`${taken} exists; choose another id`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    process.stdout.write(`${relative(process.cwd(), join(root, path))}\n`);
  }
  process.stdout.write("Fill in what says TODO, then run `npm run catalog` and `npm test -- test/signals`.\n");
  return 0;
}

function refuse(why: string): number {
  process.stderr.write(`new-signal: ${why}\n`);
  return 2;
}

if (import.meta.main) process.exitCode = main(...process.argv.slice(2));
