import { judgeChange } from "../../src/assessment/judge-change.ts";
import type { ChangedFile } from "../../src/change/change.ts";

const AT = "2026-11-30T00:00:00Z";

/** A file that a change adds, both as hunks and whole. */
function added(path: string, text: string): ChangedFile {
  const lines = text.split("\n").map((line, at) => ({ kind: "added" as const, line: at + 1, text: line }));
  const file = { path, previousPath: null, status: "added" as const, additions: lines.length, deletions: 0 };
  return { ...file, hunks: [{ lines }], texts: { before: null, after: text } };
}

/** Reads a text as a file of each path, by all that looks at a change. */
export function readAs(paths: readonly string[], text: string): void {
  for (const path of paths) judgeChange({ files: [added(path, text)], unread: [] }, AT);
}
