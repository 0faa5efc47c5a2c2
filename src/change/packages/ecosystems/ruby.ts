import { type Draft, dependency, draft, type Ecosystem, type Source } from "../contract.ts";
import { settingsOf } from "../formats/ini.ts";
import { type Piece, piecesOf, RUBY } from "../formats/source-code.ts";
import { hashesOf } from "../integrity.ts";
import { gitAt, REGISTRY, registryAt, sourceOf } from "../sources.ts";
import { statementsIn } from "../statements.ts";

const LINES_A_STEP = 1_024;
/** Pieces of one statement that are read for its options. */
const STATEMENT = 60;

/** `Gemfile` and gemspecs (lexed), `Gemfile.lock`, Bundler's settings and `extconf.rb`. */
export const ruby: Ecosystem = {
  id: "ruby",
  reads(path) {
    if (/(?:^|\/)(?:Gemfile|gems\.rb)$|\.gemspec$/.test(path)) return "manifest";
    if (/(?:^|\/)(?:Gemfile\.lock|gems\.locked)$/.test(path)) return "lock";
    if (/(?:^|\/)\.bundle\/config$/.test(path)) return "settings";
    return /(?:^|\/)extconf\.rb$/.test(path) ? "code" : null;
  },
  *read(path, text) {
    const found = draft();
    if (/lock(?:ed)?$/.test(path)) yield* addLock(found, text);
    else if (path.endsWith("config")) addSettings(found, text);
    else {
      const pieces = yield* piecesOf(text, RUBY);
      yield;
      const name = path.slice(path.lastIndexOf("/") + 1);
      if (name === "extconf.rb") found.hooks.push({ moment: "install", name, command: "", line: 1 });
      for (let index = 0; index < pieces.length; index++) addStatement(found, pieces, index);
      yield;
      found.hooks.push(...statementsIn(name, pieces, "ruby"));
    }
    return found;
  },
};

const GIT_OPTION: ReadonlyMap<string, (value: string) => Source> = new Map([
  ["git", gitAt],
  ["github", (value) => sourceOf(`github:${value}`)],
  ["gist", (value) => sourceOf(`gist:${value}`)],
  ["bitbucket", (value) => sourceOf(`bitbucket:${value}`)],
  ["gitlab", (value) => sourceOf(`gitlab:${value}`)],
  ["path", (value) => sourceOf(`file:${value}`)],
  ["source", registryAt],
]);

function addStatement(found: Draft, pieces: readonly Piece[], index: number): void {
  const piece = pieces[index];
  if (piece?.kind !== "word") return;
  const { line } = piece;
  const argument = pieces.slice(index + 1, index + 3).find(({ kind }) => kind === "text");
  const previous = pieces[index - 1];
  const isCall = previous === undefined || previous.line < line || previous.text === ";" || previous.text === ".";
  if (!isCall) return;
  if (piece.text === "source" && argument?.text.includes("://"))
    found.registries.push({ scope: sourceScope(pieces, index), source: registryAt(argument.text), line });
  if (
    /^(?:gem|plugin|add_dependency|add_runtime_dependency|add_development_dependency|git|github)$/.test(piece.text) &&
    argument !== undefined
  ) {
    const block = GIT_OPTION.get(piece.text);
    const source = block === undefined ? optionSource(pieces, index) : block(argument.text);
    found.dependencies.push(dependency({ name: argument.text, source, version: null, line }));
    if (piece.text === "plugin") found.hooks.push({ moment: "install", name: "plugin", command: argument.text, line });
  }
  if (piece.text === "extensions" && /^[=<+]$/.test(pieces[index + 1]?.text ?? ""))
    for (const each of pieces.slice(index + 1, index + 20))
      if (each.kind === "text" && each.line - line < 8 && /extconf|Rakefile|Cargo|\.rb$/.test(each.text))
        found.hooks.push({ moment: "install", name: "extensions", command: each.text, line: each.line });
}

/** A source with a block serves what stands in the block, one without serves everything. */
const sourceScope = (pieces: readonly Piece[], index: number): string =>
  pieces.slice(index + 1, index + 6).some(({ text, line }) => text === "do" && line === pieces[index]?.line)
    ? "block"
    : "";

/** `git: "..."` or `:git => "..."` among the options of a statement, which ends where the next one begins its line. */
function optionSource(pieces: readonly Piece[], index: number): Source {
  for (let at = index + 2; at < Math.min(pieces.length, index + STATEMENT); at++) {
    const [piece, next, third] = [pieces[at], pieces[at + 1], pieces[at + 2]];
    if (
      piece?.kind === "word" &&
      /^(?:gem|source|group|end|plugin)$/.test(piece.text) &&
      piece.line > (pieces[at - 1]?.line ?? 0)
    )
      break;
    const option = piece?.kind === "word" ? GIT_OPTION.get(piece.text) : undefined;
    const value = next?.text === ":" ? third : next?.text === "=" ? pieces[at + 3] : undefined;
    if (option !== undefined && value?.kind === "text") return option(value.text);
  }
  return REGISTRY;
}

/** Sections at the margin, `remote:` two blanks in, entries four, what they ask for six. */
function* addLock(found: Draft, text: string): Generator<void, void, void> {
  const asked = new Set<string>();
  const places = new Map<string, number>();
  let section = "";
  let source: Source = REGISTRY;
  for (const [index, written] of text.split("\n").entries()) {
    if (index % LINES_A_STEP === LINES_A_STEP - 1) yield;
    const line = index + 1;
    if (/^\S/.test(written)) [section, source] = [written.trim(), REGISTRY];
    const remote = /^ {2}remote: (.*)$/.exec(written)?.[1];
    if (remote !== undefined) {
      source = section === "GIT" ? gitAt(remote) : section === "PATH" ? sourceOf(`file:${remote}`) : registryAt(remote);
      if (section === "GEM") found.registries.push({ scope: "+", source, line });
    }
    const [, indent = "", name = "", version = null] = /^( +)([^\s(!]+)!?(?: \(([^)]*)\))?/.exec(written) ?? [];
    if (indent.length === 6 || (section === "DEPENDENCIES" && indent.length === 2)) asked.add(name);
    else if (indent.length === 4 && /^(?:GEM|GIT|PATH|PLUGIN SOURCE)$/.test(section)) {
      places.set(`${name} ${version}`, found.dependencies.length);
      found.dependencies.push(dependency({ name, source, version, line }));
    } else if (section === "CHECKSUMS" && indent.length === 2) {
      const place = places.get(`${name} ${version}`);
      const entry = place === undefined ? undefined : found.dependencies[place];
      const integrity = hashesOf(/\bsha256=\w+/.exec(written)?.[0].replace("=", ":") ?? null);
      if (place !== undefined && entry !== undefined) found.dependencies[place] = { ...entry, integrity };
    }
  }
  found.asked = asked;
}

function addSettings(found: Draft, text: string): void {
  for (const { key, value, line } of settingsOf(text)) {
    const bare = value.replace(/^"|"$/g, "");
    if (/^bundle_mirror__/.test(key)) found.registries.push({ scope: "", source: registryAt(bare), line });
    if (key === "bundle_ssl_verify_mode" && bare === "0")
      found.weakened.push({
        setting: key,
        grade: "high",
        lets: "anybody on the network stand in for the registry",
        line,
      });
  }
}
