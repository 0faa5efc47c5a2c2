import { InvalidInput } from "../../../errors.ts";
import {
  type ExplainedKey,
  explainPolicy,
  NO_POLICY,
  type Origin,
  type PlacedPolicy,
  valueText,
} from "../../../policy/explain.ts";
import type { Io } from "../../command.ts";
import { paragraph } from "../../paragraph.ts";
import { EXIT } from "../../run.ts";
import { show } from "../../show.ts";
import type { PolicyArgs } from "./options.ts";
import { readPolicyFile } from "./validate.ts";

/** Prints every value in force and where it comes from. */
export async function explain({ values, positionals }: PolicyArgs, io: Io): Promise<number> {
  const { "org-file": organization, "repo-file": repository } = values;
  const wrong = (what: string, mend: string): InvalidInput =>
    new InvalidInput([{ where: "sallyport policy explain", what, mend }]);
  if (positionals.length > 0) throw wrong("takes no argument", "name files with --org-file and --repo-file");
  if (organization === "-" && repository === "-")
    throw wrong("standard input can be read once", "give one of the two as a file");
  const files = { organization: await placed(organization, io), repository: await placed(repository, io) };
  const keys = explainPolicy(files, null);
  if (values.json) io.stdout.write(`${JSON.stringify({ schema: "sallyport.policy-explained/1", keys }, null, 2)}\n`);
  else show(io.stdout, explainText(keys, files.organization.file.mode === undefined));
  return EXIT.done;
}

async function placed(path: string | undefined, io: Io): Promise<PlacedPolicy> {
  if (path === undefined) return NO_POLICY;
  const { file, lines } = await readPolicyFile(path, io);
  return { file, lines, place: path };
}

function explainText(keys: readonly ExplainedKey[], isModeOpen: boolean): string {
  const width = Math.max(...keys.map(({ key }) => key.length));
  const indent = " ".repeat(width + 2);
  const lines = keys.flatMap(({ key, value, from, ignored }) => [
    ...paragraph(valueText(value), key.padEnd(width + 2)),
    ...paragraph(from.map(originText).join(" and "), `${indent}from `),
    ...(key === "mode" && isModeOpen ? paragraph(SWITCH, indent) : []),
    ...(ignored
      ? paragraph(
          `${valueText(ignored.asked)} in ${originText(ignored)}; ${ignored.what}; ${ignored.mend}`,
          `${indent}asked for: `,
        )
      : []),
  ]);
  return `${lines.join("\n")}\n`;
}

const SWITCH = "While no file sets it, an owner's switch on the settings page decides.";

const originText = ({ by, place, line }: Origin): string =>
  by === "default" ? "the default" : `${place}${line === null ? "" : `:${line}`}`;
