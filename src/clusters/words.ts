import type { TieEdge, TieKind } from "./tie.ts";

/** What a tie is, and how it comes about among ordinary people. */
export const TIE_WORDS: Readonly<Record<TieKind, { readonly name: string; readonly innocent: string }>> = {
  key: {
    name: "signing key",
    innocent: "One person who moved to a second account, or a household, a team or a release that shares a key.",
  },
  ring: {
    name: "merges of one another",
    innocent: "Students of a course, a start-up or friends who publish under their own accounts.",
  },
};

/** The one fact between two accounts, in a sentence. */
export function tieFact({ kind, count }: Pick<TieEdge, "kind" | "count">): string {
  if (kind === "key")
    return "One signing key made commits of both: each pushed them to repositories of its own, and GitHub verified the signatures.";
  const merges = count === 1 ? "1 pull request" : `${count} pull requests`;
  return `They merged ${merges} of one another, within a group whose members merge hardly anybody else's.`;
}
