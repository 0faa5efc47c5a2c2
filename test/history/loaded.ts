import type { AccountMap } from "../../src/history/people/account-map.ts";
import { type Loaded, loadHistory } from "../../src/history/read/load.ts";
import { findRepository } from "../../src/history/read/read.ts";
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

/** The history of commits that are made for it. */
export async function historyOfCommits(
  commits: readonly MadeCommit[],
  more: { readonly accounts?: AccountMap["accounts"]; readonly mailmap?: string } = {},
): Promise<Loaded> {
  const { path } = repository(commits, { mailmap: more.mailmap ?? null });
  return loadHistory(await findRepository(path, git), more.accounts ?? [], git);
}
