import { z } from "zod";

const count = z.int().min(0);
const instant = z.iso.datetime();
const key = z.string().regex(/^[0-9a-f]{16}$/);

/** `sallyport.code-index-built/1`, what `code-index build --json` prints. */
export const codeIndexBuiltSchema = z.strictObject({
  schema: z.literal("sallyport.code-index-built/1"),
  key: key.describe("Fingerprint of the key."),
  keyMade: z.boolean().describe("True where the key file was made by this run."),
  count: count.describe("Contents in the index."),
  publicCount: count.describe("Contents that were left out because a public repository has them."),
  repositories: z
    .array(
      z.strictObject({
        path: z.string().describe("As it was given."),
        blobCount: count.describe("Different contents in all its versions."),
        smallCount: count.describe("Those that are too small to tell anything."),
        sharedCount: count.describe("Those that tools wrote, that are carried along, or that are the same everywhere."),
        missingCount: count.describe("Contents and folders that it names and does not have."),
        shallow: z.boolean().describe("True where older versions are missing."),
      }),
    )
    .describe("What was read of each repository."),
});

/** `sallyport.code-indexes/1`, what the other verbs print with --json. */
export const codeIndexesSchema = z.strictObject({
  schema: z.literal("sallyport.code-indexes/1"),
  organization: z.string(),
  indexes: z
    .array(
      z.strictObject({
        key: key.describe("Fingerprint of the key that it was made with."),
        count: count.describe("Contents in it."),
        digest: z.string().describe("Changes with what is in it."),
        madeAt: instant.describe("When it was built."),
        importedAt: instant.describe("When it was imported."),
      }),
    )
    .describe("Indexes that are kept, by key."),
});
