/** A way in which the simulator or its user left GitHub's contract. */
export interface Violation {
  readonly kind:
    | "response_schema"
    | "webhook_schema"
    | "unknown_route"
    | "unresolved_field"
    | "unknown_search_qualifier"
    | "no_git_history";
  readonly where: string;
  readonly problems: readonly string[];
}

/** Throws when anything left GitHub's contract; the message lists it all. */
export function assertNone(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const lines = violations.map(
    ({ kind, where, problems }) => `${kind} at ${where}: ${problems.slice(0, 8).join("; ")}`,
  );
  throw new Error(`the simulator left GitHub's contract ${violations.length} time(s):\n${lines.join("\n")}`);
}
