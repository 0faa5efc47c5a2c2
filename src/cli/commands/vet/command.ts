import { assess } from "../../../assessment/assess.ts";
import { ROLES, type Role } from "../../../dossier/role.ts";
import { InvalidInput } from "../../../errors.ts";
import type { RepositoryAddress } from "../../../ids.ts";
import { CATALOG } from "../../../signals/catalog.ts";
import { defineCommand } from "../../command.ts";
import { problem } from "../../graph/source.ts";
import { progressLine } from "../../progress.ts";
import { repositoryNamed } from "../../repository-option.ts";
import { EXIT } from "../../run.ts";
import { show } from "../../show.ts";
import { checkedLogin } from "../assess/login.ts";
import { assessmentText } from "../assess/text.ts";

/** `sallyport vet`: what giving somebody a role would mean, before an invitation is sent. 5 to 10 requests. */
export const vet = defineCommand({
  name: "vet",
  usage: `
  sallyport vet LOGIN --for OWNER/REPO:ROLE

Prints what the account and the role on the repository add up to, by the same
checks as the report on a new holder, before an invitation is sent. Nothing is
invited, and the account sees nothing of it. An answer is a reason to look,
never a verdict.
ROLE is one of ${ROLES.join(", ")}.

  --token-file FILE  look with the token in this file; without it as the App, or
                     without one with GH_TOKEN, GITHUB_TOKEN or \`gh auth token\`
  --json             sallyport.assessment/1

Examples
  sallyport vet ada-example --for octo-org/wallet:write
`,
  options: {
    for: { type: "string" },
    "token-file": { type: "string" },
    json: { type: "boolean" },
  },
  async run({ values, positionals }, io) {
    const [login, ...more] = positionals;
    if (login === undefined || more.length > 0 || values.for === undefined)
      throw new InvalidInput([problem("sallyport vet", "give one LOGIN and --for OWNER/REPO:ROLE", "name both")]);
    const { repository, role } = placeOf(values.for);
    const subject = { login: checkedLogin("sallyport vet", login), repository, role };
    const progress = progressLine(io.stderr, "asking GitHub:");
    const dossier = await io.services
      .liveVetting({ ...subject, tokenFile: values["token-file"] ?? null }, progress.update)
      .finally(progress.clear);
    const assessment = assess(dossier);
    if (values.json) io.stdout.write(`${JSON.stringify(assessment, null, 2)}\n`);
    else show(io.stdout, assessmentText(assessment, { signals: BY_ID, strong: io.stdout.strong }));
    return EXIT.done;
  },
});

const BY_ID = new Map(CATALOG.map((signal) => [signal.id, signal]));

function placeOf(text: string): { readonly repository: RepositoryAddress; readonly role: Role } {
  const [place = "", named = ""] = text.split(":");
  const repository = repositoryNamed(place);
  const role = ROLES.find((each) => each === named);
  if (repository !== null && role !== undefined) return { repository, role };
  throw new InvalidInput([
    problem("--for", "no repository and role", `write OWNER/REPO:ROLE with one of ${ROLES.join(", ")}`),
  ]);
}
