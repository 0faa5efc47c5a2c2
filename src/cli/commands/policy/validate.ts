import { InvalidInput } from "../../../errors.ts";
import { type ParsedPolicy, parsePolicy } from "../../../policy/policy-file.ts";
import { policySchema } from "../../../policy/policy-schema.ts";
import type { Io } from "../../command.ts";
import { jsonSchemaText } from "../../json.ts";
import { counted } from "../../layout.ts";
import { printable } from "../../printable.ts";
import { EXIT } from "../../run.ts";
import type { PolicyArgs } from "./options.ts";

export const POLICY_TITLE = "The policy file, .github/sallyport.yml";

/** Says everything that is wrong with the files, and of the others that nothing is. */
export async function validate({ values, positionals }: PolicyArgs, io: Io): Promise<number> {
  if (positionals.length === 0)
    throw new InvalidInput([
      { where: "sallyport policy validate", what: "no file to check", mend: "name one or more, - for standard input" },
    ]);
  const files: { readonly file: string; readonly read: ParsedPolicy }[] = [];
  for (const file of positionals) files.push({ file, read: await tryReading(file, io) });
  const problems = files.flatMap(({ read }) => (read.ok ? [] : read.problems));
  if (values.json) {
    const listed = files.map(({ file, read }) => ({ file, ok: read.ok, problems: read.ok ? [] : read.problems }));
    io.stdout.write(`${JSON.stringify({ schema: "sallyport.policy-validation/1", files: listed }, null, 2)}\n`);
    return problems.length === 0 ? EXIT.done : EXIT.invalid;
  }
  for (const { file, read } of files)
    if (read.ok) io.stdout.write(`${printable(file)}: nothing wrong; it sets ${counted(keyCount(read), "key")}\n`);
  if (problems.length > 0) throw new InvalidInput(problems);
  return EXIT.done;
}

/** For editors; the same text as docs/schema/sallyport.policy-1.json. */
export async function printSchema({ positionals }: PolicyArgs, io: Io): Promise<number> {
  if (positionals.length > 0)
    throw new InvalidInput([{ where: "sallyport policy schema", what: "takes no argument", mend: "leave it out" }]);
  io.stdout.write(jsonSchemaText(POLICY_TITLE, policySchema, "input"));
  return EXIT.done;
}

/** A policy file that has to be right. Throws InvalidInput with everything that is wrong with it. */
export async function readPolicyFile(path: string, io: Io): Promise<Extract<ParsedPolicy, { ok: true }>> {
  const read = parsePolicy(await io.readFile(path, MAX_MIB), path);
  if (!read.ok) throw new InvalidInput(read.problems);
  return read;
}

/** The parser says what is too large; this is only what is read before it may say so. */
const MAX_MIB = 1;

async function tryReading(path: string, io: Io): Promise<ParsedPolicy> {
  try {
    return await readPolicyFile(path, io);
  } catch (error) {
    if (error instanceof InvalidInput) return { ok: false, problems: error.problems };
    throw error;
  }
}

const keyCount = ({ lines }: Extract<ParsedPolicy, { ok: true }>): number => Object.keys(lines).length;
