import { adviceFor, BLOCKING_RULE } from "../../../change/actions/advice.ts";
import { RULES } from "../../../change/actions/findings.ts";
import { rankOf, SEVERITIES, type Severity } from "../../../change/severity.ts";
import { InvalidInput, type Problem } from "../../../errors.ts";
import type { WorkflowFiles } from "../../../github/gateway.ts";
import type { RepositoryAddress } from "../../../ids.ts";
import { version } from "../../../version.ts";
import { type Args, defineCommand, type Io } from "../../command.ts";
import { printJson } from "../../json.ts";
import { progressLine } from "../../progress.ts";
import { repositoryNamed } from "../../repository-option.ts";
import { EXIT } from "../../run.ts";
import { SARIF_LEVELS, type SarifRun, sarifText } from "../../sarif.ts";
import { show } from "../../show.ts";
import { readFolder } from "./folder.ts";
import { lookAt } from "./report.ts";
import type { WorkflowsReport } from "./schema.ts";
import { adviceText, workflowsText } from "./text.ts";

const options = {
  repo: { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean" },
  sarif: { type: "boolean" },
  advice: { type: "boolean" },
  "fail-on": { type: "string" },
} as const;

/** `sallyport workflows`: what GitHub Actions files let people do. Offline for a folder, 1 or 2 requests for a repository. */
export const workflows = defineCommand({
  name: "workflows",
  usage: `
  sallyport workflows DIR             the GitHub Actions files of a checkout
  sallyport workflows --repo OWNER/REPO
                                      those of a repository's default branch

Reads workflows and the actions of the same repository and prints what they let
people do: what a fork can start, what others' text reaches, which rights lie
beside it. It speaks of files, never of who wrote them. Nothing is run.

  --token-file FILE  with --repo: look with the token in this file; without it
                     as the App, or without one with GH_TOKEN, GITHUB_TOKEN or
                     \`gh auth token\`
  --json             sallyport.workflows/1
  --sarif            SARIF 2.1.0, for code scanning
  --advice           which workflows GitHub's execution policy stops on
                     ${BLOCKING_RULE?.from}, and what to write instead
  --fail-on LEVEL    exit 1 when something that can still be used has LEVEL or
                     more: ${SEVERITIES.join(", ")}

Files that cannot be read are listed as not checked. The format is in
docs/schema/sallyport.workflows-1.json.

Examples
  sallyport workflows . --fail-on high
  sallyport workflows --repo octo-org/wallet --advice
`,
  options,
  async run(args, io) {
    const { place, failOn } = requestOf(args);
    const texts = await (place.kind === "folder" ? readFolder(place.folder) : readLive(place, io));
    const { report, around, findings } = lookAt(texts, io.now());
    const { json, sarif, advice } = args.values;
    if (json) {
      await printJson(io.stdout, report);
    } else if (sarif) io.stdout.write(sarifText(sarifOf(report)));
    else if (advice) show(io.stdout, adviceText(adviceFor(around, findings), report, io.stdout.strong));
    else show(io.stdout, workflowsText(report, io.stdout.strong));
    return failOn !== null && reaches(report, failOn) ? EXIT.failOn : EXIT.done;
  },
});

type Place =
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "live"; readonly repository: RepositoryAddress; readonly tokenFile: string | null };

interface Request {
  readonly place: Place;
  readonly failOn: Severity | null;
}

/** What to read and when to fail. Throws InvalidInput with everything that does not fit together. */
function requestOf({ values, positionals }: Args<typeof options>): Request {
  const problems: Problem[] = [];
  const place = placeOf(values, positionals, problems);
  const formats = (["json", "sarif", "advice"] as const).filter((name) => values[name]).map((name) => `--${name}`);
  if (formats.length > 1) problems.push(problem(formats.join(" "), "several formats at once", "choose one of them"));
  const failOn = SEVERITIES.find((severity) => severity === values["fail-on"]) ?? null;
  if (values["fail-on"] !== undefined && failOn === null)
    problems.push(problem("--fail-on", "no such level", `write one of ${SEVERITIES.join(", ")}`));
  if (place === null || problems.length > 0) throw new InvalidInput(problems);
  return { place, failOn };
}

function placeOf(
  { repo, "token-file": tokenFile }: Args<typeof options>["values"],
  [folder, ...more]: readonly string[],
  problems: Problem[],
): Place | null {
  const where = "sallyport workflows";
  if ((folder === undefined) === (repo === undefined) || more.length > 0)
    problems.push(problem(where, "give one DIR or --repo OWNER/REPO", "`sallyport help workflows` shows both ways"));
  if (tokenFile !== undefined && repo === undefined)
    problems.push(problem("--token-file", "without --repo", "leave it out: a folder is read offline"));
  if (repo === undefined) return folder === undefined ? null : { kind: "folder", folder };
  const repository = repositoryNamed(repo);
  if (repository !== null) return { kind: "live", repository, tokenFile: tokenFile ?? null };
  problems.push(problem("--repo", "no repository", "write it as OWNER/REPO"));
  return null;
}

const problem = (where: string, what: string, mend: string): Problem => ({ where, what, mend });

async function readLive(place: Extract<Place, { readonly kind: "live" }>, io: Io): Promise<WorkflowFiles> {
  const progress = progressLine(io.stderr, "asking GitHub:");
  progress.update(0, null);
  return io.services.liveWorkflows(place).finally(progress.clear);
}

const reaches = ({ level }: WorkflowsReport, failOn: Severity): boolean =>
  level !== null && rankOf(level) >= rankOf(failOn);

const HELP_URL = "https://docs.github.com/en/actions/reference/security/secure-use";

/** The findings, and the files that could not be read as notes, so that a reader of SARIF alone misses nothing. */
function sarifOf({ findings, notChecked }: WorkflowsReport): SarifRun {
  const help = (id: string): string => {
    const about = findings.find(({ rule }) => rule === id);
    return about ? `${about.why} ${about.fine}` : "See GitHub's documentation of secure use.";
  };
  const rules = RULES.map(({ id, title }) => ({ id, title: `${title}.`, help: help(id), url: HELP_URL }));
  const unread = {
    id: NOT_CHECKED,
    title: "A file could not be read.",
    help: "What it says is not known.",
    url: HELP_URL,
  };
  return {
    tool: { name: "sallyport", version: version() },
    rules: [...rules, unread],
    results: [
      ...findings.map(({ rule, severity, reachable, fact, why, fine, path, line, endLine }) => ({
        ...{ ruleId: rule, path, line, endLine },
        level: reachable === "not any more" ? ("note" as const) : SARIF_LEVELS[severity],
        message: `${fact} ${why} ${fine}`,
      })),
      ...notChecked.map(({ path, line, reason }) => ({
        ...{ ruleId: NOT_CHECKED, level: "note" as const, path, line, endLine: line },
        message: `The file was not checked: ${reason}.`,
      })),
    ],
  };
}

const NOT_CHECKED = "not-checked";
