import { InvalidInput } from "../../../errors.ts";
import { defineCommand } from "../../command.ts";
import { show } from "../../show.ts";
import { clustersText } from "./text.ts";

export const clusters = defineCommand({
  name: "clusters",
  usage: `  sallyport clusters --organization ORG [--json]

Accounts that were looked at in an organisation and that something joins which
both had to do themselves: one signing key that GitHub verified for each, or
merges of one another. With what they can write here and where they brought
pull requests. It weighs nothing by itself, and most such groups are innocent.
Nothing is asked of GitHub. With the embedded database, stop \`sallyport serve\`
first, or use the page. See docs/clusters.md.

  --organization ORG   login of the organisation
  --json               sallyport.clusters/1`,
  options: { organization: { type: "string" }, json: { type: "boolean" } },
  async run({ values, positionals }, io) {
    const [extra] = positionals;
    if (extra !== undefined)
      throw new InvalidInput([{ where: "sallyport clusters", what: "takes no argument", mend: "leave it out" }]);
    const { organization } = values;
    if (organization === undefined)
      throw new InvalidInput([
        { where: "sallyport clusters", what: "of which organisation is not said", mend: "write --organization ORG" },
      ]);
    const found = await io.services.clusters(organization);
    const result = { schema: "sallyport.clusters/1", organization, ...found };
    if (values.json) io.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    else show(io.stdout, clustersText(found, io.stdout.strong));
    return 0;
  },
});
