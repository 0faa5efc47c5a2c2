import type { Steps } from "../../../slices.ts";
import { type Draft, dependency, draft, type Ecosystem, type LockPart, type Source } from "../contract.ts";
import { lineEnd } from "../formats/paragraphs.ts";
import { hashesOf } from "../integrity.ts";
import { ownerOf, REGISTRY, sourceOf } from "../sources.ts";

const LINES_A_STEP = 1_024;
const GIT_HOST = /^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)$/;

/** `go.mod`, `go.work` and `go.sum`. A module's name is its address, so only what replaces another one is a source. */
export const go: Ecosystem = {
  id: "go",
  reads(path) {
    if (/(?:^|\/)go\.(?:mod|work)$/.test(path)) return "manifest";
    return /(?:^|\/)go(?:\.work)?\.sum$/.test(path) ? "lock" : null;
  },
  *read(path, text) {
    const found = draft();
    const isSum = path.endsWith(".sum");
    let block = "";
    for (const [index, written] of text.split("\n").entries()) {
      if (index % LINES_A_STEP === LINES_A_STEP - 1) yield;
      if (isSum) addSum(found, written, index + 1);
      else block = addLine(found, written, block, index + 1);
    }
    return found;
  },
  *parts(path, text) {
    yield;
    if (!path.endsWith(".sum")) return null;
    return { dialect: "go.sum", asks: false, endOf: (from) => lineEnd(text, from), read: sumPart };
  },
};

/** A line of `go.sum`, which says the same wherever it stands. */
function* sumPart(text: string): Steps<LockPart> {
  const found = draft();
  addSum(found, text, 1);
  yield;
  return { ...found, asked: [] };
}

function addSum(found: Draft, written: string, line: number): void {
  const [name, version, hash] = written.trim().split(/\s+/);
  if (name === undefined || version === undefined || hash === undefined) return;
  const integrity = hashesOf(hash);
  found.dependencies.push(dependency({ name, source: REGISTRY, version, integrity, line }));
}

/** The longest directive has seven; of a line that goes on and on the rest is not looked at. */
const MOST_WORDS = 16;

/** The words of a line before its comment, without their quotes; a bracket is a word. */
const wordsOf = (written: string): readonly string[] =>
  written
    .replace(/\/\/.*$/, "")
    .matchAll(/[()]|[^\s()]+/g)
    .take(MOST_WORDS)
    .map(([word]) => word.replace(/^["`]|["`]$/g, ""))
    .toArray();

/** Returns the block that the next line stands in. */
function addLine(found: Draft, written: string, block: string, line: number): string {
  const words = wordsOf(written);
  const [first = ""] = words;
  if (first === ")") return "";
  if (words[1] === "(" && words.length === 2) return first;
  const verb = block === "" ? first : block;
  const rest = block === "" ? words.slice(1) : words;
  const [name = "", version = null] = rest;
  if (name === "") return block;
  if (verb === "require") found.dependencies.push(dependency({ name, source: REGISTRY, version, line }));
  const arrow = rest.indexOf("=>");
  if (verb === "replace" && arrow > 0) {
    const target = rest[arrow + 1] ?? "";
    const isPath = /^(?:\.{0,2}\/|\.{1,2}$|[A-Za-z]:)/.test(target);
    // A fork is asked for as itself: the line says in the open that another module comes under the name.
    // Another version, or another module of the same owner, is fixed as a requirement would be.
    const same = ownerOf(moduleSource(target)) === ownerOf(moduleSource(name)) && moduleSource(name).owner !== null;
    const pinned = target === name || same;
    const source = isPath ? sourceOf(`file:${target}`) : pinned ? REGISTRY : moduleSource(target);
    const resolvesTo = isPath || pinned ? name : target;
    found.dependencies.push(
      dependency({
        name,
        resolvesTo,
        declaredAlias: resolvesTo !== name,
        source,
        version: rest[arrow + 2] ?? null,
        line,
      }),
    );
  }
  if (verb === "toolchain" && !/^(?:go\d|default)/.test(name))
    found.hooks.push({ moment: "build", name: "toolchain", command: name, line });
  return block;
}

function moduleSource(name: string): Source {
  const [host = "", owner = ""] = name.toLowerCase().split("/");
  return { kind: "git", host, owner: GIT_HOST.test(host) ? owner : null, plain: false, spec: name };
}
