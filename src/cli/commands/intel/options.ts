import { InvalidInput } from "../../../errors.ts";
import type { Args } from "../../command.ts";

/** Options of all verbs; `verbs` says which takes which. */
export const OPTIONS = {
  organization: { type: "string" },
  source: { type: "string" },
  format: { type: "string" },
  primary: { type: "boolean" },
  tlp: { type: "string" },
  confidence: { type: "string" },
  date: { type: "string" },
  until: { type: "string" },
  "dry-run": { type: "boolean" },
  reason: { type: "string" },
  csv: { type: "boolean" },
  json: { type: "boolean" },
} as const;
export type IntelArgs = Args<typeof OPTIONS>;

/** Whose lists. */
export function organizationIn({ values }: IntelArgs, verb: string): string {
  if (values.organization !== undefined && values.organization !== "") return values.organization;
  const where = `sallyport intel ${verb}`;
  throw new InvalidInput([{ where, what: "of which organisation is not said", mend: "write --organization ORG" }]);
}
