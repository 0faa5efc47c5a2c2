import { z } from "zod";
import { REACHABLE } from "../../../change/actions/finding.ts";
import { SEVERITIES } from "../../../change/severity.ts";

const line = z.int().positive().nullable();

const finding = z.strictObject({
  signal: z.string(),
  severity: z.enum(SEVERITIES),
  path: z.string().nullable(),
  line,
  endLine: line,
  fact: z.string(),
  why: z.string(),
  fine: z.string(),
  reachable: z.enum(REACHABLE).nullable(),
  keyedHash: z.string().exactOptional(),
});

/** `sallyport.change/1`, what `change --json` prints; with `--stdin` one a line, each with its range. */
export const changeSchema = z.strictObject({
  schema: z.literal("sallyport.change/1"),
  range: z.string().exactOptional(),
  level: z.enum([...SEVERITIES, "unknown"]),
  complete: z.boolean(),
  files: z.array(
    z.strictObject({
      path: z.string(),
      status: z.enum(["added", "modified", "removed", "renamed", "copied", "changed", "unchanged"]),
      additions: z.int().nonnegative(),
      deletions: z.int().nonnegative(),
    }),
  ),
  findings: z.array(finding),
  notChecked: z.array(z.strictObject({ what: z.string(), because: z.string() })),
});

export type ChangeReport = z.infer<typeof changeSchema>;
