import { InvalidInput } from "../../../errors.ts";
import { type AccountId, accountId } from "../../../ids.ts";
import type { Subject } from "../../../store/store.ts";
import { defineCommand } from "../../command.ts";
import { paragraph } from "../../paragraph.ts";
import { printable } from "../../printable.ts";
import { show } from "../../show.ts";

export const subject = defineCommand({
  name: "subject",
  usage: `  sallyport subject export ID --organization ORG [--json]
  sallyport subject erase ID --organization ORG --yes [--json]

What is kept about one account in one organisation: shown, or erased. ID is the
account's number, which GitHub's API shows as \`id\`. Erasing cannot be undone;
without --yes it says what it leaves, and changes nothing. With the embedded
database, stop \`sallyport serve\` first, or use the page of the account.

  --organization ORG   login of the organisation
  --yes                erase
  --json               sallyport.subject/1; of \`erase\` what is left

Both are recorded in the organisation's trail.`,
  options: { organization: { type: "string" }, yes: { type: "boolean" }, json: { type: "boolean" } },
  verbs: { export: ["organization", "json"], erase: ["organization", "yes", "json"] },
  async run({ values, positionals }, io) {
    const [verb, ...ids] = positionals;
    const { organization } = values;
    const account = numberIn(ids);
    const where = `sallyport subject ${verb}`;
    if (organization === undefined)
      throw new InvalidInput([{ where, what: "of which organisation is not said", mend: "write --organization ORG" }]);
    const erase = verb === "erase";
    if (erase && !values.yes) {
      const { stays } = await io.services.subject({ organization, account, act: "read" });
      show(io.stderr, `${leaves(stays)}\n`);
      throw new InvalidInput([{ where, what: "nothing was erased", mend: "add --yes to erase all else" }]);
    }
    const found = await io.services.subject({ organization, account, act: erase ? "erase" : "export" });
    if (values.json) io.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    else show(io.stdout, `${erase ? "Erased. What is left:\n" : ""}${summary(found)}`);
    return 0;
  },
});

function numberIn(ids: readonly string[]): AccountId {
  const [id] = ids;
  if (ids.length === 1 && id !== undefined && /^[1-9]\d{0,15}$/.test(id) && Number.isSafeInteger(Number(id)))
    return accountId(Number(id));
  const mend = "give one number, as `https://api.github.com/users/LOGIN` shows it as `id`";
  throw new InvalidInput([{ where: "ID", what: `not the number of an account: ${printable(ids.join(" "))}`, mend }]);
}

const leaves = (stays: readonly string[]): string =>
  ["Erasing leaves:", ...stays.flatMap((sentence) => paragraph(sentence, "  - "))].join("\n");

/** How much there is of each kind. */
function summary(found: Subject): string {
  const lists = Object.entries(found).flatMap(([name, list]) =>
    Array.isArray(list) && name !== "stays" && name !== "notIncluded" ? [[name, list.length] as const] : [],
  );
  const lines = lists.map(([name, count]) => `  ${name.padEnd(12)} ${String(count).padStart(6)}`);
  return [`account ${found.accountId}`, ...lines, "--json shows all of it.", ""].join("\n");
}
