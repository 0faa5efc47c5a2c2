import { entriesOf } from "./tree.ts";
import type { Access, Job, Permissions, Workflow } from "./workflow.ts";
import type { Tree } from "./yaml-tree.ts";

/** A `permissions` value; null where there is none. An empty one, or `{}`, gives nothing at all. */
export function readPermissions(
  tree: Tree | null,
  lines: { readonly line: number; readonly endLine: number },
): Permissions | null {
  if (tree === null) return null;
  const place = { line: lines.line, endLine: lines.endLine };
  if (tree.kind === "text") {
    const word = tree.text.trim().toLowerCase();
    const access = word === "write-all" ? "write" : word === "read-all" ? "read" : null;
    if (access === null) return { ...place, written: "unreadable", scopes: new Map() };
    return { ...place, written: `${access}-all`, scopes: new Map([["*", { ...place, access }]]) };
  }
  if (tree.kind === "list") return { ...place, written: "unreadable", scopes: new Map() };
  const scopes = entriesOf(tree).map(({ key, value }) => {
    const written = value.kind === "text" ? value.text.trim().toLowerCase() : "";
    const access: Access = written === "write" || written === "read" ? written : "none";
    return [key.text.toLowerCase(), { line: key.line, endLine: value.endLine, access }] as const;
  });
  return { ...place, written: "scopes", scopes: new Map(scopes) };
}

/** What GITHUB_TOKEN may do in a job: its own block, else the workflow's; null where neither stands. */
export const permissionsOf = (workflow: Workflow, job: Job): Permissions | null =>
  job.permissions ?? workflow.permissions;

/** Access to one scope; null where the repository's default decides, which the file does not say. */
export function accessTo(scope: string, permissions: Permissions | null): Access | null {
  if (permissions === null || permissions.written === "unreadable") return null;
  return (permissions.scopes.get(scope) ?? permissions.scopes.get("*"))?.access ?? "none";
}

/** Scopes that are written to, `*` for all of them. */
export const writtenScopes = (permissions: Permissions | null): readonly string[] =>
  permissions === null
    ? []
    : [...permissions.scopes].flatMap(([scope, { access }]) => (access === "write" ? [scope] : []));
