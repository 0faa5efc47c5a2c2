import { effectiveAccess } from "../../../access/effective.ts";
import { reachEdges, unreadRules } from "../../../access/reach/reach.ts";
import { InvalidInput } from "../../../errors.ts";
import { defineCommand } from "../../command.ts";
import { namesIn } from "../../graph/names.ts";
import { problem, readAccess, snapshotSource } from "../../graph/source.ts";
import { printJson } from "../../json.ts";
import { EXIT } from "../../run.ts";
import { show } from "../../show.ts";
import { openGraph } from "./open-graph.ts";
import type { ReachReport } from "./schema.ts";
import { reachText } from "./text.ts";

/** `sallyport access`: who can do what on which branch, and why. Reads only; 0 to about 1,100 requests. */
export const access = defineCommand({
  name: "access",
  usage: `
  sallyport access ORG                read the organisation as it is now
  sallyport access --snapshot FILE    read a sallyport.access/1 file, or - for
                                      standard input

Prints, for every account that writes: which branches it can push to, whether it
can make branches, pass reviews or change the rules, and what its code reaches
then (secrets by name, runners, packages, tags), with the setting that lets it
and the switch that closes it. Classic protections and rulesets of every level
count together. docs/reach.md names the source of each rule.

  --account LOGIN    what this account can do
  --repo NAME        what can be done in this repository
  --json             the edges as sallyport.reach/1
  --opengraph        the edges as BloodHound reads them
  --token-file FILE  look with the token in this file; without it as the App, or
                     without one with GH_TOKEN, GITHUB_TOKEN or \`gh auth token\`

What nobody read is listed as not checked, and nothing is said that rests on it.
A live organisation takes about 130 requests for 1,000 repositories and 3 more
for each of the first 300 of them. Formats: docs/schema/sallyport.access-1.json
and sallyport.reach-1.json.

Examples
  sallyport audit octo-org --save org.json
  sallyport access --snapshot org.json --account mika-member
  sallyport access --snapshot org.json --repo wallet --json
`,
  options: {
    snapshot: { type: "string" },
    account: { type: "string" },
    repo: { type: "string" },
    "token-file": { type: "string" },
    json: { type: "boolean" },
    opengraph: { type: "boolean" },
  },
  async run({ values, positionals }, io) {
    const source = snapshotSource("access", { ...values, positionals, tokenFile: values["token-file"] });
    if ("problem" in source) throw new InvalidInput([source.problem]);
    if (values.json && values.opengraph)
      throw new InvalidInput([problem("--json --opengraph", "two formats at once", "choose one of them")]);
    const snapshot = await readAccess(source, io, "repositories");
    const names = namesIn(snapshot);
    const { account, repo } = values;
    const question = {
      account: account === undefined ? null : names.accountCalled(account, "--account"),
      repository: repo === undefined ? null : names.repositoryCalled(repo, "--repo"),
    };
    const head: Omit<ReachReport, "edges"> = {
      schema: "sallyport.reach/1",
      organization: { login: snapshot.organization.login },
      takenAt: snapshot.takenAt,
      notChecked: [...unreadRules(snapshot), ...(snapshot.notChecked ?? [])],
    };
    const edges = reachEdges(effectiveAccess(snapshot), question).map(names.edge);
    if (values.json) {
      const { notChecked, ...rest } = head;
      await printJson(io.stdout, { ...rest, edges, notChecked });
    } else if (values.opengraph) io.stdout.write(`${JSON.stringify(openGraph(edges))}\n`);
    else show(io.stdout, reachText(head, edges, io.stdout.strong));
    return EXIT.done;
  },
});
