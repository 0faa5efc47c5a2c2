import { InvalidInput, type Problem } from "../../../errors.ts";
import type { ListsRequest } from "../../../flows/lists.ts";
import { reasonIn } from "../../../reasons.ts";
import { defineCommand, type Io } from "../../command.ts";
import { printable } from "../../printable.ts";
import { show } from "../../show.ts";
import { importInto } from "./import.ts";
import { type IntelArgs, OPTIONS, organizationIn } from "./options.ts";
import { exportCsv, listText, revokedText } from "./text.ts";

export const intel = defineCommand({
  name: "intel",
  usage: `  sallyport intel import FILE --organization ORG --source NAME
                  [--primary] [--tlp COLOUR] [--confidence 0..100] [--date DAY]
                  [--until DAY] [--format FORMAT] [--dry-run] [--json]
  sallyport intel list --organization ORG [--json]
  sallyport intel export --organization ORG [--csv|--json]
  sallyport intel revoke ID --organization ORG --reason TEXT [--json]
  sallyport intel revoke --source NAME --organization ORG --reason TEXT [--json]

Lists of accounts that others keep: taken in, shown, written out, taken back.
Logins are asked for once and kept as numbers; addresses are kept as hashes by a
key of this installation alone. An entry gives three bits at most until two
people of the organisation have looked and agree, on the page of the account.
See docs/intel.md. With the embedded database, stop \`sallyport serve\` first.

  FILE                a STIX 2.1 bundle (.json), CSV, or Trustdown (VOUCHED.td);
                      - for standard input; at most 8 MiB
  --format FORMAT     stix, csv or trustdown, where the name does not tell
  --source NAME       what the list is called here, at most 60 characters
  --primary           its authors state what they saw themselves, and nobody
                      else can write to it; without that it counts for nothing
                      by itself
  --tlp COLOUR        clear, green, amber, amber+strict or red: how far entries
                      may travel that say less; amber where nobody says
  --confidence N      of entries that do not say it
  --date DAY          what entries without a day are from; today otherwise
  --until DAY         when entries end, within a year, which is what they get
  --dry-run           check the file and ask who logins are, but keep nothing;
                      without --organization check the file alone
  --reason TEXT       8 to 2,000 characters that colleagues will understand
  --csv, --json       of export: what is not red, safe to open in a spreadsheet
                      (CSV is what it writes otherwise); of the others
                      sallyport.intel/1 or sallyport.intel-import/1`,
  options: OPTIONS,
  verbs: {
    import: ["organization", "source", "format", "primary", "tlp", "confidence", "date", "until", "dry-run", "json"],
    list: ["organization", "json"],
    export: ["organization", "csv", "json"],
    revoke: ["organization", "source", "reason", "json"],
  },
  async run(args, io) {
    const [verb, ...rest] = args.positionals;
    if (verb === "import") return importInto(args, rest, io);
    const { values } = args;
    const where = `sallyport intel ${verb}`;
    if (verb !== "revoke" && rest.length > 0)
      throw new InvalidInput([{ where, what: "takes no argument", mend: "take it out" }]);
    if (values.csv && values.json)
      throw new InvalidInput([{ where, what: "asks for two forms", mend: "write --csv or --json" }]);
    const act: ListsRequest =
      verb === "revoke" ? revocation(args, rest) : { kind: verb === "export" ? "export" : "list" };
    await answer(act, args, io);
    return 0;
  },
});

function revocation({ values: { source, reason: text } }: IntelArgs, rest: readonly string[]): ListsRequest {
  const problems: Problem[] = [];
  const [number, ...more] = rest;
  const id = number !== undefined && /^[1-9]\d{0,14}$/.test(number) ? Number(number) : null;
  if (number !== undefined && id === null)
    problems.push({
      where: printable(number),
      what: "not the number of an entry",
      mend: "see the numbers with `intel list`",
    });
  if (more.length > 0 || (number === undefined) === (source === undefined))
    problems.push({
      where: "sallyport intel revoke",
      what: "not one thing to take back",
      mend: "give the number of one entry, or --source NAME for all of a list",
    });
  const reason = reasonIn(text ?? "");
  if (reason === null)
    problems.push({ where: "--reason", what: "too short or too long", mend: "write between 8 and 2,000 characters" });
  if (reason === null || problems.length > 0) throw new InvalidInput(problems);
  return { kind: "revoke", which: id === null ? { source: source ?? "" } : { id }, reason };
}

async function answer(act: ListsRequest, args: IntelArgs, io: Io): Promise<void> {
  const organization = organizationIn(args, act.kind);
  const entries = await io.services.lists({ organization, act });
  if (args.values.json) {
    io.stdout.write(`${JSON.stringify({ schema: "sallyport.intel/1", organization, entries }, null, 2)}\n`);
    return;
  }
  if (act.kind === "export") for (const row of exportCsv(entries)) io.stdout.write(row);
  else show(io.stdout, act.kind === "list" ? listText(entries) : revokedText(entries));
}
