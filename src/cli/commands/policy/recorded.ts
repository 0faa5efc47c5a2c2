import { assess } from "../../../assessment/assess.ts";
import type { Assessment } from "../../../assessment/assessment.ts";
import { InvalidInput } from "../../../errors.ts";
import { type Recorded, roleIn } from "../../../flows/under-policy.ts";
import type { Io } from "../../command.ts";
import { parseJson, schemaProblems } from "../../json.ts";
import { parseDossier } from "../assess/dossier-schema.ts";
import { assessmentSchema } from "../assess/schema.ts";

/** What a file of `assess --collect` or `assess --json` holds. Throws InvalidInput with every problem. */
export async function readRecorded(path: string, io: Io): Promise<Recorded> {
  const text = await io.readFile(path);
  const value = parseJson(text, path);
  const format = typeof value === "object" && value !== null && "schema" in value ? value.schema : null;
  if (format === "sallyport.dossier/1") {
    const dossier = parseDossier(text, path);
    return { assessment: assess(dossier), dossier, role: roleIn(dossier) };
  }
  if (format !== "sallyport.assessment/1")
    throw new InvalidInput([
      { where: path, what: "neither a dossier nor an assessment", mend: "give a file that `sallyport assess` wrote" },
    ]);
  const parsed = assessmentSchema.safeParse(value);
  if (!parsed.success) throw new InvalidInput(schemaProblems(parsed.error, { place: path, text }));
  // Ids are branded in the type only; the schema has checked that they are positive integers.
  return { assessment: parsed.data as Assessment, dossier: null, role: null };
}
