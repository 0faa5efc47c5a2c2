import { setImmediate } from "node:timers/promises";
import { OperatingError } from "../../errors.ts";
import { readRecord } from "../../history/read/record.ts";
import { recordOfApiCommit } from "../../history/rebuild.ts";
import type { DossierGateway } from "../gateway.ts";
import type { HistoryPage, OwnedRepository } from "../scan-gateway.ts";
import type { HistoryReader, Skipped } from "./reading.ts";

/** Pages of a hundred commits that are read of all repositories together. */
const MOST_PAGES = 60;
const PAGE = 100;
const DIGITS = 40;
/** Commits between two breaths of the loop: their authors choose how long it takes to make them again (13 ms at most). */
const AT_ONCE = 10;

/**
 * Reads default branches by the API, which GitHub counts as no clone. A repository counts when every commit of it comes
 * out byte for byte: half a history has other proportions than a whole one, and what is missing must speak against
 * nobody. Cost: 1 request and 1 point a hundred commits, at most sixty of all repositories together; one that has more
 * commits than are left of these costs one.
 */
export function apiReader(gateway: DossierGateway, repositories: readonly OwnedRepository[]): HistoryReader {
  let left = MOST_PAGES;

  async function page(
    { owner, name }: OwnedRepository,
    from: { readonly headSha: string; readonly cursor: string | null },
  ): Promise<HistoryPage | Skipped> {
    left--;
    const answer = await gateway.commitHistory({ owner, name, ...from });
    if (answer.ok) return answer.value;
    // A limit ends soon, so the whole reading waits for it.
    if (answer.reason === "rate_limited")
      throw new OperatingError("rate_limited", "commit history: rate_limited", { retryAt: answer.retryAt });
    return { skipped: answer.reason === "timeout" ? "timeout" : "unreachable" };
  }

  async function records(repository: OwnedRepository): Promise<readonly Buffer[] | Skipped> {
    const { headSha } = repository;
    if (headSha === null) return { skipped: "empty" };
    const found: Buffer[] = [];
    for (let cursor: string | null = null; ; ) {
      if (left === 0) return { skipped: "too_large" };
      const read = await page(repository, { headSha, cursor });
      if ("skipped" in read) return read;
      if (read.totalCount - found.length > (left + 1) * PAGE) return { skipped: "too_large" };
      for (const commit of read.commits) {
        const record = recordOfApiCommit(commit);
        if (record === null) return { skipped: "incomplete" };
        found.push(record);
        if (found.length % AT_ONCE === 0) await setImmediate();
      }
      if (read.next === null) return found.length === read.totalCount ? found : { skipped: "incomplete" };
      cursor = read.next;
    }
  }

  return {
    async open(index) {
      const repository = repositories[index];
      const found = repository ? await records(repository) : { skipped: "empty" as const };
      if ("skipped" in found) return found;
      return {
        async readInto(table) {
          for (const record of found) readRecord(record, 0, record.length, table, { digits: DIGITS });
          return { commitCount: found.length, byteCount: found.reduce((sum, { length }) => sum + length, 0) };
        },
        code: null,
      };
    },
    close: async () => {},
  };
}
