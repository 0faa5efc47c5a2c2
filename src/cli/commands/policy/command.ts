import { defineCommand, type Io } from "../../command.ts";
import { explain } from "./explain.ts";
import { options, type PolicyArgs } from "./options.ts";
import { simulate } from "./simulate.ts";
import { printSchema, validate } from "./validate.ts";

type Part = (args: PolicyArgs, io: Io) => Promise<number>;

const PARTS = { validate, explain, schema: printSchema, simulate } satisfies Readonly<Record<string, Part>>;

export const policy = defineCommand({
  name: "policy",
  usage: `  sallyport policy validate FILE... [--json]
  sallyport policy explain [--org-file FILE] [--repo-file FILE] [--json]
  sallyport policy schema
  sallyport policy simulate --policy FILE [--against FILE] FILE... [--json]
  sallyport policy simulate --policy FILE --stored ORG [--json]

validate says everything that is wrong with policy files, by line and column,
and exits 2 when there is something.

explain prints every value in force with the line it comes from, and what of a
repository's file does nothing, because a repository may only tighten.

schema prints the JSON Schema of the file, for editors.

simulate looks again at what was looked at before, under today's engine and
another policy, and counts what would end differently. It names nobody.

  --org-file FILE    the organisation's file; the defaults without one
  --repo-file FILE   the repository's own file
  --policy FILE      the policy to try, as the organisation's file
  --against FILE     what it is compared with; the defaults without one
  --stored ORG       the newest 1,000 reports of the running app, compared with
                     the rules in force, those of repositories included; with
                     the embedded database stop \`sallyport serve\` first
  FILE...            sallyport.dossier/1 or sallyport.assessment/1, as \`assess\`
                     writes them with --collect or --json; an assessment stays
                     as it was weighed
  --json             sallyport.policy-validation/1, sallyport.policy-explained/1
                     or sallyport.policy-simulation/1

Examples
  sallyport policy validate .github/sallyport.yml
  sallyport policy explain --org-file org.yml --repo-file own.yml
  sallyport policy simulate --policy new.yml --stored octo-org`,
  options,
  verbs: {
    validate: ["json"],
    explain: ["org-file", "repo-file", "json"],
    schema: [],
    simulate: ["policy", "against", "stored", "json"],
  },
  async run({ values, positionals }, io) {
    const [verb = "", ...rest] = positionals;
    const part = Object.entries<Part>(PARTS).find(([name]) => name === verb)?.[1];
    if (!part) throw new Error("a verb that is not in the table");
    return part({ values, positionals: rest }, io);
  },
});
