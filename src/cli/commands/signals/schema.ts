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
  needsCompany: z.literal(true).exactOptional(),
  uses: sections.exactOptional(),
});

/** `sallyport.signals/1`, what `signals --json` prints. */
export const signalsSchema = z.strictObject({
  schema: z.literal("sallyport.signals/1"),
  signals: z.array(signal),
});
