import { type AccessFigures, benchAccess, benchReach, type ReachFigures } from "./access.ts";
import { benchChange, type ChangeFigures } from "./change.ts";
import { benchCodeIndex, type CodeIndexFigures } from "./code-index.ts";
import { benchEngine, type EngineFigures } from "./engine.ts";
import {
  benchHistory,
  benchLargeHistory,
  type HistoryFigures,
  type LargeHistoryFigures,
  type ReadingFigures,
} from "./history.ts";
import { benchIngest, type IngestBench } from "./ingest.ts";
import { benchLoop, type WorstFigures } from "./loop.ts";
import { benchCatalogLoad, type CatalogLoadFigures } from "./made/catalog-load.ts";
import { benchRequests, type RequestFigures } from "./requests.ts";
import { benchRoles, ROLES_GRANTS } from "./roles.ts";
import { benchStart, type StartFigures } from "./start.ts";
import { benchWorkflows } from "./workflows.ts";
import { benchHostile } from "./worst/hostile.ts";

/**
 * Prints every claim about speed and memory with its goal, measured in this run on this machine. Ratios are against a
 * floor measured in the same minutes. PostgreSQL rows need TEST_DATABASE_URL
 * (`bash test/support/postgres-server.sh npm run bench`). Names given as arguments limit the run: engine catalog start
 * ingest history history-large access reach requests roles workflows change hostile code-index loop.
 */
interface Row {
  readonly claim: string;
  readonly figure: string;
  readonly goal: string;
  readonly holds: boolean;
}

const databaseUrl = process.env.TEST_DATABASE_URL ?? null;
const asked = process.argv.slice(2);
const wanted = (name: string): boolean => asked.length === 0 || asked.includes(name);
const rows: Row[] = [];

if (wanted("engine")) rows.push(...engineRows(await benchEngine()));
if (wanted("catalog")) rows.push(...catalogRows(benchCatalogLoad()));
// Before the ingest: its tens of thousands of deliveries would be planned by a process that should be idle.
if (wanted("start")) {
  rows.push(...startRows("embedded", 450, await benchStart(null)));
  if (databaseUrl) rows.push(...startRows("PostgreSQL", 220, await benchStart(databaseUrl)));
}
if (wanted("ingest")) {
  rows.push(...ingestRows("embedded", 0.3, await benchIngest({ store: "embedded" })));
  if (databaseUrl) rows.push(...ingestRows("PostgreSQL", 0.5, await benchIngest({ store: "postgres", databaseUrl })));
}
if (wanted("history")) rows.push(...historyRows(await benchHistory()));
if (wanted("history-large")) rows.push(...largeHistoryRows(await benchLargeHistory()));
if (wanted("access")) rows.push(...accessRows(await benchAccess(200_000), await benchAccess(1_000_000)));
if (wanted("reach")) rows.push(...reachRows(await benchReach(20_000), await benchReach(200_000)));
if (wanted("requests")) rows.push(...requestRows(await benchRequests()));
if (wanted("roles")) rows.push(...rolesRows(await benchRoles()));
if (wanted("workflows"))
  rows.push(atMost("workflows: 1,000 files of a real size read and judged, s", benchWorkflows().seconds, 3, 2));
if (wanted("change")) rows.push(...changeRows(await benchChange()));
if (wanted("hostile")) rows.push(hostileRow(benchHostile()));
if (wanted("code-index")) rows.push(...codeIndexRows(await benchCodeIndex()));
if (wanted("loop")) rows.push(...loopRows(await benchLoop()));
print(rows);

function engineRows({ medianStory, slowest, pullRequests, ratio }: EngineFigures): readonly Row[] {
  return [
    atLeast("engine: assessments per second and core, the told story in the middle", medianStory, 20_000, 0),
    atLeast(`engine: the same, the slowest story (${slowest.id})`, slowest.perSecond, 2_000, 0),
    atLeast("engine: the same, pull requests of real sizes", pullRequests, 5_000, 0),
    // No claim: a guard that means the same on every machine.
    atMost("engine: all told stories judged ÷ their dossiers written as JSON and read back", ratio, 1, 2),
  ];
}

function catalogRows({ sourcesMs, packageMs }: CatalogLoadFigures): readonly Row[] {
  return [
    atMost("catalogue of signals, as installed: ms of processor time to load", packageMs, 50, 0),
    atMost("catalogue of signals, as sources: ms of processor time to load", sourcesMs, 50, 0),
  ];
}

function requestRows({ requests, points, naive }: RequestFigures): readonly Row[] {
  const about = "audit of 1,000 repositories, 5,000 members, 200 teams, with rules";
  return [
    atMost(`${about}: requests (asking one by one: ${naive.toLocaleString("en-US")})`, requests, 209, 0),
    atMost(`${about}: points of GraphQL`, points, 200, 0),
  ];
}

function changeRows({ megabytesPerSecond, ranges, large }: ChangeFigures): readonly Row[] {
  return [
    atLeast("change: MB of diff per second of processor time, all signals", megabytesPerSecond, 10, 1),
    atLeast("change --stdin: changes per second of processor time, git's apart", ranges.changesPerSecond, 200, 0),
    atMost("change --stdin: memory, MiB", ranges.peakMiB, 400, 0),
    atMost("change, 100 MB in 3,000 files: s of processor time", large.cpuSeconds, 10, 1),
    atMost("change, 100 MB in 3,000 files: memory, MiB", large.peakMiB, 300, 0),
  ];
}

function hostileRow({ growth, of, texts }: ReturnType<typeof benchHostile>): Row {
  return atMost(`change: cost of four times the text, worst of ${texts} hostile ones (${of})`, growth, 8, 1);
}

function codeIndexRows({ seconds, peakMiB }: CodeIndexFigures): readonly Row[] {
  const about = "code index: 100,000 contents of ten repositories among 5,000,000 hashes";
  return [atMost(`${about}: s`, seconds, 2, 2), atMost(`${about}: memory, MiB`, peakMiB, 300, 0)];
}

function ingestRows(database: string, goal: number, measured: IngestBench): readonly Row[] {
  return [
    atLeast(`ingest, ${database}: durable acks ÷ bare HMAC and parse`, measured.ratio, goal, 2),
    atMost(`ingest, ${database}: failed deliveries`, measured.failedCount, 0, 0),
    atMost(`ingest, ${database}: event-loop delay p99, ms`, measured.loopP99Ms, 100, 0),
    atMost(`ingest, ${database}: log bytes ÷ request bytes, %`, measured.logShare * 100, 1, 2),
    atMost(`flood, ${database}: memory under 16 x 25 MB unsigned, MiB`, measured.floodRssRiseMiB, 64, 0),
    atMost(`flood, ${database}: log bytes ÷ request bytes, %`, measured.floodLogShare * 100, 1, 4),
  ];
}

function historyRows({ reading, cloneRatio }: HistoryFigures): readonly Row[] {
  return [
    readingRow("signed", reading.signed, 1.8),
    readingRow("long", reading.long, 1.8),
    // No claim: a guard, so that what does not grow with the commits stays small.
    readingRow("short", reading.short, 2.2),
    atMost("history, 20,000 with files: treeless clone and report ÷ full clone and git log", cloneRatio, 0.5, 2),
  ];
}

function readingRow(kind: string, { commits, ratio, floorSeconds }: ReadingFigures, goal: number): Row {
  const alone = `git alone ${floorSeconds.toFixed(2)} s`;
  const claim = `history, ${commits.toLocaleString("en")} ${kind} commits (${alone}): wall ÷ rev-list | cat-file --batch`;
  return atMost(claim, ratio, goal, 2);
}

function largeHistoryRows({ residentMiB, gitMiB, growth }: LargeHistoryFigures): readonly Row[] {
  const size = "1,000,000 commits and 30,000 identities";
  return [
    atMost(`history, ${size}: resident memory, MiB (git's own ${gitMiB.toFixed(0)})`, residentMiB, 400, 0),
    atMost("history: time at 1,000,000 ÷ time at 100,000 commits", growth, 12, 2),
  ];
}

function accessRows(many: AccessFigures, most: AccessFigures): readonly Row[] {
  const times = `(${many.seconds.toFixed(0)} s and ${most.seconds.toFixed(0)} s)`;
  return [
    atMost("audit, 200,000 grants: resident memory, MiB", many.peakMiB, 1_024, 0),
    atMost("audit, 1,000,000 grants: resident memory, MiB", most.peakMiB, 2_048, 0),
    atMost(`audit: time at 1,000,000 ÷ time at 200,000 grants ${times}`, most.seconds / many.seconds, 10, 1),
  ];
}

function reachRows(few: ReachFigures, many: ReachFigures): readonly Row[] {
  const edges = `${many.edges.toLocaleString("en")} edges`;
  return [
    atMost(`reach, 200,000 grants with rules (${edges}): s`, many.seconds, 20, 1),
    atMost("reach, 200,000 grants with rules: resident memory, MiB", many.peakMiB, 1_024, 0),
    atMost("reach: time at 200,000 ÷ time at 20,000 grants", many.seconds / few.seconds, 12, 1),
  ];
}

function rolesRows({ medianMs, p99Ms }: Awaited<ReturnType<typeof benchRoles>>): readonly Row[] {
  const asked = `one account's roles in an organisation of ${ROLES_GRANTS.toLocaleString("en")} grants, embedded`;
  return [atMost(`${asked}: median, ms`, medianMs, 5, 1), atMost(`${asked}: p99, ms`, p99Ms, 10, 1)];
}

function loopRows(measured: readonly WorstFigures[]): readonly Row[] {
  const rows = measured.flatMap(({ name, full, longestMs, totalMs, pageP99Ms, exponent }) => {
    const input = `loop, ${full.toLocaleString("en")} ${name}`;
    return [
      atMost(`${input} (${totalMs.toFixed(0)} ms in all): longest stop of the loop, ms`, longestMs, 50, 0),
      atMost(`${input}: pages meanwhile, p99, ms`, pageP99Ms, 100, 0),
      ...(exponent === null ? [] : [atMost(`${input}: growth at n, 2n and 4n, exponent`, exponent, 1.2, 2)]),
    ];
  });
  const longest = measured.reduce((most, { longestMs }) => Math.max(most, longestMs), 0);
  return [...rows, atMost("loop, all of these: longest stop of the loop, ms", longest, 50, 0)];
}

function startRows(database: string, idleGoal: number, measured: StartFigures): readonly Row[] {
  return [
    atMost(`start, ${database}: fresh database, s`, measured.freshSeconds, 3, 1),
    atMost(`start, ${database}: existing database, s`, measured.existingSeconds, 1, 1),
    atMost(`idle, ${database}: resident memory, MiB`, measured.idleMiB, idleGoal, 0),
  ];
}

function atLeast(claim: string, value: number, goal: number, digits: number): Row {
  return { claim, figure: value.toFixed(digits), goal: `>= ${goal}`, holds: value >= goal };
}

function atMost(claim: string, value: number, goal: number, digits: number): Row {
  return { claim, figure: value.toFixed(digits), goal: `<= ${goal}`, holds: value <= goal };
}

function print(table: readonly Row[]): void {
  const width = table.reduce((most, { claim }) => Math.max(most, claim.length), 0);
  for (const { claim, figure, goal, holds } of table)
    process.stdout.write(
      `${claim.padEnd(width)}  ${figure.padStart(8)}  ${goal.padEnd(9)}  ${holds ? "holds" : "MISSED"}\n`,
    );
}
