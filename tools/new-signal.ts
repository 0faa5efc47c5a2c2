/** `node tools/new-signal.ts ID FAMILY`: writes a signal and its vectors from the template, to be filled in. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { FAMILIES } from "../src/signals/families.ts";

const root = resolve(import.meta.dirname, "..");
const [id = "", family = ""] = process.argv.slice(2);

if (!/^[a-z]+(-[a-z0-9]+)+$/.test(id) || !Object.hasOwn(FAMILIES, family)) {
  process.stderr.write(
    `new-signal: give an id such as chg-guard-removal and a family, one of ${Object.keys(FAMILIES).join(", ")}\n`,
  );
  process.exitCode = 2;
} else {
  write(join(root, "src/signals", family, `${id}.ts`), source());
  write(join(root, "test/signals", family, `${id}.vectors.ts`), vectors());
}

function write(path: string, text: string): void {
  if (existsSync(path)) {
    process.stderr.write(`new-signal: ${relative(root, path)} exists; choose another id\n`);
    process.exitCode = 2;
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`${relative(root, path)}\n`);
}

function source(): string {
  return `import { clear, defineSignal, fired } from "../signal.ts";

export default defineSignal({
  id: "${id}",
  axis: "C",
  family: "${family}",
  title: "TODO a proposition that is true when the signal fires",
  status: "experimental",
  version: 1,
  severity: "medium",
  falsePositiveRisk: "medium",
  sources: [{ url: "https://", says: "TODO" }],
  benign: ["TODO", "TODO"],
  clears: "TODO",
  framing: "TODO who could write this evidence, and why an innocent cannot be given it",
  needs: ["change.files"],
  detect({ "change.files": { files } }) {
    const found = files.filter(({ path }) => path === "TODO");
    if (found.length === 0) return clear;
    return fired(found.map(({ path }) => ({ fact: "TODO", tier: "SC", place: { path, line: 1 } })), { severity: "medium" });
  },
});
`;
}

function vectors(): string {
  return `import { changed } from "../given.ts";
import type { Vector } from "../vector.ts";

export default [
  { kind: "fires", when: "TODO", given: { "change.files": changed({ TODO: ["a line"] }) }, expect: { outcome: "fired", severity: "medium" } },
  { kind: "look_alike", when: "TODO", given: { "change.files": changed({ "a.md": ["a line"] }) }, expect: { outcome: "clear" } },
  { kind: "boundary", when: "TODO just above", given: { "change.files": changed({ TODO: ["a line"] }) }, expect: { outcome: "fired" } },
  { kind: "boundary", when: "TODO just below", given: { "change.files": changed({ "a.md": ["a line"] }) }, expect: { outcome: "clear" } },
] satisfies readonly Vector[];
`;
}
