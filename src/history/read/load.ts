import { InvalidInput } from "../../errors.ts";
import { atOnce } from "../../slices.ts";
import { type History, historyOf } from "../history.ts";
import type { AccountMap } from "../people/account-map.ts";
import { type MailmapEntry, parseMailmap } from "../people/mailmap.ts";
import { type GitSettings, runGit } from "./git.ts";
import { type ReadOptions, type RepositoryLocation, readInto } from "./read.ts";
import type { ReadSummary } from "./record.ts";
import { type References, referencesOf } from "./references.ts";
import { MAX_ROWS } from "./row-order.ts";
import { type Table, type TableBuilder, tableBuilder } from "./table.ts";

/** What was read of one repository. */
export interface LoadedRepository extends ReadSummary {
  readonly references: References;
  /** Commits with a date that is no moment: such a commit comes before and after nothing. */
  readonly undatedCount: number;
}

export interface Loaded {
  readonly history: History;
  /** Each commit once: a fork has those of the repository it comes from. */
  readonly commitCount: number;
  /** In the order of reading. */
  readonly repositories: readonly LoadedRepository[];
  readonly readMs: number;
  readonly identifyMs: number;
}

/** Repositories that are read one after the other into one table. */
export interface Loading {
  /**
   * Reads one more. Throws what `readInto` throws, and InvalidInput for more commits than a table holds or for object
   * ids of another length than those of the first.
   */
  add(location: RepositoryLocation, options: ReadOptions): Promise<void>;
  /** Milliseconds spent on reading so far. */
  readonly readMs: number;
  /**
   * Joins the people of all of them into identities, by the `.mailmap` of each. A commit that several repositories have
   * belongs to the first.
   */
  finish(accounts: AccountMap["accounts"]): Loaded;
}

/** `clock` gives milliseconds; `maxRows` are commits and their parents, all that one table can have. */
export function startLoading(clock: () => number, maxRows = MAX_ROWS): Loading {
  let begun: { readonly table: TableBuilder; readonly oidBytes: number } | null = null;
  const mailmap: MailmapEntry[] = [];
  const read: (ReadSummary & Pick<LoadedRepository, "references">)[] = [];
  let readMs = 0;
  return {
    get readMs() {
      return readMs;
    },
    async add(location, options) {
      const startedAt = clock();
      begun ??= { table: tableBuilder(location.oidBytes, { maxRows }), oidBytes: location.oidBytes };
      const { table, oidBytes } = begun;
      if (location.oidBytes !== oidBytes) throw otherFormat(location);
      if (read.length > 0) table.nextRepository();
      const [summary, entries, references] = await Promise.all([
        readInto(table, location, options),
        mailmapOf(location, options.rev ?? null, options),
        referencesOf(location, options),
      ]);
      if (table.isCut) throw tooMany(maxRows);
      for (const entry of entries) mailmap.push(entry);
      read.push({ ...summary, references });
      readMs += clock() - startedAt;
    },
    finish: (accounts) => finished({ table: begun?.table ?? tableBuilder(20), read, mailmap, readMs, clock }, accounts),
  };
}

const otherFormat = ({ path }: RepositoryLocation): InvalidInput =>
  new InvalidInput([
    { where: path, what: "object ids of another length than in the first repository", mend: "read it by itself" },
  ]);

function tooMany(maxRows: number): InvalidInput {
  const what = `more commits than one reading holds (${maxRows.toLocaleString("en")})`;
  return new InvalidInput([
    { where: "repository", what, mend: "read fewer repositories, or a part with --rev or --since" },
  ]);
}

function finished(
  loading: {
    readonly table: TableBuilder;
    readonly read: readonly Omit<LoadedRepository, "undatedCount">[];
    readonly mailmap: readonly MailmapEntry[];
    readonly readMs: number;
    readonly clock: () => number;
  },
  accounts: AccountMap["accounts"],
): Loaded {
  const { clock, mailmap } = loading;
  const startedAt = clock();
  const table = atOnce(loading.table.finish());
  const readMs = loading.readMs + clock() - startedAt;
  const identifiedFrom = clock();
  const history = historyOf(table, { accounts, mailmap });
  const { commitCount, undatedCounts } = countsOf(table, loading.read.length);
  const repositories = loading.read.map((each, place) => ({ ...each, undatedCount: undatedCounts[place] ?? 0 }));
  return { history, commitCount, repositories, readMs, identifyMs: clock() - identifiedFrom };
}

function countsOf(table: Table, repositoryCount: number): { commitCount: number; undatedCounts: Int32Array } {
  const undatedCounts = new Int32Array(repositoryCount);
  let commitCount = 0;
  for (let row = 0; row < table.rowCount; row++) {
    if (table.read[row] !== 1) continue;
    commitCount++;
    if (!Number.isNaN((table.authoredAt[row] ?? 0) + (table.committedAt[row] ?? 0))) continue;
    const place = table.repository[row] ?? 0;
    undatedCounts[place] = (undatedCounts[place] ?? 0) + 1;
  }
  return { commitCount, undatedCounts };
}

/** The `.mailmap` of what is read; none where there is none, or where its blob was not fetched. */
async function mailmapOf(
  { path }: RepositoryLocation,
  rev: string | null,
  settings: GitSettings,
): Promise<readonly MailmapEntry[]> {
  const { code, stdout } = await runGit(["--git-dir", path, "cat-file", "blob", `${rev ?? "HEAD"}:.mailmap`], settings);
  return code === 0 ? parseMailmap(stdout.toString("utf8")) : [];
}
