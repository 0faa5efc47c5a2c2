import type { AccessAudit } from "../../../access/audit.ts";
import { auditCsv } from "../../../access/audit-csv.ts";
import type { AccessSnapshot } from "../../../access/grant.ts";
import { auditLevel, auditReport } from "../../../access/report.ts";
import { parseAccessSnapshot } from "../../../access/snapshot.ts";
import { rankOf, SEVERITIES, type Severity } from "../../../change/severity.ts";
import { InvalidInput, type Problem } from "../../../errors.ts";
import { DEFAULT_THRESHOLDS } from "../../../signals/thresholds.ts";
import { defineCommand, type Io } from "../../command.ts";
import { jsonPieces, parseJson, withPositions } from "../../json.ts";
import { progressLine } from "../../progress.ts";
import { EXIT } from "../../run.ts";
import { show } from "../../show.ts";
import { auditText } from "./text.ts";

/** `sallyport audit`: who can write where, live or from a file. Reads only; 0 to about 160 requests. */
export const auditCommand = defineCommand({
  name: "audit",
  usage: `
  sallyport audit ORG                 read the organisation as it is now
  sallyport audit --snapshot FILE     read a sallyport.access/1 file, or - for
                                      standard input

  --save FILE        keep what was read as a sallyport.access/1 file, for
                     --snapshot and --previous; an older one is replaced
  --token-file FILE  look with the token in this file; without it as the App, or
                     without one with GH_TOKEN, GITHUB_TOKEN or \`gh auth token\`.
                     What a token does not see is listed as not checked
  --previous FILE    an earlier sallyport.access/1 file to compare with
  --json             the report as sallyport.audit/1
  --csv              one row per account and repository, and one per thing that
                     was not checked
  --fail-on LEVEL    exit 1 when a standing exposure has LEVEL or more; an open
                     flag counts as high. Levels: ${SEVERITIES.join(", ")}

Bots count like anybody. Of archived repositories only what outside accounts may
write there is shown: it is asleep, not gone. The formats are in
docs/schema/sallyport.access-1.json and sallyport.audit-1.json.

Examples
  sallyport audit octo-org --save this-week.json
  sallyport audit --snapshot this-week.json --previous last-week.json
  sallyport audit octo-org --fail-on high --csv > access.csv
`,
  options: {
    snapshot: { type: "string" },
    previous: { type: "string" },
    save: { type: "string" },
    "token-file": { type: "string" },
    json: { type: "boolean" },
    csv: { type: "boolean" },
    "fail-on": { type: "string" },
  },
  async run({ values, positionals }, io) {
    const { source, failOn } = requestOf({
      ...{ ...values, positionals },
      ...{ failOn: values["fail-on"], tokenFile: values["token-file"] },
    });
    const snapshot = await read(source, io);
    if (values.save !== undefined) await io.writeFile(values.save, snapshotPieces(snapshot));
    const previous = values.previous === undefined ? null : await readSnapshot(values.previous, io);
    if (previous !== null) checkSameOrganization(snapshot, previous);
    const audit = auditReport(snapshot, {
      previous,
      flags: null,
      lastActs: null,
      dormantAfterDays: DEFAULT_THRESHOLDS.dormantAfterDays,
    });
    if (values.json) {
      for (const piece of jsonPieces(audit)) io.stdout.write(piece);
      io.stdout.write("\n");
    } else if (values.csv) io.stdout.write(auditCsv(audit));
    else show(io.stdout, auditText(audit, io.stdout.strong));
    return failOn !== null && reaches(audit, failOn) ? EXIT.failOn : EXIT.done;
  },
});

type SnapshotSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "live"; readonly organization: string; readonly tokenFile: string | null };

interface Asked {
  readonly positionals: readonly string[];
  readonly snapshot?: string | undefined;
  readonly previous?: string | undefined;
  readonly save?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly json?: boolean | undefined;
  readonly csv?: boolean | undefined;
  readonly failOn?: string | undefined;
}

/** What to read and when to fail. Throws InvalidInput with everything that does not fit together. */
function requestOf(asked: Asked): { readonly source: SnapshotSource; readonly failOn: Severity | null } {
  const source = sourceOf(asked);
  const failOn = SEVERITIES.find((severity) => severity === asked.failOn) ?? null;
  const problems: Problem[] = "problem" in source ? [source.problem] : [];
  if (asked.json && asked.csv) problems.push(problem("--json --csv", "two formats at once", "choose one of them"));
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

function sourceOf({ positionals, snapshot, tokenFile }: Asked): SnapshotSource | { readonly problem: Problem } {
  const [organization, ...more] = positionals;
  if (snapshot !== undefined)
    return organization === undefined
      ? { kind: "file", path: snapshot }
      : { problem: problem("sallyport audit", "ORG and --snapshot at once", "give one of them") };
  if (organization === undefined)
    return { problem: problem("sallyport audit", "nothing to audit", "give ORG or --snapshot FILE") };
  if (more.length > 0)
    return { problem: problem("sallyport audit", "more than one organisation", "audit them one after the other") };
  return LOGIN.test(organization)
    ? { kind: "live", organization, tokenFile: tokenFile ?? null }
    : { problem: problem("ORG", "not the login of an organisation", "write it as in github.com/ORG") };
}

/** GitHub's logins: letters, digits and single hyphens inside, at most 39 characters. */
const LOGIN = /^(?=.{1,39}$)[a-z\d]+(?:-[a-z\d]+)*$/i;

const problem = (where: string, what: string, mend: string): Problem => ({ where, what, mend });

async function read(source: SnapshotSource, io: Io): Promise<AccessSnapshot> {
  if (source.kind === "file") return readSnapshot(source.path, io);
  const progress = progressLine(io.stderr, "reading access:");
  try {
    return await io.services.liveSnapshot(source, progress.update);
  } finally {
    progress.clear();
  }
}

function* snapshotPieces(snapshot: AccessSnapshot): Generator<string> {
  yield* jsonPieces(snapshot);
  yield "\n";
}

async function readSnapshot(path: string, io: Io): Promise<AccessSnapshot> {
  const text = await io.readFile(path, LONGEST_MIB);
  const json = parseJson(text, path);
  try {
    return parseAccessSnapshot(json, path);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(withPositions(error.problems, { place: path, text }));
  }
}

/**
 * Lists are limited by their count (`SNAPSHOT_LIMITS`), not by their bytes: this is the longest text that V8 holds. A
 * million grants with names of an ordinary length are a fifth of it.
 */
const LONGEST_MIB = 511;

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
