import type { Steps } from "../../../slices.ts";
import { fetchesCode } from "../../formats/shell.ts";
import { draft, type Ecosystem, type Hook } from "../contract.ts";
import { GO, piecesOf, RUBY } from "../formats/source-code.ts";
import { statementsIn } from "../statements.ts";

const MAKEFILE = /(?:^|\/)gradlew(?:\.bat)?$|(?:^|\/)(?:GNUm|M|m)akefile$|\.mk$/;

/** Build files of no registry: `binding.gyp`, makefiles, Gradle's start script, `Rakefile`, and `init()` of Go files. */
export const native: Ecosystem = {
  id: "git",
  reads: (path) => (/(?:^|\/)(?:binding\.gyp|Rakefile)$|\.go$/.test(path) || MAKEFILE.test(path) ? "code" : null),
  *read(path, text) {
    const found = draft();
    const name = path.slice(path.lastIndexOf("/") + 1);
    yield;
    if (MAKEFILE.test(path)) {
      for (const [index, line] of text.split("\n").entries())
        if (fetchesCode(line.slice(0, 4_096)) && !/^\s*#/.test(line))
          found.hooks.push({
            moment: "fetch",
            name: `${name} fetches code`,
            command: line.trim().slice(0, 400),
            line: index + 1,
          });
    } else if (name === "binding.gyp") {
      // npm builds a package that has this file and no install script of its own, without being told to.
      found.hooks.push({ moment: "install", name, command: "", line: 1 });
      for (const [index, line] of text.split("\n").entries())
        if (/<!@?\(/.test(line))
          found.hooks.push({
            moment: "fetch",
            name: `${name} starts a program`,
            command: line.trim().slice(0, 400),
            line: index + 1,
          });
    } else if (name === "Rakefile")
      found.hooks.push(
        ...statementsIn(name, yield* piecesOf(text, RUBY), "ruby").filter(({ command }) => fetchesCode(command)),
      );
    else found.hooks.push(...(yield* initStatements(text)));
    return found;
  },
};

/** Statements inside `func init()`, which runs wherever the package is imported, tests included. */
function* initStatements(text: string): Steps<readonly Hook[]> {
  if (!text.includes("func init()")) return [];
  const pieces = yield* piecesOf(text, GO);
  const found: Hook[] = [];
  for (let index = 1; index < pieces.length; index++) {
    if (pieces[index]?.text !== "init" || pieces[index - 1]?.text !== "func") continue;
    // What follows belongs to this function until its braces close, so each piece is looked at once.
    const start = index + 3;
    let depth = 0;
    for (index = start; index < pieces.length; index++) {
      if (pieces[index]?.text === "{") depth += 1;
      if (pieces[index]?.text === "}") depth -= 1;
      if (depth === 0) break;
    }
    found.push(
      ...statementsIn("init()", pieces.slice(start, index), "go").filter(({ command }) => REACHES_OUT.test(command)),
    );
  }
  return found;
}

const REACHES_OUT = /^exec \. Command|^http \. (?:Get|Post|NewRequest)|^net \. Dial|^syscall \. Exec|^plugin \. Open/;
