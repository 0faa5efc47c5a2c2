import type { ChangedFile } from "./change.ts";
import { isEditorPath } from "./editors/commands.ts";
import { foldedPath } from "./paths.ts";

/** Folders that an editor, a coding agent or Actions looks into by name: all that stands there is theirs. */
const TOOLS = [
  ".vscode .idea .run .zed .fleet .devcontainer .claude .cursor .gemini .codex .opencode .kiro .windsurf .roo .clinerules",
  ".continue .junie .amazonq .qwen .factory .trae .amp .augment .kilocode .openhands .grok .pi .goose .vs .vim .github/workflows .github/actions .github/hooks .husky .mise",
]
  .join(" ")
  .replaceAll(".", "\\.")
  .replaceAll(" ", "|");
const FOLDERS = new RegExp(`^(?:.*/)?(?:${TOOLS}|\\.github)$`, "i");
const INSIDE = new RegExp(`^(?:.*/)?(?:(?:${TOOLS})/.+|action\\.ya?ml)$`, "i");
/** Links to settings of the environment are how projects share them, and only an address in them counts. */
const ENVIRONMENT = /(?:^|\/)\.env(?:\.local)?$/;
const isInside = (path: string): boolean => INSIDE.test(path) || (isEditorPath(path) && !ENVIRONMENT.test(path));
/** Words for people and agents, which projects link to each other so that they say the same. */
const INSTRUCTIONS =
  /(?:^|\/)[^/]*\.(?:md|mdc|mdx|txt|rules)$|(?:^|\/)(?:rules|skills|commands|agents|prompts|instructions)(?:\/|$)/i;

export interface Redirect {
  /** `folder`: all that is looked for there; `file`: one such file; `words`: instructions that lead to instructions. */
  readonly what: "folder" | "file" | "words";
  readonly through: "link" | "submodule";
  readonly leavesRepository: boolean;
}

/** Where a link or a submodule of the change leads a tool elsewhere; null for all else. */
export function redirectOf(file: ChangedFile): Redirect | null {
  if (file.status === "removed") return null;
  const path = foldedPath(file.path);
  const isFolder = FOLDERS.test(path);
  if (!isFolder && !isInside(path)) return null;
  const through = kindOf(file, isFolder);
  if (through === null) return null;
  const target = targetOf(file) ?? "";
  const leavesRepository = /^(?:\/|~|[a-z]:)/i.test(target) || climbsOut(path, target);
  const words =
    !isFolder && through === "link" && INSTRUCTIONS.test(path) && INSTRUCTIONS.test(target) && !leavesRepository;
  return { what: words ? "words" : isFolder ? "folder" : "file", through, leavesRepository };
}

/** GitHub's list of files names no kinds: a submodule writes what it is, and no plain file has the name of a folder. */
function kindOf(file: ChangedFile, isFolder: boolean): Redirect["through"] | null {
  const kind = file.kinds?.after ?? null;
  if (kind === "link" || kind === "submodule") return kind;
  if (file.kinds !== undefined) return null;
  const target = targetOf(file);
  if (target?.startsWith("Subproject commit ")) return "submodule";
  return isFolder || (target !== null && /^(?:\.{1,2}\/|[\w.-]+\/)[\w./-]*$/.test(target)) ? "link" : null;
}

/** A link's content is one line, the path it leads to. */
function targetOf({ hunks }: ChangedFile): string | null {
  const lines = (hunks ?? []).flatMap(({ lines }) => lines).filter(({ kind }) => kind !== "removed");
  return lines.length === 1 ? (lines[0]?.text ?? null) : null;
}

function climbsOut(path: string, target: string): boolean {
  let depth = path.split("/").length - 1;
  for (const part of target.split("/")) {
    if (part === "..") depth -= 1;
    else if (part !== "." && part !== "") depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
