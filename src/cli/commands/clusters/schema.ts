import { z } from "zod";
import { TIE_KINDS } from "../../../clusters/tie.ts";
import { ROLES } from "../../../dossier/role.ts";

const id = z.int().positive();
const count = z.int().nonnegative();
const instant = z.iso.datetime();

/** `sallyport.clusters/1`, what `clusters --json` prints. */
export const clustersSchema = z.strictObject({
  schema: z.literal("sallyport.clusters/1"),
  organization: z.string(),
  clusters: z
    .array(
      z.strictObject({
        accounts: z
          .array(
            z.strictObject({
              accountId: id,
              login: z.string().nullable().describe("The newest that is known here; null for an account never met."),
              writes: z
                .array(z.strictObject({ repository: z.string(), role: z.enum(ROLES) }))
                .describe("Where it can write, by the newest audit and what GitHub said since."),
              everywhere: z.enum(ROLES).nullable().describe("A role that writes on every repository."),
              opened: z
                .array(z.strictObject({ repository: z.string(), count }))
                .describe("Pull requests that were looked at here, as far as reports are kept."),
            }),
          )
          .describe("From the account of most edges outwards, at most 30."),
        leftOut: count.describe("Accounts beyond these."),
        edges: z
          .array(
            z.strictObject({
              kind: z.enum(TIE_KINDS),
              between: z.tuple([id, id]),
              count: count.describe("Commits that GitHub verified, of those it was asked about; or merges."),
              firstAt: instant,
              lastAt: instant,
            }),
          )
          .describe("One hard fact between two accounts each."),
        reaches: z
          .array(z.strictObject({ repository: z.string(), writers: count, openers: count }))
          .describe("Repositories of the organisation, those of most accounts first."),
      }),
    )
    .describe("The largest first, at most ten."),
  leftOut: count.describe("Smaller clusters beyond these."),
});
