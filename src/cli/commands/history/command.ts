import { InvalidInput } from "../../../errors.ts";
import { keyedIds } from "../../../history/people/identity.ts";
import { type Loaded, type LoadedRepository, type Loading, startLoading } from "../../../history/read/load.ts";
import { countCommits, type ReadOptions, type RepositoryLocation } from "../../../history/read/read.ts";
import { defineCommand, type Io } from "../../command.ts";
import { printJson } from "../../json.ts";
import { progressLine } from "../../progress.ts";
import { show } from "../../show.ts";
import { findPlaces, type Place, withRepository } from "./places.ts";
import { type HistoryRequest, problem, requestOf } from "./request.ts";
import type { HistoryReport } from "./schema.ts";
import { readTold, type Told } from "./told.ts";

const options = {
  rev: { type: "string" },
  refs: { type: "string" },
  since: { type: "string" },
  "account-map": { type: "string" },
  key: { type: "string" },
  top: { type: "string" },
  json: { type: "boolean" },
} as const;

export const history = defineCommand({
  name: "history",
  options,
  usage: `
  sallyport history PATH-OR-URL... [--refs branches|all] [--since DATE]
                  [--rev REV] [--top N] [--json]

PATH is a clone, bare or not; an https URL is cloned without trees and files
into a temporary folder, which is removed afterwards. Only commit objects are
read: nothing is checked out, no hook runs, nothing is fetched. Several are
read as one history, and people joined across them by the .mailmap of each; a
commit that several have belongs to the first, so give originals before forks.

  --refs branches|all  branches, remote branches, tags and HEAD; all adds heads
                       of pull requests, which anybody can open, notes and
                       stashes. Without it, branches
  --rev REV            read what REV reaches, in one repository
  --since DATE         leave out commits before this day (YYYY-MM-DD) or moment,
                       each by its own commit date
  --account-map FILE   accounts with their dates and addresses, and what is
                       known of the repositories: owners, who acted there
                       (sallyport.account-map/1, JSON)
  --key FILE           key of the one-way ids, at least 16 characters; without
                       it they are the same for everybody
  --top N              identities listed; 20 in the table, all with --json
  --json               sallyport.history/1 (docs/schema)

Commits are taken as made by whom they name: git does not say who pushed, and
no signature is verified. In a project's history anybody whose work was merged
may have written them: findings are a reason to look, and no assessment of an
account.`,
  async run({ values, positionals }, io) {
    const asked = requestOf(positionals, values);
    const told = await readTold(values["account-map"], asked.places, io);
    const key = values.key === undefined ? DEFAULT_KEY : await keyFrom(values.key, io);
    const report = await reported(asked, { told, key }, io);
    if (!values.json) {
      const { historyText } = await import("./text.ts");
      show(io.stdout, historyText(report, { ...asked, top: asked.top ?? 20 }));
    } else {
      await printJson(io.stdout, shortened(report, asked.top));
    }
    return 0;
  },
});

/** Without a key ids can be compared by anybody who has the same history, and addresses tried. */
const DEFAULT_KEY = "sallyport.history/1";
const MIN_KEY_CHARACTERS = 16;

async function keyFrom(path: string, io: Io): Promise<string> {
  const key = (await io.readFile(path)).trim();
  if (key.length >= MIN_KEY_CHARACTERS) return key;
  throw new InvalidInput([
    problem(path, `a key of fewer than ${MIN_KEY_CHARACTERS} characters`, "make one with: openssl rand -hex 32"),
  ]);
}

async function reported(
  asked: HistoryRequest,
  { told, key }: { readonly told: Told; readonly key: string },
  io: Io,
): Promise<HistoryReport> {
  const settings = io.services.gitSettings();
  const clock = (): number => performance.now();
  // The signals load while git looks at the repositories.
  const reporting = import("./report.ts");
  const places = await findPlaces(asked.places, settings);
  const { reportRows } = await reporting;
  const startedAt = clock();
  const loading = startLoading(clock);
  const read: PlaceRead[] = [];
  for (const place of places)
    await withRepository(place, { settings, io }, async (location) => {
      const { rev, since, refs } = asked;
      await watched(loading, location, { ...settings, rev, since, refs, mayStopThread: true }, io);
      read.push({ place, location });
    });
  const readingMs = clock() - startedAt;
  const loaded = loading.finish(told.accounts);
  const asOf = io.now();
  const findStart = clock();
  const rows = reportRows({
    history: loaded.history,
    accountsMadeAt: told.madeAt,
    repositories: told.repositories,
    asOf: Date.parse(asOf) / 1_000,
    idOf: remembering(keyedIds(key)),
  });
  const timings = { cloneMs: readingMs - loading.readMs, readMs: loaded.readMs, identifyMs: loaded.identifyMs };
  return {
    schema: "sallyport.history/1",
    ...summary(asked, read, loaded),
    asOf,
    ...rows,
    timings: rounded({ ...timings, findMs: clock() - findStart }),
  };
}

interface PlaceRead {
  readonly place: Place;
  readonly location: RepositoryLocation;
}

/** Reads one repository under a progress bar, which has an end where somebody watches it. */
async function watched(loading: Loading, location: RepositoryLocation, options: ReadOptions, io: Io): Promise<void> {
  const line = progressLine(io.stderr, "commits read:");
  let total: number | null = null;
  if (io.stderr.isTTY)
    void countCommits(location, options).then((count) => {
      total = count;
    });
  await loading
    .add(location, { ...options, onProgress: (commitCount) => line.update(commitCount, total) })
    .finally(line.clear);
}

function summary(
  asked: HistoryRequest,
  read: readonly PlaceRead[],
  { commitCount, repositories: loaded }: Loaded,
): Omit<HistoryReport, "schema" | "asOf" | "identities" | "owners" | "findings" | "timings"> {
  const repositories = read.flatMap(({ place, location }, at) => {
    const counts = loaded[at];
    return counts === undefined ? [] : [repositoryRow(asked, { place, location }, counts)];
  });
  const sum = (of: "skipped" | "undated"): number => repositories.reduce((total, each) => total + each[of], 0);
  return {
    repository: repositories[0]?.place ?? "",
    repositories,
    attribution: "as_named",
    commits: commitCount,
    skipped: sum("skipped"),
    undated: sum("undated"),
    shallow: repositories.some(({ shallow }) => shallow),
  };
}

function repositoryRow(
  { rev, refs }: HistoryRequest,
  { place, location }: PlaceRead,
  { commitCount, malformedCount, undatedCount, olderCount, references }: LoadedRepository,
): HistoryReport["repositories"][number] {
  const { requests, others, replaced } = references;
  // Whoever names a revision asks for no other.
  const wantsNoMore = rev !== null || refs === "all";
  return {
    place: place.place,
    commits: commitCount,
    skipped: malformedCount,
    undated: undatedCount,
    older: olderCount,
    shallow: location.shallow,
    replaced,
    grafts: location.grafted,
    leftOut: wantsNoMore ? { requests: 0, others: 0 } : { requests, others },
  };
}

const rounded = (timings: HistoryReport["timings"]): HistoryReport["timings"] => ({
  cloneMs: Math.round(timings.cloneMs),
  readMs: Math.round(timings.readMs),
  identifyMs: Math.round(timings.identifyMs),
  findMs: Math.round(timings.findMs),
});

/** Most identities have one address, which names both. */
function remembering(idOf: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const id = known.get(text) ?? idOf(text);
    known.set(text, id);
    return id;
  };
}

/** The busiest identities, the owners, and the findings about them. */
function shortened(report: HistoryReport, top: number | null): HistoryReport {
  if (top === null) return report;
  const identities = report.identities.slice(0, top);
  const kept = new Set([...identities, ...report.owners].map(({ id }) => id));
  return { ...report, identities, findings: report.findings.filter(({ identity }) => kept.has(identity)) };
}
