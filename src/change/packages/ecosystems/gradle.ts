import { type Draft, dependency, draft, type Ecosystem } from "../contract.ts";
import { GRADLE, type Piece, piecesOf } from "../formats/source-code.ts";
import { REGISTRY, registryAt, sourceOf } from "../sources.ts";
import { statementsIn } from "../statements.ts";

/** Pieces after `maven` among which its address stands. */
const REACH = 14;

/** Gradle's scripts, lexed for the statements that name repositories, other scripts and programs. */
export const gradle: Ecosystem = {
  id: "gradle",
  reads: (path) =>
    /\.gradle(?:\.kts)?$|(?:^|\/)libs\.versions\.toml$/.test(path) && !path.endsWith(".toml") ? "manifest" : null,
  *read(path, text) {
    const found = draft();
    const pieces = yield* piecesOf(text, GRADLE);
    yield;
    for (let index = 0; index < pieces.length; index++) {
      addRepository(found, pieces, index);
      addScript(found, pieces, index);
    }
    yield;
    const name = path.slice(path.lastIndexOf("/") + 1);
    found.hooks.push(...statementsIn(name, pieces, "gradle"));
    return found;
  },
};

function addRepository(found: Draft, pieces: readonly Piece[], index: number): void {
  const piece = pieces[index];
  if (piece?.kind !== "word") return;
  if (/^(?:maven|ivy)$/.test(piece.text) && /^[({]$/.test(pieces[index + 1]?.text ?? "")) {
    const near = pieces.slice(index + 1, index + REACH);
    const address = near.find(({ kind, text }) => kind === "text" && /^[a-z]+:\/\//i.test(text));
    if (address) found.registries.push({ scope: "+", source: registryAt(address.text), line: address.line });
  }
  if (
    /^(?:allowInsecureProtocol|isAllowInsecureProtocol)$/.test(piece.text) &&
    pieces.slice(index + 1, index + 4).some(({ text }) => text === "true")
  )
    found.weakened.push({
      setting: "allowInsecureProtocol",
      grade: "high",
      lets: "packages come over plain http",
      line: piece.line,
    });
  if (
    /^(?:implementation|api|classpath|compileOnly|runtimeOnly|testImplementation|annotationProcessor|kapt)$/.test(
      piece.text,
    )
  ) {
    const spec = pieces.slice(index + 1, index + 4).find(({ kind }) => kind === "text");
    const [, name, version = null] = /^([^:]+:[^:]+)(?::(.+))?$/.exec(spec?.text ?? "") ?? [];
    if (name !== undefined && spec !== undefined)
      found.dependencies.push(dependency({ name, source: REGISTRY, version, line: spec.line }));
  }
}

/** `apply from: "https://..."` and its Kotlin form run a script of somebody else's. */
function addScript(found: Draft, pieces: readonly Piece[], index: number): void {
  const piece = pieces[index];
  if (piece?.kind !== "word" || piece.text !== "from" || !/^[:=(]$/.test(pieces[index + 1]?.text ?? "")) return;
  const address = pieces.slice(index + 2, index + 6).find(({ kind }) => kind === "text");
  if (address !== undefined && /^https?:/i.test(address.text))
    found.dependencies.push(
      dependency({ name: "apply from", source: { ...sourceOf(address.text), kind: "url" }, line: address.line }),
    );
}
