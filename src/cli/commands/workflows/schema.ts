import { z } from "zod";
import { REACHABLE, RULE_IDS } from "../../../change/actions/finding.ts";
import { SEVERITIES } from "../../../change/severity.ts";

const line = z.int().positive();

const finding = z.strictObject({
  rule: z.enum(RULE_IDS),
  path: z.string(),
  job: z.string().nullable(),
  line,
  endLine: line,
  severity: z.enum(SEVERITIES),
  confidence: z.enum(["low", "medium", "high"]),
  reachable: z.enum(REACHABLE),
  fact: z.string(),
  why: z.string(),
  fine: z.string(),
});

/** `sallyport.workflows/1`, what `workflows --json` prints. */
export const workflowsSchema = z.strictObject({
  schema: z.literal("sallyport.workflows/1"),
  at: z.iso.datetime(),
  repository: z.strictObject({ name: z.string().nullable(), isPublic: z.boolean().nullable() }),
  level: z.enum(SEVERITIES).nullable(),
  files: z.array(
    z.strictObject({ path: z.string(), kind: z.enum(["workflow", "action"]), events: z.array(z.string()) }),
  ),
  findings: z.array(finding),
  notChecked: z.array(z.strictObject({ path: z.string(), line: line.nullable(), reason: z.string() })),
});

export type WorkflowsReport = z.infer<typeof workflowsSchema>;
