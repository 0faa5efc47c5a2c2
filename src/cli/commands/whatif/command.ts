import type { AccessSnapshot } from "../../../access/grant.ts";
import type { Plan } from "../../../access/reach/what-if.ts";
import { ROLES } from "../../../dossier/role.ts";
import { InvalidInput } from "../../../errors.ts";
import { defineCommand } from "../../command.ts";
import { namesIn } from "../../graph/names.ts";
import { problem, readAccess, snapshotSource } from "../../graph/source.ts";
import { printJson } from "../../json.ts";
import { EXIT } from "../../run.ts";
import { show } from "../../show.ts";
import { whatIfReport } from "./report.ts";
import { whatIfText } from "./text.ts";

/** `sallyport whatif`: what a change of access would change, before anybody makes it. Reads only; 0 to about 1,100 requests. */
export const whatif = defineCommand({
  name: "whatif",
  usage: `
  sallyport whatif remove LOGIN       the account leaves the organisation
  sallyport whatif downgrade LOGIN OWNER/REPO ROLE
                                      its own role there becomes ROLE
  sallyport whatif protect OWNER/REPO
                                      a ruleset for the default branch and those
                                      of releases: one approval, of the most
                                      recent push too, nobody on its bypass list

Prints what could no longer be done, what still could and through what, and
which repositories would be left to owners. Nothing is changed.

  --organization ORG  look at the organisation as it is now
  --snapshot FILE     look at a sallyport.access/1 file, or - for standard input
  --token-file FILE   with --organization: look with the token in this file;
                      without it as the App, or without one with GH_TOKEN,
                      GITHUB_TOKEN or \`gh auth token\`
  --json              sallyport.what-if/1

A role that a team, ownership or the base permission gives stays: the lines say
so. The format is in docs/schema/sallyport.what-if-1.json.

Examples
  sallyport whatif remove mika-member --snapshot org.json
  sallyport whatif downgrade otis-outside octo-org/relayer read \\
    --snapshot org.json
`,
  options: {
    organization: { type: "string" },
    snapshot: { type: "string" },
    "token-file": { type: "string" },
    json: { type: "boolean" },
  },
  async run({ values, positionals }, io) {
    const { organization, snapshot: file } = values;
    const places = organization === undefined ? [] : [organization];
    const source = snapshotSource("whatif", {
      ...{ positionals: places, snapshot: file, tokenFile: values["token-file"], name: "--organization ORG" },
    });
    checkShape(positionals);
    if ("problem" in source) throw new InvalidInput([source.problem]);
    const snapshot = await readAccess(source, io, "repositories");
    const plan = planOf(snapshot, positionals);
    const report = whatIfReport(snapshot, plan);
    if (values.json) await printJson(io.stdout, report);
    else show(io.stdout, whatIfText(`what if: ${positionals.join(" ")}`, report, io.stdout.strong));
    return EXIT.done;
  },
});

const WORDS = { remove: 2, downgrade: 4, protect: 2 } as const;

/** Throws InvalidInput for a plan that no graph could have. */
function checkShape(positionals: readonly string[]): void {
  const [kind = ""] = positionals;
  const isKnown = kind === "remove" || kind === "downgrade" || kind === "protect";
  if (!isKnown || positionals.length !== WORDS[kind])
    throw new InvalidInput([
      problem(
        "sallyport whatif",
        "no plan",
        "give remove LOGIN, downgrade LOGIN OWNER/REPO ROLE or protect OWNER/REPO",
      ),
    ]);
  if (kind === "downgrade" && !ROLES.some((role) => role === positionals[3]))
    throw new InvalidInput([problem("ROLE", "no such role", `write one of ${ROLES.join(", ")}`)]);
}

function planOf(snapshot: AccessSnapshot, [kind, first = "", second = "", role]: readonly string[]): Plan {
  const names = namesIn(snapshot);
  if (kind === "protect") return { kind, repository: names.repositoryCalled(first, "OWNER/REPO") };
  const account = names.accountCalled(first, "LOGIN");
  if (kind === "remove") return { kind, account };
  const to = ROLES.find((each) => each === role) ?? "read";
  return { kind: "downgrade", account, repository: names.repositoryCalled(second, "OWNER/REPO"), role: to };
}
