import type { Dossier } from "../dossier/dossier.ts";

/** Words of GitHub for who has no commit in the repository yet. Any other word, known or not, says nothing here. */
const NOT_YET: ReadonlySet<string> = new Set(["FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "NONE"]);

const GIVES =
  "Merging makes the account a contributor here: from then on GitHub starts workflows on its pull requests without asking anybody first, unless the approval setting of Actions is for all external contributors. What that setting says here was not read.";

/**
 * What merging a first change gives its author on GitHub, for whoever merges; null where it gives nothing new, or
 * nobody knows. About the platform, the same for everybody, and no input of anything.
 */
export function mergingGives({ sections, subject }: Dossier): string | null {
  const texts = sections["change.texts"];
  if (subject.kind !== "user" || texts.state !== "present") return null;
  return NOT_YET.has(texts.value.authorAssociation) ? GIVES : null;
}
