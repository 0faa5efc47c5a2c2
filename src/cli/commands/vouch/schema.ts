import { z } from "zod";

const id = z.int().positive();
const instant = z.iso.datetime();

/** `sallyport.vouch/1`, what `vouch --json` prints. */
export const vouchSchema = z.strictObject({
  schema: z.literal("sallyport.vouch/1"),
  organization: z.string(),
  account: z
    .strictObject({
      id,
      login: z.string().nullable().describe("A label; null where nothing stored knows one."),
      foundBy: z
        .enum(["number", "github", "reports"])
        .describe("How it was found: its number was given, GitHub has the login today, or stored reports had it."),
    })
    .describe("Whom it is about."),
  entries: z
    .array(
      z.strictObject({
        id: id.describe("Its number, which --withdraw takes."),
        account: id.describe("GitHub's numeric id of the account."),
        disposition: z.enum(["vouched", "denounced"]).describe("A vouch or a warning."),
        reason: z.string(),
        by: z
          .strictObject({ accountId: id, login: z.string() })
          .describe("Who said so; of the operator the organisation's own number."),
        repository: id.nullable().describe("Repository where it counts; null for all."),
        repositoryName: z.string().nullable().describe("Its name, where a stored report has one."),
        at: instant,
        until: instant.describe("When it counts no more, UTC."),
        confirmedBy: id.nullable().describe("The second person behind a warning; null for none yet, and for a vouch."),
      }),
    )
    .describe("What is said about it and stands, newest first."),
});
