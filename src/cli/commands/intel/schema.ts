import { z } from "zod";
import { REFUSALS } from "../../../flows/intel.ts";
import { TLPS } from "../../../intel/entry.ts";
import { FORMATS } from "../../../intel/format.ts";

const id = z.int().positive();
const count = z.int().min(0);
const instant = z.iso.datetime();

/** `sallyport.intel/1`, what `intel list`, `export` and `revoke` print with `--json`. */
export const intelSchema = z.strictObject({
  schema: z.literal("sallyport.intel/1"),
  organization: z.string(),
  entries: z
    .array(
      z.strictObject({
        id: id.describe("Its number, which `intel revoke` takes."),
        account: id
          .nullable()
          .describe("GitHub's numeric id of the account; null for an address that is nobody's yet."),
        emailHash: z
          .string()
          .nullable()
          .describe("Of an address its hash by a key of this installation; null for an entry that names an account."),
        login: z.string().nullable().describe("What the list calls it: a label."),
        source: z.string().describe("Name of the list, as whoever took it in called it."),
        origin: z.string().nullable(),
        reference: z.string().nullable(),
        isPrimary: z.boolean(),
        confidence: z.int().min(0).max(100).nullable().describe("How sure the list is; null where it does not say."),
        tlp: z.enum(TLPS),
        reason: z.string().nullable().describe("Why, in the list's words; null for nothing."),
        at: instant.describe("When the list said so, UTC."),
        until: instant.describe("When it counts no more, UTC."),
        importedAt: instant,
        checked: z
          .strictObject({
            byAccountId: id,
            byLogin: z.string(),
            reason: z.string(),
            at: instant.describe("When that was, UTC."),
          })
          .nullable(),
        confirmedBy: id.nullable().describe("The second person, who agreed; null for none yet."),
      }),
    )
    .describe("By list; of `revoke` those that were taken back."),
});

/** `sallyport.intel-import/1`, what `intel import --json` prints. */
export const intelImportSchema = z.strictObject({
  schema: z.literal("sallyport.intel-import/1"),
  format: z.enum(FORMATS).describe("What the file was read as."),
  entries: count.describe("Entries of the file that accuse a GitHub account."),
  leftOut: z
    .array(z.strictObject({ what: z.string().describe("What it is."), count }))
    .describe("What else the file holds."),
  imported: z
    .strictObject({
      organization: z.string(),
      added: count.describe("Entries that are new, or would be."),
      renewed: count.describe("Entries that this list had brought before."),
      revoked: count.describe("Entries that were taken back here before, and so left alone."),
      addresses: count.describe("Entries by address, kept as hashes."),
      undated: count.describe("Entries without a day: whether their login changed hands cannot be seen."),
      resolved: z
        .array(z.strictObject({ login: z.string(), account: id.describe("GitHub's numeric id of it.") }))
        .describe("Whose logins were whose."),
      refused: z
        .array(
          z.strictObject({
            where: z.string().describe("Place in the file."),
            because: z
              .enum(Object.keys(REFUSALS) as readonly (keyof typeof REFUSALS)[])
              .describe("Younger than the entry, nobody's login, an organisation, or an entry that has ended."),
          }),
        )
        .describe("Entries that were not taken in."),
    })
    .nullable()
    .describe("What came of it; null where the file alone was checked."),
});
