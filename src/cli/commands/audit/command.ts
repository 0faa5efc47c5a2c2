import type { AccessAudit } from "../../../access/audit.ts";
import { auditCsv } from "../../../access/audit-csv.ts";
import type { AccessSnapshot } from "../../../access/grant.ts";
import { withRemedies } from "../../../access/remedy/exported.ts";
import { auditLevel, auditReport } from "../../../access/report.ts";
import { rankOf, SEVERITIES, type Severity } from "../../../change/severity.ts";
import { InvalidInput, type Problem } from "../../../errors.ts";
import { DEFAULT_THRESHOLDS } from "../../../signals/thresholds.ts";
import { atOnce } from "../../../slices.ts";
import { defineCommand } from "../../command.ts";
import {
  type AskedSource,
  problem,
  readAccess,
  readSnapshot,
  type SnapshotSource,
  snapshotSource,
} from "../../graph/source.ts";
import { jsonPieces, printJson } from "../../json.ts";
import { EXIT } from "../../run.ts";
import { show } from "../../show.ts";
import { baselineText } from "./baseline.ts";
import { commandsText } from "./commands-text.ts";
import { readDeclarations, readRuleSuites } from "./declarations.ts";
import { auditText } from "./text.ts";

/** `sallyport audit`: who can write where, live or from a file. Reads only; 0 to about 170 requests for 1,000 repositories. */
export const auditCommand = defineCommand({
  name: "audit",
  usage: `
  sallyport audit ORG                 read the organisation as it is now
  sallyport audit --snapshot FILE     read a sallyport.access/1 file, or - for
                                      standard input

  --save FILE        keep what was read as a sallyport.access/1 file, for
                     --snapshot and --previous, with the rules that \`access\`
                     reads; an older one is replaced
  --token-file FILE  look with the token in this file; without it as the App, or
                     without one with GH_TOKEN, GITHUB_TOKEN or \`gh auth token\`.
                     What a token does not see is listed as not checked
  --previous FILE    an earlier sallyport.access/1 file to compare with
  --declared FILE    CODEOWNERS, OWNERS or MAINTAINERS of the organisation, or
                     REPO=FILE of a repository: who is declared and cannot
                     write, and the reverse; may be given several times
  --rule-suites FILE uses of bypasses, which GitHub shows to whoever may change
                     rules: see below
  --json             the report as sallyport.audit/1
  --csv              one row per account and repository, and one per thing that
                     was not checked
  --baseline         the controls of the OSPS Baseline about access, each with
                     what was seen
  --commands         the exact \`gh\` commands that would lower, remove or close
                     each line, as comments; nothing is run
  --fail-on LEVEL    exit 1 when a standing exposure has LEVEL or more; an open
                     flag counts as high. Levels: ${SEVERITIES.join(", ")}

Bots count like anybody. Of archived repositories only what outside accounts may
write there is shown: it is asleep, not gone. The formats are in
docs/schema/sallyport.access-1.json and sallyport.audit-1.json.

An owner's own login gets the uses of bypasses of an organisation by
  gh api --paginate --slurp "orgs/ORG/rulesets/rule-suites?per_page=100&\\
rule_suite_result=bypass&time_period=month" > suites.json

Examples
  sallyport audit octo-org --save this-week.json
  sallyport audit --snapshot this-week.json --previous last-week.json
  sallyport audit octo-org --fail-on high --csv > access.csv
`,
  options: {
    snapshot: { type: "string" },
    previous: { type: "string" },
    declared: { type: "string", multiple: true },
    "rule-suites": { type: "string" },
    save: { type: "string" },
    "token-file": { type: "string" },
    json: { type: "boolean" },
    csv: { type: "boolean" },
    baseline: { type: "boolean" },
    commands: { type: "boolean" },
    "fail-on": { type: "string" },
  },
  async run({ values, positionals }, io) {
    const { source, failOn } = requestOf({
      ...{ ...values, positionals },
      ...{ failOn: values["fail-on"], tokenFile: values["token-file"] },
    });
    const snapshot = await readAccess(source, io, values.save === undefined ? "organization" : "repositories");
    if (values.save !== undefined) await io.writeFile(values.save, snapshotPieces(snapshot));
    const previous = values.previous === undefined ? null : await readSnapshot(values.previous, io);
    if (previous !== null) checkSameOrganization(snapshot, previous);
    const suites = values["rule-suites"];
    const audit = auditReport(snapshot, {
      previous,
      declarations: await readDeclarations(values.declared ?? [], snapshot, io),
      ...(suites !== undefined && { ruleSuites: await readRuleSuites(suites, io) }),
      flags: null,
      lastActs: null,
      dormantAfterDays: DEFAULT_THRESHOLDS.dormantAfterDays,
    });
    if (values.json) {
      await printJson(io.stdout, atOnce(withRemedies(audit)));
    } else if (values.commands) {
      for (const text of commandsText(audit)) io.stdout.write(text);
    } else if (values.csv) io.stdout.write(auditCsv(audit));
    else if (values.baseline) show(io.stdout, baselineText(audit, snapshot));
    else show(io.stdout, auditText(audit, io.stdout.strong));
    return failOn !== null && reaches(audit, failOn) ? EXIT.failOn : EXIT.done;
  },
});

interface Asked extends AskedSource {
  readonly previous?: string | undefined;
  readonly save?: string | undefined;
  readonly json?: boolean | undefined;
  readonly csv?: boolean | undefined;
  readonly baseline?: boolean | undefined;
  readonly commands?: boolean | undefined;
  readonly failOn?: string | undefined;
}

/** What to read and when to fail. Throws InvalidInput with everything that does not fit together. */
function requestOf(asked: Asked): { readonly source: SnapshotSource; readonly failOn: Severity | null } {
  const source = snapshotSource("audit", asked);
  const failOn = SEVERITIES.find((severity) => severity === asked.failOn) ?? null;
  const problems: Problem[] = "problem" in source ? [source.problem] : [];
  const formats = FORMATS.filter((name) => asked[name]).map((name) => `--${name}`);
  if (formats.length > 1) problems.push(problem(formats.join(" "), "several formats at once", "choose one of them"));
  if (asked.snapshot === "-" && asked.previous === "-")
    problems.push(problem("--previous -", "standard input can be read once", "give one of the two as a file"));
  if (asked.save === "-")
    problems.push(problem("--save -", "standard output has the report", "give the path of a file"));
  for (const [name, value] of [["--save", asked.save] as const, ["--token-file", asked.tokenFile] as const])
    if (value !== undefined && asked.snapshot !== undefined)
      problems.push(problem(name, "with --snapshot", "leave one of them out"));
  if (asked.failOn !== undefined && failOn === null)
    problems.push(problem("--fail-on", "no such level", `write one of ${SEVERITIES.join(", ")}`));
  if ("problem" in source || problems.length > 0) throw new InvalidInput(problems);
  return { source, failOn };
}

const FORMATS = ["json", "csv", "baseline", "commands"] as const;

function* snapshotPieces(snapshot: AccessSnapshot): Generator<string> {
  yield* jsonPieces(snapshot);
  yield "\n";
}

function checkSameOrganization(snapshot: AccessSnapshot, previous: AccessSnapshot): void {
  const [now, before] = [snapshot, previous].map(({ organization }) => organization.login.toLowerCase());
  if (now !== before)
    throw new InvalidInput([
      problem("--previous", "a snapshot of another organisation", "compare two snapshots of one organisation"),
    ]);
}

function reaches(audit: AccessAudit, failOn: Severity): boolean {
  const level = auditLevel(audit);
  return level !== null && rankOf(level) >= rankOf(failOn);
}
