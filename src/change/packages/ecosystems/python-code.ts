import { dependency, draft, type Ecosystem, type HookMoment } from "../contract.ts";
import { type Piece, PYTHON, piecesOf } from "../formats/source-code.ts";
import { sourceOf } from "../sources.ts";
import { statementsIn } from "../statements.ts";

/** Files that Python or its tools run by themselves, with when. */
const FILES: readonly { readonly path: RegExp; readonly moment: HookMoment }[] = [
  { path: /(?:^|\/)setup\.py$/, moment: "build" },
  { path: /(?:^|\/)conftest\.py$/, moment: "build" },
  { path: /(?:^|\/)(?:noxfile|hatch_build|pdm_build|build_backend)\.py$/, moment: "build" },
  { path: /(?:^|\/)(?:sitecustomize|usercustomize)\.py$/, moment: "install" },
  { path: /\.pth$/, moment: "install" },
];

/** `setup.py`, `conftest.py` and others: lexed for statements that start programs, load, or name a source. */
export const pythonCode: Ecosystem = {
  id: "pypi",
  reads: (path) => (FILES.some((file) => file.path.test(path)) ? "code" : null),
  *read(path, text) {
    const found = draft();
    const name = path.slice(path.lastIndexOf("/") + 1);
    const moment = FILES.find((file) => file.path.test(path))?.moment ?? "build";
    // A `.pth` file is a list of folders; only a line that imports is run.
    if (name.endsWith(".pth")) {
      for (const [index, line] of text.split("\n").entries())
        if (/^import[\s(]/.test(line))
          found.hooks.push({ moment, name, command: line.slice(0, 2_000), line: index + 1 });
      return found;
    }
    found.hooks.push({ moment, name, command: "", line: 1 });
    yield;
    const pieces = yield* piecesOf(text, PYTHON);
    yield;
    found.hooks.push(...statementsIn(name, pieces, "python"));
    if (name === "setup.py") addSetup(found, pieces);
    return found;
  },
};

/** Arguments of `setup(...)` that name commands of its own, or where to download from. */
function addSetup(found: ReturnType<typeof draft>, pieces: readonly Piece[]): void {
  for (const [index, { kind, text, line }] of pieces.entries()) {
    if (kind !== "word" || pieces[index + 1]?.text !== "=") continue;
    if (text === "cmdclass")
      found.hooks.push({ moment: "build", name: "cmdclass", command: namesAfter(pieces, index), line });
    if (text === "dependency_links")
      for (const piece of pieces.slice(index + 2, index + 12))
        if (piece.kind === "text" && piece.text.includes("://"))
          found.dependencies.push(
            dependency({ name: "dependency_links", source: sourceOf(piece.text), line: piece.line }),
          );
  }
}

/** What stands between the brackets that follow, as far as a fact shows it. */
function namesAfter(pieces: readonly Piece[], index: number): string {
  const after = pieces.slice(index + 2, index + 30);
  const end = after.findIndex(({ text }) => text === "}" || text === ")");
  return after
    .slice(0, end < 0 ? undefined : end)
    .filter(({ kind }) => kind !== "sign")
    .map(({ text }) => text)
    .join(" ");
}
