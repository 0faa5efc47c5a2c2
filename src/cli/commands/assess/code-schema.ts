import { z } from "zod";
import { refs } from "../history/traces-schema.ts";

const count = z.int().min(0);

/** The `code.matches` section. */
export const codeMatches = z.strictObject({
  repositories: z
    .array(
      z.strictObject({
        repository: count.describe("GitHub's numeric id of the account's repository."),
        blobCount: count.describe("Different contents in all its versions."),
        matchedCount: count.describe("Those of them that are the organisation's."),
        pushedCount: count.describe("Of these, what the account's own pushes brought."),
        begunWithCount: count.describe("Of the pushed ones, what stood in a first commit on both sides."),
        published: z
          .boolean()
          .nullable()
          .describe("True where the organisation has the same snapshot in public; null where that could not be asked."),
        refs: refs.describe("Commits that brought most of the pushed ones."),
        paths: z
          .array(
            z.strictObject({
              path: z.string().describe("Where it stands in the account's repository."),
              commit: z.string().describe("The commit that brought it."),
            }),
          )
          .max(20)
          .describe("Of the pushed ones, at most twenty over all repositories."),
      }),
    )
    .describe("Repositories in which anything was found, those with most first."),
  comparedCount: count.describe("Repositories that were compared."),
  uncomparedCount: count.describe("Repositories that could not be."),
  countedCount: count.describe(
    "Different contents that the account brought, without what both sides began with and without what the organisation has public.",
  ),
});
