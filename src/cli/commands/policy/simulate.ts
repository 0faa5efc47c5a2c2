import { InvalidInput } from "../../../errors.ts";
import type { RulesTried } from "../../../flows/under-policy.ts";
import { modeOf } from "../../../policy/mode.ts";
import type { Policy, PolicyFile } from "../../../policy/policy.ts";
import { effectivePolicy } from "../../../policy/tighten.ts";
import type { Io } from "../../command.ts";
import { EXIT } from "../../run.ts";
import { show } from "../../show.ts";
import type { PolicyArgs } from "./options.ts";
import { readRecorded } from "./recorded.ts";
import { simulationText } from "./simulation-text.ts";
import { makeTally } from "./tally.ts";
import { readPolicyFile } from "./validate.ts";

/** Looks again at what was looked at before, under the rules it is compared with and under those to try. */
export async function simulate({ values, positionals }: PolicyArgs, io: Io): Promise<number> {
  const asked = requestOf(values, positionals);
  const { file: tried } = await readPolicyFile(asked.policy, io);
  const tally = makeTally();
  if (asked.stored !== null)
    await io.services.storedReports(asked.stored, ({ recorded, organization, repository, switched }) =>
      tally.add(recorded, {
        before: rules(organization, repository, switched),
        after: rules(tried, repository, switched),
      }),
    );
  else {
    const against = values.against === undefined ? {} : (await readPolicyFile(values.against, io)).file;
    const both = { before: rules(against, {}, "shadow"), after: rules(tried, {}, "shadow") };
    for (const path of positionals) tally.add(await readRecorded(path, io), both);
  }
  const simulation = tally.result();
  const compared = asked.stored !== null ? "the rules in force" : (values.against ?? "the defaults");
  if (values.json) io.stdout.write(`${JSON.stringify(simulation, null, 2)}\n`);
  else show(io.stdout, simulationText(simulation, { tried: asked.policy, compared }));
  return EXIT.done;
}

function requestOf(
  { policy, against, stored }: PolicyArgs["values"],
  files: readonly string[],
): { readonly policy: string; readonly stored: string | null } {
  const wrong = (what: string, mend: string): InvalidInput =>
    new InvalidInput([{ where: "sallyport policy simulate", what, mend }]);
  if (policy === undefined) throw wrong("no policy to try", "name its file with --policy FILE");
  if (stored !== undefined && files.length > 0) throw wrong("files and --stored at once", "give one of them");
  if (stored !== undefined && against !== undefined)
    throw wrong("--against with --stored", "leave it out: stored reports are compared with the rules in force");
  if (stored === undefined && files.length === 0)
    throw wrong("nothing to look at again", "name files that `sallyport assess` wrote, or --stored ORG");
  if ([policy, against, ...files].filter((path) => path === "-").length > 1)
    throw wrong("standard input can be read once", "give the others as files");
  return { policy, stored: stored ?? null };
}

function rules(organization: PolicyFile, repository: PolicyFile, switched: Policy["mode"]): RulesTried {
  const { policy } = effectivePolicy(organization, repository);
  return { policy, live: modeOf(organization, switched) === "live" };
}
