import { z } from "zod";
import { SEVERITIES } from "../../../change/severity.ts";
import { SECTION_NAMES } from "../../../dossier/dossier.ts";
import { FAMILIES, type Family } from "../../../signals/families.ts";

const sections = z.array(z.enum(SECTION_NAMES));

const signal = z.strictObject({
  id: z.string(),
  axis: z.enum(["P", "C", "X"]),
  family: z.enum(Object.keys(FAMILIES) as readonly Family[]),
  title: z.string(),
  status: z.enum(["stable", "experimental", "deprecated"]),
  version: z.int().positive(),
  core: z.boolean(),
  weight: z.number(),
  severity: z.enum(SEVERITIES).nullable(),
  hard: z.boolean(),
  queue: z.boolean(),
  queueOnly: z.literal(true).exactOptional(),
  halfLifeDays: z.number().positive().nullable(),
  windowDays: z.number().positive().exactOptional(),
  falsePositiveRisk: z.enum(["low", "medium", "high"]),
  baseRate: z.string().nullable(),
  baseRateUpperPercent: z.number().nullable(),
  sources: z.array(z.strictObject({ url: z.url(), says: z.string() })).min(1),
  why: z.string().exactOptional(),
  benign: z.array(z.string()).min(1),
  clears: z.string(),
  framing: z.string(),
  needs: sections,
  needsOneOf: sections.exactOptional(),
  outsideCoverage: z.literal(true).exactOptional(),
  needsCompany: z.literal(true).exactOptional(),
  uses: sections.exactOptional(),
});

const count = z.int().min(0);
const share = z.number().min(0).max(1);

/** `sallyport.signals-precision/1`, what `signals --precision --json` prints. */
export const precisionSchema = z.strictObject({
  schema: z.literal("sallyport.signals-precision/1"),
  organization: z.string(),
  signals: z
    .array(
      z.strictObject({
        id: z.string(),
        version: z.int().positive(),
        status: z.enum(["stable", "experimental", "deprecated"]),
        fired: count.describe("Reports in which it fired."),
        true: count.describe("Of these as many that people found so, and to matter."),
        benign: count.describe("As many that they found so, and innocent."),
        false: count.describe("As many that they found not so."),
        precision: z
          .strictObject({
            share: share.describe("True ones among those that somebody judged."),
            low: share.describe("Lower end of the 95 % interval (Wilson)."),
            high: share.describe("Upper end of it."),
          })
          .nullable()
          .describe("Null where nobody judged any."),
      }),
    )
    .describe("In the order of the catalogue."),
});

/** `sallyport.signals/1`, what `signals --json` prints. */
export const signalsSchema = z.strictObject({
  schema: z.literal("sallyport.signals/1"),
  signals: z.array(signal),
});
