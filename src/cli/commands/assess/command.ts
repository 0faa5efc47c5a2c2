import { assess as assessDossier } from "../../../assessment/assess.ts";
import { type Assessment, BANDS } from "../../../assessment/assessment.ts";
import { SEVERITIES } from "../../../change/severity.ts";
import type { Dossier } from "../../../dossier/dossier.ts";
import { InvalidInput } from "../../../errors.ts";
import { CATALOG } from "../../../signals/catalog.ts";
import { type Args, defineCommand, type Io } from "../../command.ts";
import { progressLine } from "../../progress.ts";
import { repositoryOf } from "../../repository-option.ts";
import { show } from "../../show.ts";
import { parseDossier } from "./dossier-schema.ts";
import { EXAMPLE } from "./example.ts";
import { checkedLogin } from "./login.ts";
import { assessmentText } from "./text.ts";

const options = {
  repo: { type: "string" },
  dossier: { type: "string" },
  "token-file": { type: "string" },
  collect: { type: "boolean" },
  example: { type: "boolean" },
  json: { type: "boolean" },
  "fail-on": { type: "string" },
} as const;

export const assess = defineCommand({
  name: "assess",
  usage: `  sallyport assess LOGIN [--repo OWNER/REPO] [--json] [--fail-on LEVEL]
  sallyport assess LOGIN [--repo OWNER/REPO] --collect > FILE
  sallyport assess --dossier FILE [--json] [--fail-on LEVEL]
  sallyport assess --example > FILE

Prints what the account, its change and its access add up to, with the evidence,
the innocent readings and what could not be seen. An answer is a reason to look,
never a verdict.

  --token-file FILE  look with the token in this file; without it as the App, or
                     without one with GH_TOKEN, GITHUB_TOKEN or \`gh auth token\`
  --repo OWNER/REPO  seen from this repository: its record there, its access
  --dossier FILE     a sallyport.dossier/1 file, - for standard input; offline
  --collect          print what is known instead of judging it, as
                     sallyport.dossier/1
  --example          print a made dossier with every section, to begin a case
                     of one's own from; docs/dossier.md says what they are
  --json             sallyport.assessment/1
  --fail-on LEVEL    exit 1 from this level on: note, review, elevated or high
                     for the account; low, medium, high or critical for the
                     change and the access; high means all three

Examples
  sallyport assess ada-example --repo octo-org/wallet
  sallyport assess ada-example --collect > ada.json
  sallyport assess --dossier ada.json --fail-on high`,
  options,
  async run(args, io) {
    if (args.values.example) {
      if (args.positionals.length > 0 || Object.keys(args.values).length > 1)
        throw wrongUse("--example with something else", "give it alone");
      io.stdout.write(`${JSON.stringify(EXAMPLE, null, 2)}\n`);
      return 0;
    }
    const reached = failOn(args.values["fail-on"]);
    const dossier = await dossierOf(args, io);
    if (args.values.collect) {
      io.stdout.write(`${JSON.stringify(dossier, null, 2)}\n`);
      return 0;
    }
    const assessment = assessDossier(dossier);
    if (args.values.json) io.stdout.write(`${JSON.stringify(assessment, null, 2)}\n`);
    else show(io.stdout, assessmentText(assessment, { signals: BY_ID, strong: io.stdout.strong }));
    return reached(assessment) ? 1 : 0;
  },
});

const BY_ID = new Map(CATALOG.map((signal) => [signal.id, signal]));

async function dossierOf({ values, positionals }: Args<typeof options>, io: Io): Promise<Dossier> {
  const [login, ...more] = positionals;
  const offline = values.dossier !== undefined;
  if ((login === undefined) !== offline || more.length > 0)
    throw wrongUse("give one LOGIN or --dossier FILE", "`sallyport help assess` shows both ways");
  if (values.dossier !== undefined) {
    if (values.repo !== undefined) throw wrongUse("--repo with --dossier", "leave one of them out");
    if (values["token-file"] !== undefined) throw wrongUse("--token-file with --dossier", "leave one of them out");
    return parseDossier(await io.readFile(values.dossier), values.dossier);
  }
  const subject = {
    ...{
      login: checkedLogin("sallyport assess", login ?? ""),
      repository: values.repo === undefined ? null : repositoryOf("sallyport assess", values.repo),
    },
    tokenFile: values["token-file"] ?? null,
  };
  const progress = progressLine(io.stderr, "asking GitHub:");
  return io.services.liveDossier(subject, progress.update).finally(progress.clear);
}

/** Whether an assessment reaches a level: a band for the account, a severity for change and access, `high` for all. */
function failOn(level: string | undefined): (assessment: Assessment) => boolean {
  if (level === undefined) return () => false;
  const band = bands.indexOf(level);
  const severity = severities.indexOf(level);
  if (band < 1 && severity < 0)
    throw wrongUse("--fail-on has no such level", "write note, review, elevated, low, medium, high or critical");
  return ({ persona, change, access }) =>
    (band >= 1 && bands.indexOf(persona.band) >= band) ||
    (severity >= 0 && [change.level, access.level].some((found) => severities.indexOf(found) >= severity));
}

/** Neither holds `insufficient_evidence` or `unknown`: what was not seen fails nothing. */
const bands: readonly string[] = BANDS;
const severities: readonly string[] = SEVERITIES;

const wrongUse = (what: string, mend: string): InvalidInput =>
  new InvalidInput([{ where: "sallyport assess", what, mend }]);
