import { fetchesCode } from "../formats/shell.ts";
import type { Hook } from "./contract.ts";
import type { Piece } from "./formats/source-code.ts";

/**
 * Names by which a program starts another one, loads from the network or runs text as code. Only code that runs by
 * itself at an install, build or test is read for them. By language, from its own documentation.
 */
const ACTS: Readonly<Record<Speech, ReadonlyMap<string, string>>> = {
  rust: new Map([
    ["Command", "starts a program"],
    ["reqwest", "loads from the network"],
    ["ureq", "loads from the network"],
    ["TcpStream", "loads from the network"],
    ["curl", "loads from the network"],
  ]),
  python: new Map([
    ["subprocess", "starts a program"],
    ["popen", "starts a program"],
    ["Popen", "starts a program"],
    ["check_output", "starts a program"],
    ["check_call", "starts a program"],
    ["urlopen", "loads from the network"],
    ["urlretrieve", "loads from the network"],
    ["requests", "loads from the network"],
    ["socket", "loads from the network"],
    ["b64decode", "decodes text"],
    ["b32decode", "decodes text"],
    ["b85decode", "decodes text"],
    ["a85decode", "decodes text"],
    ["decompress", "decodes text"],
    ["Fernet", "decodes text"],
    ["fromhex", "decodes text"],
    ["marshal", "decodes text"],
    ["exec", "runs text as code"],
    ["eval", "runs text as code"],
    ["system", "starts a program"],
    ["__import__", "runs text as code"],
  ]),
  ruby: new Map([
    ["system", "starts a program"],
    ["popen", "starts a program"],
    ["spawn", "starts a program"],
    ["Open3", "starts a program"],
    ["eval", "runs text as code"],
    ["instance_eval", "runs text as code"],
    ["URI", "loads from the network"],
    ["open_uri", "loads from the network"],
    ["decode64", "decodes text"],
  ]),
  gradle: new Map([
    ["commandLine", "starts a program"],
    ["exec", "starts a program"],
    ["ProcessBuilder", "starts a program"],
    ["getRuntime", "starts a program"],
    ["openStream", "loads from the network"],
    ["openConnection", "loads from the network"],
    ["evaluate", "runs text as code"],
  ]),
  go: new Map([
    ["exec", "starts a program"],
    ["http", "loads from the network"],
    ["net", "loads from the network"],
    ["syscall", "starts a program"],
    ["plugin", "runs text as code"],
  ]),
};

export type Speech = "rust" | "python" | "ruby" | "gradle" | "go";

/** Pieces of the statement that are shown with it. */
const SHOWN = 12;

/** Statements of code that starts programs, loads or decodes; the line says where. Linear. */
export function statementsIn(file: string, pieces: readonly Piece[], speech: Speech): readonly Hook[] {
  return pieces.flatMap(({ kind, text, line }, index): readonly Hook[] => {
    const act = kind === "word" && isUsed(pieces, index, speech) ? ACTS[speech].get(text) : undefined;
    const fetched = kind === "text" && fetchesCode(text.slice(0, 4_096)) ? "fetches code" : undefined;
    const said = act ?? fetched;
    if (said === undefined) return [];
    const command = pieces
      .slice(index, index + SHOWN)
      .filter((piece) => piece.line === line)
      .map((piece) => piece.text)
      .join(" ");
    return [{ moment: "fetch", name: `${file} ${said}`, command: command.slice(0, 400), line }];
  });
}

/** A name counts where it is called or reached into; an import alone does nothing. */
function isUsed(pieces: readonly Piece[], index: number, speech: Speech): boolean {
  const next = pieces[index + 1]?.text ?? "";
  const before = pieces[index - 1]?.text ?? "";
  if (/^(?:import|use|from|require|def|fn|class)$/.test(before)) return false;
  if (speech === "rust") return next === ":" || next === "(";
  return (
    next === "(" ||
    next === "." ||
    (speech === "gradle" && next !== "=") ||
    (speech === "ruby" && pieces[index + 1]?.kind === "text")
  );
}
