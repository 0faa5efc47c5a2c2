import type { TieEdge, TieKind } from "./tie.ts";

/** What a tie is called, what stands behind it, and how it comes about among ordinary people. */
export const TIE_WORDS: Readonly<
  Record<TieKind, { readonly name: string; readonly means: string; readonly innocent: string }>
> = {
  key: {
    name: "Signing key",
    means:
      "One signing key made commits of both: each pushed them to repositories of its own, and GitHub verified the signatures.",
    innocent: "One person who moved to a second account, or a household, a team or a release that shares a key.",
  },
  ring: {
    name: "Merges",
    means: "They merged pull requests of one another, within a group whose members merge hardly anybody else's.",
    innocent: "Students of a course, a start-up or friends who publish under their own accounts.",
  },
};

/** The one fact between two accounts, in short. */
export function tieFact({ kind, count }: Pick<TieEdge, "kind" | "count">): string {
  if (kind === "key") return "one signing key";
  return count === 1 ? "1 pull request of one another merged" : `${count} pull requests of one another merged`;
}
