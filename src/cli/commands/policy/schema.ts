import { z } from "zod";
import { ASPECTS } from "../../../flows/under-policy.ts";
import { policyKeys } from "../../../policy/policy-schema.ts";

const count = z.int().min(0);

/** `sallyport.policy-validation/1`, what `policy validate --json` prints. */
export const validationSchema = z.strictObject({
  schema: z.literal("sallyport.policy-validation/1"),
  files: z.array(
    z.strictObject({
      file: z.string(),
      ok: z.boolean(),
      problems: z.array(
        z.strictObject({
          where: z.string().meta({ description: "File, line, column and key: FILE:LINE:COLUMN KEY." }),
          what: z.string(),
          mend: z.string(),
        }),
      ),
    }),
  ),
});

const origin = {
  by: z.enum(["default", "organization", "repository", "switch"]),
  place: z.string().nullable(),
  line: z.int().positive().nullable(),
};

/** `sallyport.policy-explained/1`, what `policy explain --json` prints. */
export const explainSchema = z.strictObject({
  schema: z.literal("sallyport.policy-explained/1"),
  keys: z.array(
    z.strictObject({
      key: z.enum([...policyKeys().keys()]),
      value: z.unknown(),
      from: z.array(z.strictObject(origin)).min(1),
      ignored: z
        .strictObject({ ...origin, asked: z.unknown(), what: z.string(), mend: z.string() })
        .nullable()
        .meta({ description: "What the repository's file asks for and does not get, or not all of it." }),
    }),
  ),
});

/** `sallyport.policy-simulation/1`, what `policy simulate --json` prints. */
export const simulationSchema = z.strictObject({
  schema: z.literal("sallyport.policy-simulation/1"),
  lookedAt: count,
  withoutDossier: count.meta({ description: "Those of which only the assessment was kept: it stands as it was." }),
  differing: count,
  rows: z.array(
    z.strictObject({
      aspect: z.enum(ASPECTS),
      value: z.string().meta({ description: "A band, a level, or a word such as yes, not_known or not_assessed." }),
      before: count,
      after: count,
    }),
  ),
});
