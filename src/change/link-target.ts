import type { ChangedFile } from "./change.ts";

/** Folders that an editor, a coding agent or Actions looks into by name: all that stands there is theirs. */
const TOOLS = [
  ".vscode .idea .run .zed .fleet .devcontainer .claude .cursor .gemini .codex .opencode .kiro .windsurf .roo .clinerules",
  ".continue .junie .amazonq .qwen .factory .trae .github/workflows .github/actions .husky .mise",
]
  .join(" ")
  .replaceAll(".", "\\.")
  .replaceAll(" ", "|");
const FOLDERS = new RegExp(`^(?:.*/)?(?:${TOOLS}|\\.github)$`, "i");
const INSIDE = new RegExp(
  String.raw`^(?:.*/)?(?:(?:${TOOLS})/.+|\.mcp\.json|\.envrc|\.devcontainer\.json|\.gitpod\.yml|\.nvim\.lua|\.exrc|\.dir-locals\.el|[^/]*\.code-workspace|action\.ya?ml)$`,
  "i",
);
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
  const path = file.path;
  const isFolder = FOLDERS.test(path);
  if (!isFolder && !INSIDE.test(path)) return null;
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
