import type { AccountMap } from "../../src/history/people/account-map.ts";
import { type Loaded, startLoading } from "../../src/history/read/load.ts";
import { findRepository, type ReadOptions, type RepositoryLocation, readInto } from "../../src/history/read/read.ts";
import type { ReadSummary } from "../../src/history/read/record.ts";
import { type Table, tableBuilder } from "../../src/history/read/table.ts";
import { atOnce } from "../../src/slices.ts";
import { afterAll } from "../support/jest.ts";
import { type MadeCommit, type MadeRepository, madeRepository } from "../support/made-repository.ts";

const made: MadeRepository[] = [];

afterAll(() => {
  for (const repository of made) repository.remove();
});

export const git = { searchPath: process.env.PATH ?? "", clock: () => 0 };

/** A repository that is gone when the file's tests have ended. */
export function repository(...given: Parameters<typeof madeRepository>): MadeRepository {
  const found = madeRepository(...given);
  made.push(found);
  return found;
}

/** The commits of one repository on disk. */
export async function readRepository(
  location: RepositoryLocation,
  options: ReadOptions,
): Promise<{ readonly table: Table; readonly summary: ReadSummary }> {
  const builder = tableBuilder(location.oidBytes);
  const summary = await readInto(builder, location, options);
  return { table: atOnce(builder.finish()), summary };
}

/** The history of one repository on disk. */
export async function loadHistory(
  location: RepositoryLocation,
  accounts: AccountMap["accounts"] = [],
): Promise<Loaded> {
  const loading = startLoading(git.clock);
  await loading.add(location, git);
  return loading.finish(accounts);
}

/** The history of commits that are made for it. */
export async function historyOfCommits(
  commits: readonly MadeCommit[],
  more: { readonly accounts?: AccountMap["accounts"]; readonly mailmap?: string } = {},
): Promise<Loaded> {
  const { path } = repository(commits, { mailmap: more.mailmap ?? null });
  return loadHistory(await findRepository(path, git), more.accounts);
}
