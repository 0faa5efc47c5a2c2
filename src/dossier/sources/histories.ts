import type { Fetched, InstallationGateway } from "../../github/gateway.ts";
import type { OwnedRepository, PushLog, RequestLog } from "../../github/scan-gateway.ts";
import { type Clone, cloneCommits } from "../../history/clone.ts";
import { findRepository, readInto } from "../../history/read.ts";
import { type Table, tableBuilder } from "../../history/table.ts";
import type { ScanSummary } from "../../history/traces.ts";
import type { ScanTools } from "../collect-histories.ts";

/** A repository that was read, with what GitHub says of how its commits came in. */
export interface ReadRepository {
  readonly repository: OwnedRepository;
  readonly log: Fetched<PushLog>;
  readonly requests: Fetched<RequestLog>;
}

/** Histories that were fetched, in one table, with what GitHub says about each repository. */
export interface Fetches {
  readonly table: Table;
  /** By repository number in the table. */
  readonly read: readonly ReadRepository[];
  readonly summaries: ScanSummary["repositories"];
}

/** Clones at once: as many as GitHub's and this machine's manners allow. */
const AT_ONCE = 4;
/** Commits alone are small: this is a history of half a million. */
const LIMITS = { seconds: 60, bytes: 256 * 2 ** 20 };
/** Files on GitHub's disk above which a repository is not tried: its commits are a few per cent of them. */
const MAX_DISK_KIB = 4 * 2 ** 20;

type Skipped = NonNullable<ScanSummary["repositories"][number]["because"]>;

/**
 * Clones and reads the repositories, four at a time, one after the other into the table; each clone goes when read.
 * In the order of their ids: which was pushed to last is what somebody else's pull request can change.
 */
export async function readHistories(
  gateway: InstallationGateway,
  { repositories: given, tools }: { readonly repositories: readonly OwnedRepository[]; readonly tools: ScanTools },
): Promise<Fetches> {
  const repositories = given.toSorted((a, b) => a.id - b.id);
  const table = tableBuilder(20, { keepTrees: true });
  const read: ReadRepository[] = [];
  const summaries: ScanSummary["repositories"][number][] = [];
  const clones = aheadBy(AT_ONCE, repositories, (repository) => cloned(gateway, repository, tools));
  try {
    for (const [index, repository] of repositories.entries()) {
      const clone = await clones.at(index);
      if ("skipped" in clone) {
        summaries.push(summary(repository, { because: clone.skipped }));
        continue;
      }
      if (read.length > 0) table.nextRepository();
      const { commitCount } = await readInto(table, await findRepository(clone.path, tools), tools);
      const log = await gateway.pushes(repository);
      const requests = log.ok ? await requestsOf(gateway, repository) : log;
      read.push({ repository, log, requests });
      const attested = requests.ok && requests.value.complete;
      summaries.push(summary(repository, { commitCount, byteCount: clone.byteCount, attested }));
    }
  } finally {
    for (const clone of await clones.all()) if ("remove" in clone) await clone.remove();
  }
  return { table: table.finish(), read, summaries };
}

const NO_REQUESTS: Fetched<RequestLog> = { ok: true, value: { requests: [], complete: true } };

const requestsOf = (gateway: InstallationGateway, repository: OwnedRepository): Promise<Fetched<RequestLog>> =>
  repository.pullRequestCount === 0 ? Promise.resolve(NO_REQUESTS) : gateway.pullRequestCommits(repository);

const summary = (
  { id }: OwnedRepository,
  more: Partial<ScanSummary["repositories"][number]>,
): ScanSummary["repositories"][number] => ({
  repository: id,
  state: more.because == null ? "read" : "skipped",
  because: null,
  commitCount: 0,
  byteCount: 0,
  cached: false,
  attested: false,
  ...more,
});

/** Does work on the items in order, at most so many ahead of the one that is waited for. */
function aheadBy<Item, Result>(
  count: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): { at(index: number): Promise<Result>; all(): Promise<readonly Result[]> } {
  const running: Promise<Result>[] = [];
  return {
    async at(index) {
      for (const item of items.slice(running.length, index + count)) running.push(work(item));
      const [found] = running.slice(index);
      if (found === undefined) throw new Error("asked for an item that is not there");
      return found;
    },
    all: () => Promise.all(running),
  };
}

async function cloned(
  gateway: InstallationGateway,
  repository: OwnedRepository,
  tools: ScanTools,
): Promise<Clone | { readonly skipped: Skipped }> {
  if (repository.headSha === null) return { skipped: "empty" };
  if ((repository.diskKiB ?? 0) > MAX_DISK_KIB) return { skipped: "too_large" };
  const address = await gateway.cloneAddress(repository);
  if (!address.ok) return { skipped: "unreachable" };
  const clone = await cloneCommits({ ...tools, ...address.value, singleBranch: true, limits: LIMITS });
  if (!("failed" in clone)) return clone;
  return { skipped: clone.failed === "stopped" ? "timeout" : clone.failed };
}
