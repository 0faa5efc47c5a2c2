import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { schemaFiles } from "../../tools/generate-schemas.ts";

export const files = schemaFiles();

/** A validator from the committed file: what another program would use. */
function validator(name: string): (value: unknown) => readonly string[] {
  const path = files.find((file) => basename(file.path) === name)?.path ?? name;
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(path, "utf8")));
  return (value) =>
    validate(JSON.parse(JSON.stringify(value)))
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What the committed schema refuses in a value, as it is when written as JSON; nothing when it is good. */
export const accessErrors = validator("sallyport.access-1.json");
export const auditErrors = validator("sallyport.audit-1.json");
