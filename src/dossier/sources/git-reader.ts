import { clonedCode } from "../../change/git/cloned-code.ts";
import { type Clone, type CloneFailure, cloneCommits } from "../../history/read/clone.ts";
import { findRepository, readInto } from "../../history/read/read.ts";
import type { DossierGateway } from "../gateway.ts";
import type { OwnedRepository } from "../scan-gateway.ts";
import type { HistoryReader, ScanTools, Skipped } from "./reading.ts";

/** Clones at once: as many as GitHub's and this machine's manners allow. */
const AT_ONCE = 4;
/** Commits alone are small: this is a history of half a million. */
const LIMITS = { seconds: 60, bytes: 256 * 2 ** 20 };
/** Files on GitHub's disk above which a repository is not tried: its commits are a few per cent of them. */
const MAX_DISK_KIB = 4 * 2 ** 20;

/**
 * Clones the repositories, four at a time; each clone goes when read. GitHub shows their owner that git asked. Where code
 * is looked for, the clones have trees; one that gets too large by them is made once more without, so that what its
 * commits say does not hang on how many files they have.
 */
export function gitReader(
  gateway: DossierGateway,
  {
    repositories,
    tools,
    withTrees,
  }: {
    readonly repositories: readonly OwnedRepository[];
    readonly tools: ScanTools;
    /** Whether code is looked for. */
    readonly withTrees: boolean;
  },
): HistoryReader {
  const clones = aheadBy(AT_ONCE, repositories, (repository) => cloned(gateway, repository, { tools, withTrees }));
  return {
    async open(index) {
      const clone = await clones.at(index);
      if ("skipped" in clone) return clone;
      return {
        async readInto(table) {
          const { commitCount } = await readInto(table, await findRepository(clone.path, tools), tools);
          return { commitCount, byteCount: clone.byteCount };
        },
        code: clone.withTrees ? clonedCode(clone.path, tools) : null,
      };
    },
    async close() {
      for (const clone of await clones.all()) if ("remove" in clone) await clone.remove();
    },
  };
}

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
  gateway: DossierGateway,
  repository: OwnedRepository,
  { tools, withTrees }: { readonly tools: ScanTools; readonly withTrees: boolean },
): Promise<(Clone & { readonly withTrees: boolean }) | Skipped> {
  if (repository.headSha === null) return { skipped: "empty" };
  if ((repository.diskKiB ?? 0) > MAX_DISK_KIB) return { skipped: "too_large" };
  const address = await gateway.cloneAddress(repository);
  if (!address.ok) return { skipped: "unreachable" };
  const limits = { ...LIMITS, bytes: tools.maxCloneBytes ?? LIMITS.bytes };
  const request = { ...tools, ...address.value, singleBranch: true, limits };
  if (withTrees) {
    const whole = await cloneCommits({ ...request, withTrees: true });
    if (!("failed" in whole)) return { ...whole, withTrees: true };
    if (whole.failed === "stopped" || whole.failed === "unreachable") return { skipped: REASONS[whole.failed] };
  }
  const clone = await cloneCommits(request);
  if (!("failed" in clone)) return { ...clone, withTrees: false };
  return { skipped: REASONS[clone.failed] };
}

const REASONS = {
  stopped: "timeout",
  timeout: "timeout",
  too_large: "too_large",
  unreachable: "unreachable",
} as const satisfies Record<CloneFailure["failed"], Skipped["skipped"]>;
