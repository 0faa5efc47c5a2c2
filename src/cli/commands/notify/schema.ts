import { z } from "zod";

/** `sallyport.notify/1`, what `notify test --json` prints. */
export const notifySchema = z.strictObject({
  schema: z.literal("sallyport.notify/1"),
  organization: z.string().nullable().describe("What --organization named; null for all."),
  destinations: z
    .array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(["slack", "webhook", "email"]),
        organization: z.string().describe("As the file has it: a login, a numeric id, or * for all."),
        state: z.enum(["ok", "refused", "unreachable"]),
        found: z.string().describe("What the other side answered, in words."),
        mend: z.string().nullable().describe("Null when there is nothing to mend."),
      }),
    )
    .describe("Whom the operator's file names, in its order."),
});
