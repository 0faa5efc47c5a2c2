import { tmpdir } from "node:os";
import { InvalidInput, OperatingError } from "../../../errors.ts";
import type { AccountMap } from "../../../history/people/account-map.ts";
import { keyedIds } from "../../../history/people/identity.ts";
import { type KnownRepository, UNKNOWN_REPOSITORY } from "../../../history/people/known.ts";
import { type Clone, type CloneFailure, cloneCommits } from "../../../history/read/clone.ts";
import type { GitSettings } from "../../../history/read/git.ts";
import { loadHistory } from "../../../history/read/load.ts";
import { countCommits, findRepository, type Place, type ReadOptions } from "../../../history/read/read.ts";
import { defineCommand, type Io } from "../../command.ts";
import { jsonPieces, parseJson, schemaProblems } from "../../json.ts";
import { progressLine } from "../../progress.ts";
import { type Asked, problem, requestOf } from "./request.ts";
import type { HistoryReport } from "./schema.ts";

const options = {
  rev: { type: "string" },
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
  sallyport history PATH-OR-URL [--rev REV] [--since DATE] [--top N] [--json]

PATH is a clone, bare or not; an https URL is cloned without trees and files
into a temporary folder, which is removed afterwards. Only commit objects are
read: nothing is checked out, no hook runs, nothing is fetched.

  --rev REV            read what REV reaches; without it, every reference
  --since DATE         leave out commits before this day (YYYY-MM-DD) or moment
  --account-map FILE   accounts with their dates and addresses, and what is
                       known of the repository (sallyport.account-map/1, JSON)
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
    const map = await accountMap(values["account-map"], io);
    const key = values.key === undefined ? DEFAULT_KEY : await keyFrom(values.key, io);
    const report = await read(asked, { map, key }, io);
    if (!values.json) {
      const { historyText } = await import("./text.ts");
      io.stdout.write(historyText(report, asked.top ?? 20));
    } else {
      for (const piece of jsonPieces(shortened(report, asked.top))) io.stdout.write(piece);
      io.stdout.write("\n");
    }
    return 0;
  },
});

/** Without a key ids can be compared by anybody who has the same history, and addresses tried. */
const DEFAULT_KEY = "sallyport.history/1";
const MIN_KEY_CHARACTERS = 16;

/** What a treeless clone of a repository with a million commits needs, twice over. */
const CLONE_LIMITS = { seconds: 900, bytes: 2 * 2 ** 30 };

async function accountMap(path: string | undefined, io: Io): Promise<AccountMap> {
  if (path === undefined) return { accounts: [] };
  // The schema's library takes longer to load than the rest of the command.
  const { accountMapSchema } = await import("../../../history/people/account-map.ts");
  const parsed = accountMapSchema.safeParse(parseJson(await io.readFile(path), path));
  if (!parsed.success) throw new InvalidInput(schemaProblems(parsed.error, path));
  return parsed.data;
}

async function keyFrom(path: string, io: Io): Promise<string> {
  const key = (await io.readFile(path)).trim();
  if (key.length >= MIN_KEY_CHARACTERS) return key;
  throw new InvalidInput([
    problem(path, `a key of fewer than ${MIN_KEY_CHARACTERS} characters`, "make one with: openssl rand -hex 32"),
  ]);
}

async function read(
  asked: Asked,
  given: { readonly map: AccountMap; readonly key: string },
  io: Io,
): Promise<HistoryReport> {
  const settings = io.services.gitSettings();
  const cloneStart = performance.now();
  const clone = asked.remote ? await fetched(asked.place, settings, io) : null;
  const cloneMs = performance.now() - cloneStart;
  try {
    return await reported(clone?.path ?? asked.place, { ...asked, ...given, settings, cloneMs }, io);
  } finally {
    await clone?.remove();
  }
}

async function fetched(url: string, settings: GitSettings, io: Io): Promise<Clone> {
  const progress = progressLine(io.stderr, "fetching commits: second");
  const startedAt = performance.now();
  const tick = setInterval(() => progress.update(Math.round((performance.now() - startedAt) / 1_000), null), 1_000);
  try {
    const clone = await cloneCommits({ ...settings, url, temporary: tmpdir(), limits: CLONE_LIMITS });
    if ("failed" in clone) throw cloneError(url, clone);
    return clone;
  } finally {
    clearInterval(tick);
    progress.clear();
  }
}

/** A bar that fills once the commits are counted, beside the reading; nothing is counted for nobody. */
function counting(place: Place, options: ReadOptions, io: Io): { update(commitCount: number): void; clear(): void } {
  const line = progressLine(io.stderr, "commits read:");
  let total: number | null = null;
  if (io.stderr.isTTY)
    void countCommits(place, options).then((count) => {
      total = count;
    });
  return { update: (commitCount) => line.update(commitCount, total), clear: line.clear };
}

function cloneError(url: string, { failed, complaint }: CloneFailure): InvalidInput | OperatingError {
  const mebibytes = CLONE_LIMITS.bytes / 2 ** 20;
  if (failed === "too_large")
    return new InvalidInput([
      problem(url, `more than ${mebibytes} MiB of commits`, "clone it yourself and give the path"),
    ]);
  if (failed === "unreachable")
    return new OperatingError("github_unreachable", `the repository cannot be cloned: ${complaint}`);
  const why = failed === "timeout" ? `took longer than ${CLONE_LIMITS.seconds} s` : "was stopped";
  return new OperatingError("timeout", `the clone ${why}`);
}

async function reported(
  path: string,
  given: Asked & {
    readonly map: AccountMap;
    readonly key: string;
    readonly settings: GitSettings;
    readonly cloneMs: number;
  },
  io: Io,
): Promise<HistoryReport> {
  const { rev, since, map, key, settings, cloneMs } = given;
  // The signals load while git looks at the repository.
  const reporting = import("./report.ts");
  const place = await findRepository(path, settings);
  const { reportRows } = await reporting;
  const clock = (): number => performance.now();
  const progress = counting(place, { ...settings, rev, since }, io);
  const loaded = await loadHistory(place, map.accounts, {
    ...settings,
    rev,
    since,
    clock,
    mayStopThread: true,
    onProgress: progress.update,
  }).finally(progress.clear);
  const asOf = io.now();
  const findStart = clock();
  const rows = reportRows({
    history: loaded.history,
    accountsMadeAt: madeAt(map),
    repository: knownRepository(map),
    asOf: Date.parse(asOf) / 1_000,
    idOf: remembering(keyedIds(key)),
  });
  const round = (milliseconds: number): number => Math.round(milliseconds);
  return {
    schema: "sallyport.history/1",
    repository: given.place,
    attribution: "as_named",
    asOf,
    commits: loaded.commitCount,
    skipped: loaded.malformedCount,
    shallow: place.shallow,
    ...rows,
    timings: {
      cloneMs: round(cloneMs),
      readMs: round(loaded.readMs),
      identifyMs: round(loaded.identifyMs),
      findMs: round(clock() - findStart),
    },
  };
}

/** Most identities have one address, which names both. */
function remembering(idOf: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const id = known.get(text) ?? idOf(text);
    known.set(text, id);
    return id;
  };
}

const seconds = (instant: string | undefined): number | null =>
  instant === undefined ? null : Date.parse(instant) / 1_000;

const madeAt = ({ accounts }: AccountMap): ReadonlyMap<number, number> =>
  new Map(
    accounts.flatMap(({ id, createdAt }) => (createdAt === undefined ? [] : [[id, Date.parse(createdAt) / 1_000]])),
  );

function knownRepository({ repository }: AccountMap): KnownRepository | null {
  if (repository === undefined) return null;
  const { ownerId = null, createdAt, pushedAt, highestNumber = null, othersActed = null, declared } = repository;
  return {
    ...UNKNOWN_REPOSITORY,
    ownerId,
    createdAt: seconds(createdAt),
    pushedAt: seconds(pushedAt),
    highestNumber,
    othersActed,
    declared,
  };
}

/** The busiest identities, and the findings about them. */
function shortened(report: HistoryReport, top: number | null): HistoryReport {
  if (top === null) return report;
  const identities = report.identities.slice(0, top);
  const kept = new Set(identities.map(({ id }) => id));
  return { ...report, identities, findings: report.findings.filter(({ identity }) => kept.has(identity)) };
}
