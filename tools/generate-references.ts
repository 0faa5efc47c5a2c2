// Writes the references that repeat what code says: .env.example, the tables in docs/policy.md, sections in docs/dossier.md.
// node tools/generate-references.ts          writes them
// node tools/generate-references.ts --check  exits 1 when one of them is out of date
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { EXAMPLE } from "../src/cli/commands/assess/example.ts";
import { SECTION_NAMES } from "../src/dossier/dossier.ts";
import { keysOf, type PolicySection } from "../src/policy/key.ts";
import { KEYS, LATER_KEYS } from "../src/policy/keys.ts";
import { policyKeys } from "../src/policy/policy-schema.ts";
import { REFUSED_VARIABLES, VARIABLES, type Variable } from "../src/variables.ts";
import { HISTORY_WORDS } from "./schema-words/histories.ts";

const root = resolve(import.meta.dirname, "..");

const GROUPS: Readonly<Record<Variable<unknown>["group"], string>> = {
  app: "The GitHub App. The set-up page of the first start writes these; GitHub shows them on the App's settings page.",
  github: "Which GitHub",
  server: "Where the pages are",
  store: "Where the data is",
  notify: "Who is told outside the pages (docs/operations.md)",
  log: "What is written to standard output",
};

/** `.env.example`: every variable with what it is, its unit and its default; nothing in it is set. */
export function environmentExample(): string {
  const groups = Object.entries(GROUPS).map(([group, title]) => {
    const members = Object.entries(VARIABLES).filter(([, variable]) => variable.group === group);
    return [`## ${title}`, ...members.map(([name, variable]) => example(name, variable))].join("\n\n");
  });
  const refused = Object.entries(REFUSED_VARIABLES).map(([name, why]) => `# ${name}: ${why}.`);
  const compose = Object.entries(COMPOSE_VARIABLES).map(([name, variable]) => example(name, variable));
  const head = "# Copy to .env (mode 0600) and fill in what you need. Variables of the process win over the file.";
  return `${[head, ...groups, "## Read by docker/compose.yml alone", ...compose, `## Refused at start\n\n${refused.join("\n")}`].join("\n\n")}\n`;
}

/** What the compose file takes from .env besides; it fixes HOST, the ports inside, DATA_DIR and DATABASE_URL itself. */
const COMPOSE_VARIABLES = {
  POSTGRES_PASSWORD: {
    about: "Password of the PostgreSQL that it starts. Make one with: openssl rand -hex 24",
    unit: "letters and digits, for it becomes part of an address",
    fallback: null,
  },
} as const;

function example(
  name: string,
  { about, unit, fallback }: Pick<Variable<unknown>, "about" | "unit" | "fallback">,
): string {
  return `# ${about}\n# Unit: ${unit}. Default: ${fallback ?? "none"}.\n#${name}=${fallback ?? ""}`;
}

/** The parts of docs/policy.md that the table of keys decides, by the name that their marks carry. */
const POLICY_PARTS: Readonly<Record<string, () => string>> = {
  rules: () => {
    const keys: PolicySection = KEYS;
    const byRule = Map.groupBy(keysOf(keys), ([, { tighten }]) => tighten.mend);
    const rows = [...byRule].map(([mend, under]) => [
      under.map(([path]) => code(path.join("."))).join(", "),
      cell(mend),
    ]);
    return table(["key", "rule"], rows);
  },
  keys: () => {
    const rows = [...policyKeys()].map(([key, { allowed, about }]) => [code(key), cell(allowed), cell(about)]);
    return table(["key", "allowed", "meaning"], rows);
  },
  later: () => `${LATER_KEYS.map(code).join(", ")}.`,
};

/** The part of docs/dossier.md that shows each section. */
const DOSSIER_PARTS: Readonly<Record<string, () => string>> = {
  sections: () =>
    SECTION_NAMES.map((name) => {
      const section = EXAMPLE.sections[name];
      const value = section.state === "present" ? section.value : null;
      return `### \`${name}\`\n\n${HISTORY_WORDS[name] ?? ""}\n\n\`\`\`json\n${folded(value)}\n\`\`\``;
    }).join("\n\n"),
};

const WIDTH = 110;

/** JSON with what fits into a line on one. */
function folded(value: unknown, indent = ""): string {
  const short = JSON.stringify(value).replace(/(?<=[,:{])(?=["[{\d])|(?=})/g, " ");
  const plain = JSON.parse(short);
  if (JSON.stringify(plain) === JSON.stringify(value) && indent.length + short.length <= WIDTH) return short;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const parts = Object.entries(value).map(([key, each]) =>
    Array.isArray(value) ? folded(each, deeper) : `${JSON.stringify(key)}: ${folded(each, deeper)}`,
  );
  return `${open}\n${parts.map((part) => deeper + part).join(",\n")}\n${indent}${close}`;
}

export const dossierReference = (text: string): string => renewed("docs/dossier.md", text, DOSSIER_PARTS);

/** The text of docs/policy.md with those parts renewed. */
export const policyReference = (text: string): string => renewed("docs/policy.md", text, POLICY_PARTS);

const renewed = (page: string, text: string, parts: Readonly<Record<string, () => string>>): string =>
  Object.entries(parts).reduce((renewed, [name, part]) => {
    const start = `<!-- ${name}: written by tools/generate-references.ts -->\n`;
    const end = `<!-- end of ${name} -->`;
    const [before, after] = [renewed.indexOf(start), renewed.indexOf(end)];
    if (before < 0 || after < before) throw new Error(`${page} has lost the marks around its ${name}`);
    return `${renewed.slice(0, before)}${start}${part()}\n${renewed.slice(after)}`;
  }, text);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const [heading, ...body] = [head, ...rows].map((row) => `| ${row.join(" | ")} |`);
  return [heading, `|${"---|".repeat(head.length)}`, ...body].join("\n");
}

const code = (name: string): string => `\`${name}\``;
const cell = (text: string): string => text.replaceAll("|", "\\|");

/** Every reference as it has to be: path and text. */
export function referenceFiles(): readonly { readonly path: string; readonly text: string }[] {
  const [policy, cases] = [resolve(root, "docs/policy.md"), resolve(root, "docs/dossier.md")];
  return [
    { path: resolve(root, ".env.example"), text: environmentExample() },
    { path: policy, text: policyReference(readFileSync(policy, "utf8")) },
    { path: cases, text: dossierReference(readFileSync(cases, "utf8")) },
  ];
}

function main(check: boolean): void {
  for (const { path, text } of referenceFiles()) {
    if (!check) writeFileSync(path, text);
    else if (readFileSync(path, "utf8") !== text) {
      process.stderr.write(`${path}: out of date; run node tools/generate-references.ts\n`);
      process.exitCode = 1;
    }
  }
}

if (import.meta.main) main(process.argv.includes("--check"));
