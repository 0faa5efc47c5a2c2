import { z } from "zod";
import { KEYS } from "../../../policy/keys.ts";

const question = z.enum(Object.keys(KEYS.exposure) as readonly (keyof typeof KEYS.exposure)[]);

/** `sallyport.exposure/1`, what `exposure --json` prints. */
export const exposureSchema = z.strictObject({
  schema: z.literal("sallyport.exposure/1"),
  level: z.enum(["low", "medium", "high"]).describe("By the answers alone."),
  priorBits: z.number().describe("Bits before any evidence: -11 is 1 account in about 2,000, -8 is 1 in about 250."),
  yes: z.array(question).describe("Questions that were answered with yes, as the policy file calls them."),
  switches: z
    .array(
      z.strictObject({
        question: question.describe("The answer that it is for."),
        where: z.enum(["GitHub", "Sallyport"]).describe("Whose settings it stands in."),
        place: z.string().describe("Where it is found."),
        set: z.string().describe("What to set there."),
        because: z.string().describe("Why it helps."),
      }),
    )
    .describe("What lowers the exposure, for each yes."),
});
